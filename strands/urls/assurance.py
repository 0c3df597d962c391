from django.urls import path

from strands.views import assurance

urlpatterns = [
    path("", assurance.assurance, name="assurance"),
    path("new", assurance.assurance_new, name="assurance_new"),
    path("frameworks/new", assurance.assurance_framework_new, name="assurance_framework_new"),
    path("frameworks/<slug:key>/edit", assurance.assurance_framework_edit, name="assurance_framework_edit"),
    path("frameworks/<slug:key>/history/", assurance.assurance_framework_history, name="assurance_framework_history"),
    path("actions/<int:pk>/done", assurance.assurance_action_done, name="assurance_action_done"),
    path("<slug:key>/", assurance.assurance_cycle, name="assurance_cycle"),
    path("<slug:key>/edit", assurance.assurance_cycle_edit, name="assurance_cycle_edit"),
    path("<slug:key>/history/", assurance.assurance_cycle_history, name="assurance_cycle_history"),
    path("<slug:key>/<str:gss_code>/", assurance.assurance_borough, name="assurance_borough"),
    path("<slug:key>/<str:gss_code>/<int:number>/own", assurance.assurance_own_score, name="assurance_own_score"),
    path(
        "<slug:key>/<str:gss_code>/<int:number>/assessor", assurance.assurance_assessment, name="assurance_assessment"
    ),
    path(
        "<slug:key>/<str:gss_code>/<int:number>/actions/new",
        assurance.assurance_action_new,
        name="assurance_action_new",
    ),
    path("<slug:key>/<str:gss_code>/<int:number>/history/", assurance.assurance_history, name="assurance_history"),
]
