"""How far a return has come, and what that is called on one day."""

from django.db import models


class ReturnStatus(models.TextChoices):
    OPEN = "open", "Open"
    EXCUSED = "excused", "Excused"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved by the borough"
    SENT_BACK = "sent_back", "Sent back"
    ACCEPTED = "accepted", "Accepted"


# Allowed moves. The diagram in docs/ is made from this table. What is accepted moves once more only as a correction.
MOVES: dict[str, tuple[str, ...]] = {
    ReturnStatus.OPEN: (ReturnStatus.SUBMITTED, ReturnStatus.EXCUSED),
    ReturnStatus.EXCUSED: (ReturnStatus.SUBMITTED, ReturnStatus.OPEN),
    ReturnStatus.SUBMITTED: (ReturnStatus.APPROVED, ReturnStatus.ACCEPTED, ReturnStatus.SENT_BACK),
    ReturnStatus.APPROVED: (ReturnStatus.ACCEPTED, ReturnStatus.SENT_BACK),
    ReturnStatus.SENT_BACK: (ReturnStatus.SUBMITTED,),
    ReturnStatus.ACCEPTED: (ReturnStatus.SUBMITTED,),
}


def allows(status: str, move: str) -> bool:
    return move in MOVES[status]


# A nil return is in, and says nothing. It is told apart wherever the state is shown.
NIL = ("nil", "Nil return")
IN = (ReturnStatus.SUBMITTED, ReturnStatus.APPROVED, ReturnStatus.ACCEPTED)
# The log fills it, and its texts may change.
WRITTEN = (ReturnStatus.OPEN, ReturnStatus.EXCUSED, ReturnStatus.SENT_BACK)


class ReturnState(models.TextChoices):
    """Where a return stands on one day: its status, told apart by the calendar while it is open.

    Five of them are blanks, and the nil return is the sixth; none of the six means the same as another.
    """

    NOT_DUE = "not_due", "Not due yet"
    DUE = "due", "Due"
    OVERDUE = "overdue", "Overdue"
    INCOMPLETE = "incomplete", "Data not yet complete"
    EXCUSED = "excused", "Excused"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved by the borough"
    SENT_BACK = "sent_back", "Sent back"
    ACCEPTED = "accepted", "Accepted"

    @property
    def colour(self) -> str:
        colours = {"due": "yellow", "overdue": "red", "submitted": "blue", "sent_back": "orange", "accepted": "green"}
        return {"approved": "teal", "excused": "purple", **colours}.get(self.value, "grey")

    @property
    def blank(self) -> str:
        """What stands for an answer that nobody has given, in a return of this state."""
        return BLANKS.get(self.value, "Left empty")


BLANKS = {
    "not_due": "Not due yet",
    "due": "Due, and not written yet",
    "overdue": "Overdue: not written yet",
    "incomplete": "Data not yet complete",
    "excused": "Not applicable: excused",
    "sent_back": "Not written yet",
}
