from django.urls import URLPattern, path

from reports.views import block, block_comment, block_move, block_suggestion, finding, issue, paper, promise, version

urlpatterns: list[URLPattern] = [
    path("papers/", paper.papers, name="papers"),
    path("papers/new", paper.paper_new, name="paper_new"),
    path("papers/start", paper.paper_start, name="paper_start"),
    path("papers/<int:pk>/", paper.paper, name="paper"),
    path("papers/<int:pk>/edit", paper.paper_edit, name="paper_edit"),
    path("papers/<int:pk>/check/", issue.paper_check, name="paper_check"),
    path("papers/<int:pk>/findings/<slug:digest>/acceptance", finding.finding_acceptance, name="finding_acceptance"),
    path("papers/promises/", promise.promises, name="promises"),
    path("papers/<int:pk>/promises/<int:promise>/keeping", promise.promise_keeping, name="promise_keeping"),
    path("papers/<int:pk>/blocks/<uuid:block>/promise", promise.block_promise, name="block_promise"),
    path("papers/<int:pk>/issue/", issue.paper_issue, name="paper_issue"),
    path("papers/<int:pk>/figures/<int:n>/", issue.paper_figure, name="paper_figure"),
    path("papers/<int:pk>/history/", paper.paper_history, name="paper_history"),
    path("papers/<int:pk>/blocks/new", block.block_new, name="block_new"),
    path("papers/<int:pk>/blocks/preview", block.block_preview, name="block_preview"),
    path("papers/<int:pk>/figures/", block.figure_picker, name="figure_picker"),
    path("papers/<int:pk>/blocks/<uuid:block>/edit", block.block_edit, name="block_edit"),
    path("papers/<int:pk>/blocks/<uuid:block>/move", block_move.block_move, name="block_move"),
    path("papers/<int:pk>/blocks/<uuid:block>/removal", block.block_removal, name="block_removal"),
    path("papers/<int:pk>/comments/", block_comment.paper_comments, name="paper_comments"),
    path("papers/<int:pk>/blocks/<uuid:block>/comments/new", block_comment.block_comment_new, name="block_comment_new"),
    path("papers/<int:pk>/comments/<int:comment>/reply", block_comment.block_comment_reply, name="block_comment_reply"),
    path(
        "papers/<int:pk>/comments/<int:comment>/resolution",
        block_comment.block_comment_resolution,
        name="block_comment_resolution",
    ),
    path(
        "papers/<int:pk>/comments/<int:comment>/reopening",
        block_comment.block_comment_reopening,
        name="block_comment_reopening",
    ),
    path(
        "papers/<int:pk>/blocks/<uuid:block>/suggestions/new",
        block_suggestion.block_suggestion_new,
        name="block_suggestion_new",
    ),
    path("papers/<int:pk>/suggestions/<int:suggestion>/", block_suggestion.block_suggestion, name="block_suggestion"),
    path("papers/<int:pk>/versions/", version.paper_versions, name="paper_versions"),
    path("papers/<int:pk>/versions/kept", version.version_keeping, name="version_keeping"),
    path("papers/<int:pk>/against/", version.paper_against, name="paper_against"),
]
