from reports.urls import archive, dashboards, documents, papers, releases, returns, values

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *papers.urlpatterns,
    *archive.urlpatterns,
    *documents.urlpatterns,
    *values.urlpatterns,
    *releases.urlpatterns,
]
