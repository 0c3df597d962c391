"""Risks, under /risks/, and equality assessments, under /equality-assessments/."""

from django.urls import path

from strands.views import equality_assessment, risk

urlpatterns = [
    path("risks/", risk.risks, name="risks"),
    path("risks/new", risk.risk_new, name="risk_new"),
    path("risks/<int:pk>/", risk.risk, name="risk"),
    path("risks/<int:pk>/edit", risk.risk_edit, name="risk_edit"),
    path("risks/<int:pk>/history/", risk.risk_history, name="risk_history"),
    path("equality-assessments/", equality_assessment.equality_assessments, name="equality_assessments"),
    path("equality-assessments/new", equality_assessment.equality_assessment_new, name="equality_assessment_new"),
    path("equality-assessments/<int:pk>/", equality_assessment.equality_assessment, name="equality_assessment"),
    path(
        "equality-assessments/<int:pk>/edit",
        equality_assessment.equality_assessment_edit,
        name="equality_assessment_edit",
    ),
    path(
        "equality-assessments/<int:pk>/history/",
        equality_assessment.equality_assessment_history,
        name="equality_assessment_history",
    ),
]
