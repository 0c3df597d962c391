from reports.urls import archive, dashboards, documents, papers, published, releases, returns, said, values

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *papers.urlpatterns,
    *archive.urlpatterns,
    *said.urlpatterns,
    *published.urlpatterns,
    *documents.urlpatterns,
    *values.urlpatterns,
    *releases.urlpatterns,
]
