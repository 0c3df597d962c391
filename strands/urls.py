from django.urls import path

from strands.views import activity, activity_list, activity_people

urlpatterns = [
    path("", activity_list.activities, name="activities"),
    path("activities.csv", activity_list.activities_csv, name="activities_csv"),
    path("new", activity.activity_new, name="activity_new"),
    path("<int:pk>/", activity.activity, name="activity"),
    path("<int:pk>/edit", activity.activity_edit, name="activity_edit"),
    path("<int:pk>/history/", activity.activity_history, name="activity_history"),
    path("<int:pk>/people", activity_people.activity_people, name="activity_people"),
    path(
        "<int:pk>/people/<int:opening>/closure",
        activity_people.activity_person_closure,
        name="activity_person_closure",
    ),
]
