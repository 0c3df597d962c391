"""The person who is signed in, read with the number of their unread messages: one query, since every page shows it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from contest_portal.accounts.models import User
from contest_portal.notifications.models import Message


class SignedIn(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        waiting = Message.objects.filter(recipient=OuterRef("pk"), read_at=None).order_by()
        count = waiting.values("recipient").annotate(count=Count("pk")).values("count")
        unread = Coalesce(Subquery(count, output_field=IntegerField()), 0)
        user = User.objects.annotate(unread=unread).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
