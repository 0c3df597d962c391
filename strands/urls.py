from django.urls import path

from strands.views import (
    activity,
    activity_export,
    activity_list,
    activity_people,
    activity_plan,
    joint_work,
    spreadsheet,
)

urlpatterns = [
    path("", activity_list.activities, name="activities"),
    path("activities.csv", activity_list.activities_csv, name="activities_csv"),
    path("activities.xlsx", activity_list.activities_xlsx, name="activities_xlsx"),
    path("exports", activity_export.activities_export_new, name="activities_export_new"),
    path("exports/<uuid:pk>/", activity_export.activities_export, name="activities_export"),
    path("exports/<uuid:pk>/progress", activity_export.activities_export_progress, name="activities_export_progress"),
    path("exports/<uuid:pk>/file", activity_export.activities_export_file, name="activities_export_file"),
    path("new", activity.activity_new, name="activity_new"),
    path("plan", activity_plan.activity_plan, name="activity_plan"),
    path("spreadsheet", spreadsheet.spreadsheet, name="spreadsheet"),
    path("spreadsheet/template/<str:gss_code>", spreadsheet.spreadsheet_template, name="spreadsheet_template"),
    path("spreadsheet/<uuid:pk>/", spreadsheet.spreadsheet_import, name="spreadsheet_import"),
    path("spreadsheet/<uuid:pk>/progress", spreadsheet.spreadsheet_progress, name="spreadsheet_progress"),
    path("spreadsheet/<uuid:pk>/load", spreadsheet.spreadsheet_load, name="spreadsheet_load"),
    path("spreadsheet/<uuid:pk>/retry", spreadsheet.spreadsheet_retry, name="spreadsheet_retry"),
    path("<int:pk>/", activity.activity, name="activity"),
    path("<int:pk>/edit", activity.activity_edit, name="activity_edit"),
    path("<int:pk>/status", activity_plan.activity_status, name="activity_status"),
    path("<int:pk>/repeat", activity_plan.activity_repeat, name="activity_repeat"),
    path("<int:pk>/history/", activity.activity_history, name="activity_history"),
    path("<int:pk>/notes/<str:gss_code>", joint_work.activity_note, name="activity_note"),
    path("<int:pk>/comments/new", joint_work.activity_comment, name="activity_comment"),
    path(
        "<int:pk>/comments/<int:comment>/resolution",
        joint_work.activity_comment_resolution,
        name="activity_comment_resolution",
    ),
    path("<int:pk>/people", activity_people.activity_people, name="activity_people"),
    path(
        "<int:pk>/people/<int:opening>/closure",
        activity_people.activity_person_closure,
        name="activity_person_closure",
    ),
]
