from reports.urls import dashboards, documents, papers, returns

urlpatterns = [
    *returns.urlpatterns,
    *dashboards.urlpatterns,
    *papers.urlpatterns,
    *documents.urlpatterns,
]
