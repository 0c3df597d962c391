from django.urls import path

from strands.views import borough_target, colour, measure, observation

urlpatterns = [
    path("", measure.measures, name="measures"),
    path("new", measure.measure_new, name="measure_new"),
    path("versions/<int:pk>/decision", measure.measure_decision, name="measure_decision"),
    path("versions/<int:pk>/agreement", measure.measure_agreement, name="measure_agreement"),
    path("values/<int:pk>/check", observation.observation_check, name="observation_check"),
    path("values/<int:pk>/approval", observation.observation_approval, name="observation_approval"),
    path("values/<int:pk>/commentary", observation.observation_commentary, name="observation_commentary"),
    path("values/<int:pk>/colour", colour.observation_colour, name="observation_colour"),
    path("values/<int:pk>/colour/decision", colour.observation_colour_decision, name="observation_colour_decision"),
    path("<slug:code>/", measure.measure, name="measure"),
    path("<slug:code>/boroughs", borough_target.borough_targets, name="borough_targets"),
    path("<slug:code>/boroughs/edit", borough_target.borough_targets_edit, name="borough_targets_edit"),
    path("<slug:code>/version", measure.measure_version_new, name="measure_version_new"),
    path("<slug:code>/review", measure.measure_review, name="measure_review"),
    path("<slug:code>/value", observation.observation_new, name="observation_new"),
]
