"""A post that boroughs share, counted by its shares and never twice by its head."""

import datetime as dt
from decimal import Decimal

from boroughs.models import Borough, Organisation, Post, PostAllocation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter

Q2 = Quarter(2026, 2)
CHANGE = dt.date(2026, 8, 1)
BRENT, HARROW, EALING = "E09000005", "E09000015", "E09000009"
BEFORE = {BRENT: "0.4", HARROW: "0.3", EALING: "0.3"}
AFTER = {BRENT: "0.5", HARROW: "0.5"}


def shared_post() -> Post:
    """One officer of three boroughs, and from 1 August of two."""
    with acting(User.objects.portal()):
        post = Post(
            number="PEO-900",
            kind="prevent_engagement_officer",
            employer=Organisation.objects.get(key="metropolitan-police-service"),
            fte=Decimal(1),
            status="filled",
        )
        post.save()
        for shares, starts, ends in ((BEFORE, None, CHANGE - dt.timedelta(days=1)), (AFTER, CHANGE, None)):
            for code, share in shares.items():
                PostAllocation(post=post, borough_id=code, share=Decimal(share), starts=starts, ends=ends).save()
    return post


def test_edge_1_shares_that_change_on_1_august_are_weighted_by_the_days_of_the_quarter(db: None) -> None:
    post = shared_post()

    shares = {
        code: post.weighted_share(Borough.objects.get(pk=code), Q2.start, Q2.end) for code in (BRENT, HARROW, EALING)
    }

    # 31 days of July and 61 of August and September, of 92.
    assert {code: round(share, 4) for code, share in shares.items()} == {
        BRENT: Decimal("0.4663"),
        HARROW: Decimal("0.4326"),
        EALING: Decimal("0.1011"),
    }
    assert round(sum(shares.values()), 10) == 1


def test_edge_1_the_head_counts_once_in_london_and_the_share_in_each_borough(db: None) -> None:
    post = shared_post()
    day = dt.date(2026, 7, 15)

    serving = [Post.objects.serving(Borough.objects.get(pk=code), day) for code in (BRENT, HARROW, EALING)]

    assert [[(here.post, here.share) for here in posts] for posts in serving] == [
        [(post, Decimal("0.40"))],
        [(post, Decimal("0.30"))],
        [(post, Decimal("0.30"))],
    ]
    assert len({here.post.pk for posts in serving for here in posts}) == 1
    assert post.shares_on(day) == post.shares_on(CHANGE) == post.fte


def test_a_share_outside_the_quarter_adds_nothing(db: None) -> None:
    post, ealing = shared_post(), Borough.objects.get(pk=EALING)

    assert post.weighted_share(ealing, dt.date(2026, 10, 1), dt.date(2026, 12, 31)) == 0
