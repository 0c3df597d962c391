from django.urls import URLPattern, path

from reports.views import quarterly_return, return_comment, return_decision, returns_board

urlpatterns: list[URLPattern] = [
    path("returns/", quarterly_return.returns, name="returns"),
    path("returns/returns.csv", quarterly_return.returns_csv, name="returns_csv"),
    path("returns/board", returns_board.returns_board, name="returns_board"),
    path("returns/board.csv", returns_board.returns_board_csv, name="returns_board_csv"),
    path("returns/chasing", returns_board.returns_chasing, name="returns_chasing"),
    path("returns/<int:pk>/", quarterly_return.quarterly_return, name="quarterly_return"),
    path("returns/<int:pk>/edit", quarterly_return.quarterly_return_edit, name="quarterly_return_edit"),
    path("returns/<int:pk>/history/", quarterly_return.quarterly_return_history, name="quarterly_return_history"),
    path("returns/<int:pk>/comments/new", return_comment.return_comment, name="return_comment"),
    path(
        "returns/<int:pk>/comments/<int:comment>/resolution",
        return_comment.return_comment_resolution,
        name="return_comment_resolution",
    ),
    path("returns/<int:pk>/submission", return_decision.return_submission, name="return_submission"),
    path("returns/<int:pk>/acceptance", return_decision.return_acceptance, name="return_acceptance"),
    path("returns/<int:pk>/sending-back", return_decision.return_sending_back, name="return_sending_back"),
]
