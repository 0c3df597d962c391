"""The people of the boroughs that nobody plays in the demo: a lead and a head of service each, who never sign in."""

import datetime as dt

from boroughs.models import Borough
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.management.demo.people import DOMAIN

PLAYED = {("E09000005", "lead"), ("E09000005", "head"), ("E09000015", "lead")}
POSTS = {"lead": "Prevent lead", "head": "Head of community safety"}


def make_colleagues(people: dict[str, User], *, today: dt.date, by: User) -> dict[tuple[str, str], User]:
    """Users by GSS code and "lead" or "head", those of the demo people among them."""
    found = {
        ("E09000005", "lead"): people["brent.lead"],
        ("E09000005", "head"): people["brent.head"],
        ("E09000015", "lead"): people["harrow.lead"],
    }
    for borough in Borough.objects.order_by("gss_code"):
        for place, post in POSTS.items():
            if (borough.gss_code, place) not in PLAYED:
                found[borough.gss_code, place] = _colleague(borough, place, post, today, by)
    return found


def _colleague(borough: Borough, place: str, post: str, today: dt.date, by: User) -> User:
    user = User(
        email=f"{borough.code.lower()}.{place}@boroughs.{DOMAIN}",
        name=f"{post}, {borough.short_name}",
        post=f"{post}, {borough.legal_name}",
    )
    user.set_unusable_password()
    user.save()
    Grant(
        user=user,
        role="borough_lead",
        scope_kind="borough",
        scope_key=borough.gss_code,
        scope_name=borough.name,
        starts=today - dt.timedelta(days=120),
        ends=today + dt.timedelta(days=270),
        granted_by=by,
        reason="Leads Prevent for the borough" if place == "lead" else "Accepts the borough's returns",
    ).save()
    return user
