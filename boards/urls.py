from django.urls import path

from boards.views import board, meeting

urlpatterns = [
    path("", board.boards, name="boards"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/edit", meeting.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/history/", meeting.meeting_history, name="meeting_history"),
    path("<slug:key>/", board.board, name="board"),
    path("<slug:key>/publishing", board.board_publishing, name="board_publishing"),
    path("<slug:key>/history/", board.board_history, name="board_history"),
    path("<slug:key>/meetings/new", meeting.meeting_new, name="meeting_new"),
]
