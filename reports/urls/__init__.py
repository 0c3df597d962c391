from reports.urls import dashboards, documents, papers, returns, values

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *papers.urlpatterns,
    *documents.urlpatterns,
    *values.urlpatterns,
]
