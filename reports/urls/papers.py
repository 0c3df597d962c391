from django.urls import URLPattern, path

from reports.views import block, block_move, finding, issue, paper

urlpatterns: list[URLPattern] = [
    path("papers/", paper.papers, name="papers"),
    path("papers/new", paper.paper_new, name="paper_new"),
    path("papers/start", paper.paper_start, name="paper_start"),
    path("papers/<int:pk>/", paper.paper, name="paper"),
    path("papers/<int:pk>/edit", paper.paper_edit, name="paper_edit"),
    path("papers/<int:pk>/check/", issue.paper_check, name="paper_check"),
    path("papers/<int:pk>/findings/<slug:digest>/acceptance", finding.finding_acceptance, name="finding_acceptance"),
    path("papers/<int:pk>/issue/", issue.paper_issue, name="paper_issue"),
    path("papers/<int:pk>/figures/<int:n>/", issue.paper_figure, name="paper_figure"),
    path("papers/<int:pk>/history/", paper.paper_history, name="paper_history"),
    path("papers/<int:pk>/blocks/new", block.block_new, name="block_new"),
    path("papers/<int:pk>/blocks/preview", block.block_preview, name="block_preview"),
    path("papers/<int:pk>/figures/", block.figure_picker, name="figure_picker"),
    path("papers/<int:pk>/blocks/<uuid:block>/edit", block.block_edit, name="block_edit"),
    path("papers/<int:pk>/blocks/<uuid:block>/move", block_move.block_move, name="block_move"),
    path("papers/<int:pk>/blocks/<uuid:block>/removal", block.block_removal, name="block_removal"),
]
