from django.urls import URLPattern, path

from reports.views import (
    quarterly_return,
    return_arranging,
    return_assignment,
    return_bulk,
    return_comment,
    return_decision,
    return_submission,
    returns_board,
)

urlpatterns: list[URLPattern] = [
    path("returns/", quarterly_return.returns, name="returns"),
    path("returns/returns.csv", quarterly_return.returns_csv, name="returns_csv"),
    path("returns/board", returns_board.returns_board, name="returns_board"),
    path("returns/board.csv", returns_board.returns_board_csv, name="returns_board_csv"),
    path("returns/sent", returns_board.returns_sent, name="returns_sent"),
    path("returns/chasing", returns_board.returns_chasing, name="returns_chasing"),
    path("returns/assignments/", return_assignment.return_assignments, name="return_assignments"),
    path("returns/assignments/<int:pk>/", return_assignment.return_assignment, name="return_assignment"),
    path("returns/assignments/<int:pk>/delegate", return_assignment.return_delegate_new, name="return_delegate_new"),
    path("returns/acceptance", return_bulk.returns_acceptance, name="returns_acceptance"),
    path("returns/unlocking", return_bulk.returns_unlocking, name="returns_unlocking"),
    path("returns/<int:pk>/", quarterly_return.quarterly_return, name="quarterly_return"),
    path("returns/<int:pk>/edit", quarterly_return.quarterly_return_edit, name="quarterly_return_edit"),
    path("returns/<int:pk>/history/", quarterly_return.quarterly_return_history, name="quarterly_return_history"),
    path("returns/<int:pk>/comments/new", return_comment.return_comment, name="return_comment"),
    path(
        "returns/<int:pk>/comments/<int:comment>/resolution",
        return_comment.return_comment_resolution,
        name="return_comment_resolution",
    ),
    path("returns/<int:pk>/submission", return_submission.return_submission, name="return_submission"),
    path("returns/<int:pk>/submission-for", return_submission.return_submission_for, name="return_submission_for"),
    path("returns/<int:pk>/excuse", return_arranging.return_excuse, name="return_excuse"),
    path("returns/<int:pk>/unlocking", return_arranging.return_unlocking, name="return_unlocking"),
    path("returns/<int:pk>/acceptance", return_decision.return_acceptance, name="return_acceptance"),
    path("returns/<int:pk>/sending-back", return_decision.return_sending_back, name="return_sending_back"),
]
