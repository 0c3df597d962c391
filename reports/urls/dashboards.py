from django.urls import URLPattern, path

from reports.views import (
    chart_comment,
    comparison,
    consolidation,
    dashboard,
    dashboard_export,
    figure,
    link_boroughs,
    saved_view,
)

urlpatterns: list[URLPattern] = [
    path("dashboards/", dashboard.dashboard, name="dashboards"),
    path("dashboards/own", dashboard.own_dashboard, name="own_dashboard"),
    path("dashboards/table.xlsx", dashboard_export.dashboard_xlsx, name="dashboard_xlsx"),
    path("dashboards/comparison", comparison.comparison, name="comparison"),
    path("dashboards/views/", saved_view.saved_views, name="saved_views"),
    path("dashboards/views/new", saved_view.saved_view_new, name="saved_view_new"),
    path("dashboards/views/<int:pk>/", saved_view.saved_view, name="saved_view"),
    path("dashboards/views/<int:pk>/removal", saved_view.saved_view_removal, name="saved_view_removal"),
    path("dashboards/link-boroughs", link_boroughs.link_boroughs, name="link_boroughs"),
    path("dashboards/boroughs/<slug:gss_code>/", dashboard.borough_dashboard, name="borough_dashboard"),
    path("dashboards/strands/<slug:key>/", dashboard.strand_dashboard, name="strand_dashboard"),
    path("dashboards/consolidation", consolidation.consolidated, name="consolidation"),
    path("dashboards/consolidation.csv", consolidation.consolidated_csv, name="consolidation_csv"),
    path("dashboards/figures/<slug:key>/", figure.figure_rows, name="figure_rows"),
    path("dashboards/figures/<slug:key>/comments/", chart_comment.chart_comments, name="chart_comments"),
    path("dashboards/figures/<slug:key>/comments/new", chart_comment.chart_comment_new, name="chart_comment_new"),
    path("dashboards/comments/<int:pk>/", chart_comment.chart_comment, name="chart_comment"),
    path("dashboards/comments/<int:pk>/reply", chart_comment.chart_comment_reply, name="chart_comment_reply"),
    path(
        "dashboards/comments/<int:pk>/resolution",
        chart_comment.chart_comment_resolution,
        name="chart_comment_resolution",
    ),
    path("dashboards/figures/<slug:key>/table.csv", figure.figure_csv, name="figure_csv"),
    path("dashboards/figures/<slug:key>/rows.csv", figure.figure_rows_csv, name="figure_rows_csv"),
]
