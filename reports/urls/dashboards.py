from django.urls import URLPattern, path

from reports.views import consolidation, dashboard, figure

urlpatterns: list[URLPattern] = [
    path("dashboards/", dashboard.dashboard, name="dashboards"),
    path("dashboards/consolidation", consolidation.consolidated, name="consolidation"),
    path("dashboards/consolidation.csv", consolidation.consolidated_csv, name="consolidation_csv"),
    path("dashboards/figures/<slug:key>/", figure.figure_rows, name="figure_rows"),
    path("dashboards/figures/<slug:key>/table.csv", figure.figure_csv, name="figure_csv"),
    path("dashboards/figures/<slug:key>/rows.csv", figure.figure_rows_csv, name="figure_rows_csv"),
]
