"""Posts with their shares, and the money behind them, confirmed to a date."""

import datetime as dt
import random
from decimal import Decimal

from boroughs.models import Borough, FundingLine, Neighbour, Organisation, Post, PostAllocation
from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.texts import CHARITIES


def make_charities() -> None:
    for key, name in CHARITIES:
        Organisation(key=key, kind="community", name=name).save()


def make_resources(chance: random.Random, today: dt.date) -> None:
    """One line of grant for the police posts and one for each funded borough; a post for each borough, some shared."""
    year = Quarter.of(today).year
    police = _police_grant(year, today)
    _channel_posts(_channel_grant(year), today)
    shared = _shared_pairs(chance)
    number = 0
    for borough in Borough.objects.filter(met_police_area=True):
        if any(borough.gss_code == second for _, second in shared):
            continue
        number += 1
        partner = next((second for first, second in shared if first == borough.gss_code), None)
        _post(number, police, borough.gss_code, partner, chance)
    for borough in Borough.objects.filter(name__in=BUSIEST):
        for _ in range(2):
            number += 1
            _officer(number, police, {borough.gss_code: Decimal(1)}, "filled")
    for borough in Borough.objects.filter(groupings__grouping_id="FUNDED_2024_25").distinct():
        _coordinator(borough, year, chance)


def _police_grant(year: int, today: dt.date) -> FundingLine:
    line = FundingLine(
        funder=Organisation.objects.get(key="home-office"),
        grant="Counter-terrorism policing grant, Prevent",
        financial_year=_financial_year(year),
        expected=Decimal(3_900_000),
        confirmed=Decimal(3_900_000),
        confirmed_until=dt.date(year + 1, 3, 31),
    )
    line.save()
    return line


def _channel_grant(year: int) -> FundingLine:
    """Part of it is confirmed, and only until December: the cliff that the dashboards have to show."""
    line = FundingLine(
        funder=Organisation.objects.get(key="home-office"),
        grant="Channel co-ordination",
        financial_year=_financial_year(year),
        expected=Decimal(640_000),
        confirmed=Decimal(480_000),
        confirmed_until=dt.date(year, 12, 31),
        conditions="The rest is decided after the review of the delivery model.",
        restricted=True,
        posts_covered=CHANNEL_POSTS,
        claimed=Decimal(240_000),
        received=Decimal(160_000),
        owner="Head of the Channel team",
    )
    line.save()
    return line


CHANNEL_POSTS = 8


def _channel_posts(line: FundingLine, today: dt.date) -> None:
    """They work for all of London; the last of them is there for the review alone, and ends soon."""
    for number in range(1, CHANNEL_POSTS + 1):
        is_last = number == CHANNEL_POSTS
        Post(
            number=f"CC-{number:02d}",
            kind="channel_coordinator",
            employer=Organisation.objects.get(key="metropolitan-police-service"),
            fte=Decimal(1),
            status="filled",
            funded_by=line,
            starts=dt.date(2025, 4, 1),
            ends=today + dt.timedelta(days=60) if is_last else None,
        ).save()


# Their demand is the highest: three officers each, where others share one.
BUSIEST = ("Newham", "Tower Hamlets", "Waltham Forest")
EALING, HILLINGDON = "E09000009", "E09000017"


def _shared_pairs(chance: random.Random) -> list[tuple[str, str]]:
    """Six pairs of neighbours that share one officer, Ealing and Hillingdon among them."""
    taken: set[str] = {"E09000001", "E09000005", EALING, HILLINGDON}
    pairs = [(EALING, HILLINGDON)]
    candidates = list(Neighbour.objects.filter(thames_only=False).order_by("first_id", "second_id"))
    chance.shuffle(candidates)
    for pair in candidates:
        if len(pairs) < 6 and not taken & {pair.first_id, pair.second_id}:
            pairs.append((pair.first_id, pair.second_id))
            taken |= {pair.first_id, pair.second_id}
    return pairs


def _post(number: int, line: FundingLine, first: str, second: str | None, chance: random.Random) -> None:
    shares = {first: Decimal(1)} if second is None else {first: Decimal("0.6"), second: Decimal("0.4")}
    _officer(number, line, shares, chance.choices(["filled", "vacant", "recruiting"], [86, 7, 7])[0])


def _officer(number: int, line: FundingLine, shares: dict[str, Decimal], status: str) -> None:
    post = Post(
        number=f"PEO-{number:03d}",
        kind="prevent_engagement_officer",
        employer=Organisation.objects.get(key="metropolitan-police-service"),
        fte=Decimal(1),
        status=status,
        funded_by=line,
        starts=dt.date(2024, 4, 1),
    )
    post.save()
    for borough, share in shares.items():
        PostAllocation(post=post, borough_id=borough, share=share, starts=dt.date(2024, 4, 1)).save()


def _coordinator(borough: Borough, year: int, chance: random.Random) -> None:
    expected = Decimal(chance.randrange(90, 240) * 1000)
    line = FundingLine(
        funder=Organisation.objects.get(key="home-office"),
        grant="Local authority Prevent funding",
        borough=borough,
        financial_year=_financial_year(year),
        expected=expected,
        confirmed=expected,
        confirmed_until=dt.date(year + 1, 3, 31),
    )
    line.save()
    post = Post(
        number=f"LA-{borough.code}-1",
        kind="prevent_coordinator",
        employer=Organisation.objects.filter(borough=borough, kind="council").get(),
        fte=Decimal(1),
        status="filled",
        funded_by=line,
        starts=dt.date(2024, 4, 1),
    )
    post.save()
    PostAllocation(post=post, borough=borough, share=Decimal(1), starts=dt.date(2024, 4, 1)).save()


def _financial_year(year: int) -> str:
    return Quarter(year, 1).financial_year
