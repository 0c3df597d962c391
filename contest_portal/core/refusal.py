"""The few errors with a name. `contest_portal.home.middleware` turns them into pages."""

from django.http import Http404


class Refused(Exception):
    """A rule of the product says no. The text is one sentence for the person, saying what to do."""


class Stale(Refused):
    """Somebody else saved the row since this person opened it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Someone else changed {what} after you opened it. Open it again to see what they changed, "
            "then make your change."
        )


class NotKnownThen(Http404):
    """What a person may see today was not there on the day that they ask of. The text says so in one sentence."""


class NoAuthor(RuntimeError):
    """A tracked row was about to change with nobody named as the author: a fault in the program."""
