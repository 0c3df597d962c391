import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.management.people import author

# 20 letters and digits, none of which is taken for another: read out over the telephone, typed once, then changed.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Open an account. It can sign in, and sees nothing until it is granted a role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("post", help="Such as “Prevent lead, Brent Council”.")
        parser.add_argument("--by", default="", metavar="EMAIL", help="Who answers for it; not needed for the first.")

    def handle(self, *args: Any, email: str, name: str, post: str, by: str, **options: Any) -> None:
        user = User(email=email.strip().lower(), name=name.strip(), post=post.strip())
        self._check(user)
        password = first_password()
        user.set_password(password)
        with acting(author(by), reason="Account opened"):
            user.save()
        self.stdout.write(f"{user.name} can sign in as {user.email} with this password, and changes it there:")
        self.stdout.write(password)

    def _check(self, user: User) -> None:
        try:
            validate_email(user.email)
            user.clean_fields(exclude=["password"])
        except ValidationError as error:
            raise CommandError(f"The account was not opened. {' '.join(error.messages)}") from error
        if User.objects.filter(email__iexact=user.email).exists():
            raise CommandError(f"There is an account for {user.email} already.")


def first_password() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(20))
    return "-".join(letters[place : place + 5] for place in range(0, 20, 5))
