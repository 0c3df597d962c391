from django.urls import path

from strands.views import deliverable, deliverable_areas, milestone

urlpatterns = [
    path("", deliverable.deliverables, name="deliverables"),
    path("deliverables.csv", deliverable.deliverables_csv, name="deliverables_csv"),
    path("new", deliverable.deliverable_new, name="deliverable_new"),
    path("<int:pk>/", deliverable.deliverable, name="deliverable"),
    path("<int:pk>/edit", deliverable.deliverable_edit, name="deliverable_edit"),
    path("<int:pk>/standing", deliverable.deliverable_standing, name="deliverable_standing"),
    path("<int:pk>/history/", deliverable.deliverable_history, name="deliverable_history"),
    path("<int:pk>/areas", deliverable_areas.deliverable_areas, name="deliverable_areas"),
    path("<int:pk>/areas/<str:gss_code>", deliverable.deliverable_area, name="deliverable_area"),
    path("<int:pk>/milestones/new", milestone.milestone_new, name="milestone_new"),
    path("milestones/<int:pk>/forecast", milestone.milestone_forecast, name="milestone_forecast"),
    path("milestones/<int:pk>/reached", milestone.milestone_reached, name="milestone_reached"),
    path("slips/<int:pk>/acceptance", milestone.slip_acceptance, name="slip_acceptance"),
]
