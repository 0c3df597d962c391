from boards.models.board import Board, BoardRelation, Seat, SeatHolder
from boards.models.meeting import AgendaItem, Meeting

__all__ = ["AgendaItem", "Board", "BoardRelation", "Meeting", "Seat", "SeatHolder"]
