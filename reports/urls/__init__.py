from reports.urls import archive, dashboards, documents, papers, published, releases, returns, values

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *papers.urlpatterns,
    *archive.urlpatterns,
    *published.urlpatterns,
    *documents.urlpatterns,
    *values.urlpatterns,
    *releases.urlpatterns,
]
