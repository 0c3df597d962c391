from reports.urls import (
    archive,
    clearances,
    dashboards,
    documents,
    packs,
    paper_templates,
    papers,
    published,
    releases,
    returns,
    said,
    values,
)

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *paper_templates.urlpatterns,
    *papers.urlpatterns,
    *clearances.urlpatterns,
    *archive.urlpatterns,
    *said.urlpatterns,
    *published.urlpatterns,
    *documents.urlpatterns,
    *packs.urlpatterns,
    *values.urlpatterns,
    *releases.urlpatterns,
]
