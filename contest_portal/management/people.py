"""What the commands about people share: finding somebody by email, or saying in one sentence that nobody is there."""

from django.core.management.base import CommandError
from django.utils import timezone

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User


def person(email: str) -> User:
    found = User.objects.active().filter(email__iexact=email).first()
    if found is None:
        raise CommandError(
            f"There is no open account for {email}. Make one first: manage.py add_person EMAIL NAME POST."
        )
    return found


def author(email: str) -> User:
    """Who answers for the change. While nobody is an administrator, that is the portal itself."""
    if email:
        return person(email)
    if Grant.objects.administrators_on(timezone.localdate()).exists():
        raise CommandError("Say who answers for this: add --by EMAIL of an administrator.")
    return User.objects.portal()
