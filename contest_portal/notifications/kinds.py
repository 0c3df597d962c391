"""Every kind of notice that the portal sends. A new kind is one entry here."""

from dataclasses import dataclass

from django.db import models


class Frequency(models.TextChoices):
    INSTANT = "instant", "At once"
    DAILY = "daily", "Once a day, together"
    WEEKLY = "weekly", "Once a week, together"
    OFF = "off", "No email"


@dataclass(frozen=True)
class Kind:
    """What a notice is about, in words, and how it is emailed to those who chose nothing."""

    key: str
    name: str
    email: Frequency = Frequency.INSTANT


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in [
        Kind("return_called", "A quarter’s return is called for"),
        Kind("return_due", "A return is due soon or overdue"),
        Kind("return_submitted", "A return waits for you to accept it"),
        Kind("return_sent_back", "A return was sent back"),
        Kind("return_approved", "A borough approved its return", Frequency.DAILY),
        Kind("return_arranged", "A return was excused, asked for again, or opened for a correction"),
        Kind("return_accepted", "A return was accepted", Frequency.DAILY),
        Kind("joint_activity", "An activity names your borough as a partner", Frequency.DAILY),
        Kind("partner_note", "A partner added its own note to a joint activity", Frequency.DAILY),
        Kind("comment", "Somebody commented on an activity or a return of yours", Frequency.DAILY),
        Kind("chart_comment", "Somebody commented on a chart that you commented on", Frequency.DAILY),
        Kind("paper_comment", "Somebody commented on a draft of yours, or suggested a change", Frequency.DAILY),
        Kind("follow_up", "A follow-up is yours, or is due"),
        Kind("slip", "A milestone was put off, and waits for you to accept it", Frequency.DAILY),
        Kind("deputy", "You are named as a deputy, or somebody is named as yours"),
        Kind("clearance", "A paper waits for you to clear it, or was answered to"),
        Kind("approval", "A paper waits for the chair’s approval, or was decided on"),
        Kind("published", "A board that you subscribed to published a paper", Frequency.DAILY),
        Kind("override", "A held figure waits for your decision, or was decided on"),
        Kind("colour", "Another colour for a measure waits for your decision, or was decided on"),
        Kind("saved_view", "A view that you subscribed to is there to look at"),
        Kind("job", "Something that you asked for is ready or has stopped", Frequency.OFF),
    ]
}
