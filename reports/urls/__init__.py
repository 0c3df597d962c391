from reports.urls import dashboards, documents, papers, releases, returns, values

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *papers.urlpatterns,
    *documents.urlpatterns,
    *values.urlpatterns,
    *releases.urlpatterns,
]
