from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class UserQuerySet(TrackedQuerySet):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)


class Users(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)

    def portal(self) -> "User":
        """The author of set-up and scheduled work, which no person asked for."""
        return self.get(email="portal@portal.invalid")


class User(TrackedModel, AbstractBaseUser):
    """A person with an account: somebody on the staff of a partner. Deactivated when they leave, never deleted.

    Django's superuser, groups and permissions are not used: what a person may do is in access.Grant alone.
    """

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField("post", max_length=160, blank=True, help_text="For example: Prevent lead, Brent Council")
    is_active = models.BooleanField("account is open", default=True)

    # Sign-ins are not changes of the person; without this field Django does not record them here.
    last_login = None
    is_superuser = False
    is_staff = False

    objects = Users()
    kept_out_of_history = ("password",)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def check_password(self, raw_password: str) -> bool:
        """Django would save a stronger hash at sign-in; here nothing is saved before somebody is signed in."""
        return check_password(raw_password, self.password)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Always no: a forgotten Django permission check must not let anybody through."""
        return False

    has_module_perms = has_perm
