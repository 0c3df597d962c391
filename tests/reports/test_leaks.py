"""No word of an exempt part reaches anybody who does not read it: 200 papers made up by chance.

Of each paper both renditions are composed as at issue, and of its public one what needs no file is read byte by byte.
Then all of them go out. A PDF costs a hundred times as much as a page, so they are put behind one another, a half in
each of two papers; these are issued, made into files and published by the functions that do so for every paper, and
everything is read that the public, a member of a body that oversees, and an analyst get of them. Last comes one whose
publisher forgot to leave anything out: that is noticed in every channel.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from boards.models import AgendaItem
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.notifications.models import Mail, MailChoice, Message
from reports.models import Block, Decision, Document, Issue, Paper, PaperStatus, Rendition, SaidParagraph
from reports.models.paper_words import words_sha256
from reports.rendering.composition import Content
from reports.rendering.leaks import leak_in, secrets_of, words_of
from reports.rendering.making import make as make_document
from reports.rendering.published import article, description, number_lines, opened, said_by
from reports.rendering.snapshot import canonical, sha256_of
from reports.workflow.approving import decide_on_paper, propose_paper
from reports.workflow.block_comments import comment_on_block, reply_to_block_comment, suggest
from reports.workflow.documents import ask_for_word, filename_of, queue_document
from reports.workflow.papers import save_block, save_paper
from reports.workflow.publishing import publish_paper
from reports.workflow.subscribing import subscribe
from tests import cast, make
from tests.cast import as_
from tests.reports.papers_by_chance import EVERYWHERE, LETTERS, SHAPED, Made, compose_both, in_one, papers
from tests.reports.reading import parts_of_pdf, parts_of_word
from tests.reports.test_exempt import EXEMPT

PAPERS, PLANTED = 200, "zqqxqxq"
# So many words the search takes at once; and a page behind the last, which is the last.
ASKED, LAST = 5, 9999
ALIKE = re.compile(rf"zq[{LETTERS}]+".encode())


def leaked(secrets: set[str], said: bytes) -> set[str]:
    """Also where each letter takes two bytes. Whatever begins like one is looked at, which is far less than all."""
    said = said.lower()
    alike = b" ".join([*ALIKE.findall(said), *ALIKE.findall(said.replace(b"\0", b""))])
    return {word for word in secrets if word.encode() in alike}


@pytest.fixture(scope="module")
def made_up() -> list[Made]:
    """The papers, each in both renditions; the same ones in every run."""
    found: list[Made] = []

    @settings(
        max_examples=PAPERS,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(made=papers())
    def make_up(made: Made) -> None:
        compose_both(made)
        found.append(made)

    make_up()
    return found


# --- each by itself -------------------------------------------------------------------------------


def public_bytes(made: Made) -> bytes:
    """Everything that goes out of one paper and is no file."""
    content = made.opened
    lines = [" ".join(map(str, line)) for line in number_lines(content)]
    parts = [canonical(content), article(content), *lines, filename_of(content, "pdf"), description(content)]
    return "\n".join(parts).encode()


def test_e8_no_exempt_word_is_in_anything_public(made_up: list[Made]) -> None:
    assert len(made_up) == PAPERS
    for made in made_up:
        secrets = secrets_of(made.whole, made.opened)
        assert leaked(made.secrets, canonical(made.whole).encode()) == made.secrets
        assert leaked(made.secrets, public_bytes(made)) == set()
        assert made.secrets <= secrets.words
        assert leak_in(secrets, said_by(made.opened, "report.pdf")) is None


def test_this_test_notices_a_publisher_that_lets_something_through(
    made_up: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who forgets headings, charts or references; and the gate notices it as well."""
    for kind in ("heading", "chart", "paragraph"):
        made = next(made for made in made_up if kind in exempt_kinds(made))
        made = replace(made)
        with monkeypatch.context() as weak:
            weak.setattr(
                Block, "is_exempt", property(lambda block, kind=kind: bool(block.exempt_ground) and block.kind != kind)
            )
            compose_both(made)
        sound = replace(made)
        compose_both(sound)
        assert leaked(made.secrets, public_bytes(made))
        assert leak_in(secrets_of(sound.whole, sound.opened), said_by(made.opened, "report.pdf")) is not None


# --- all of them, through every channel -----------------------------------------------------------


def out(whole: Content, public: Content, series: str = "Report") -> Issue:
    """Issued, made into files and published; whoever follows the board is told."""
    secretary = cast.person("secretary")
    paper = make.paper()
    with acting(secretary):
        paper.has_exempt, paper.status = True, PaperStatus.ISSUED
        paper.save()
        item = AgendaItem(meeting=paper.meeting, number=paper.meeting.next_item_number(), title=paper.title, part="1")
        item.save()
        texts = {"snapshot": canonical(whole | {"approval": None}), "open_snapshot": canonical(public)}
        issue = Issue(paper=paper, item=item, series=series, issued_by=secretary, issued_at=timezone.now(), **texts)
        issue.sha256, issue.open_sha256 = sha256_of(issue.snapshot), sha256_of(issue.open_snapshot)
        issue.save()
        queue_document(issue, rendition=Rendition.PUBLIC, by=secretary)
        ask_for_word(issue, public=True, by=secretary)
        for document in issue.documents.all():
            make_document(Document.objects.claim(document.pk))
        publish_paper(issue, by=secretary)
    return Issue.objects.get(pk=issue.pk)


def channels(issue: Issue, secrets: set[str]) -> Iterator[tuple[str, bytes]]:
    """(name, what it says) of everything that readers without Part 2 get of a published paper."""
    for name, answer in answers(issue, secrets):
        if name in ("PDF", "Word file"):
            yield f"name of the {name}", answer["Content-Disposition"].encode()
            yield from (parts_of_pdf if name == "PDF" else parts_of_word)(answer.getvalue())
        else:
            yield name, answer.getvalue()
    found = SaidParagraph.objects.visible_to(cast.person("member")).filter(issue=issue)
    yield "paragraphs to look for", repr(list(found.values())).encode()
    notices = Message.objects.filter(link=issue.publication.get_absolute_url())
    yield "messages", repr(list(notices.values("subject", "text", "link"))).encode()
    yield "emails", repr(list(Mail.objects.filter(messages__in=notices).values("subject", "body"))).encode()


def answers(issue: Issue, secrets: set[str]) -> Iterator[tuple[str, Any]]:
    anybody, member = Client(), as_(cast.person("member"))
    key, own = issue.paper.board.key, [issue.paper_id]
    one = [key, issue.publication.pk]
    all_of_it, exempt = f"words={EVERYWHERE}", urlencode({"words": " or ".join(sorted(secrets)[-ASKED:])})
    addresses = {
        "page for the public": (anybody, reverse("published_paper", args=one)),
        "list for the public": (anybody, reverse("published_board", args=[key])),
        "feed": (anybody, reverse("published_feed", args=[key])),
        "list of hashes": (anybody, reverse("published_hashes_csv")),
        "numbers": (anybody, reverse("published_csv", args=one)),
        "PDF": (anybody, reverse("published_pdf", args=one)),
        "Word file": (anybody, reverse("published_word", args=one)),
        "page": (member, reverse("paper", args=own)),
        "list": (member, reverse("papers")),
        "comparison": (member, reverse("paper_against", args=own)),
        "search": (member, f"{reverse('said')}?{all_of_it}&page={LAST}"),
        "lines of the search": (member, f"{reverse('said_csv')}?{all_of_it}"),
        "search for what is exempt": (member, f"{reverse('said_csv')}?{exempt}"),
    }
    for name, (who, address) in addresses.items():
        answer = who.get(address)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        yield name, answer


@pytest.fixture
def follower(db: None, in_august: None) -> User:
    """A member who is told by email of every paper that is published."""
    member = cast.person("member")
    with acting(member):
        subscribe([make.board()], by=member)
        MailChoice(person=member, about="published", frequency="instant").save()
    return member


def test_e8_no_exempt_word_reaches_who_does_not_read_part_2(made_up: list[Made], follower: User) -> None:
    """And what reads all that notices when everything is let out."""
    for half in (made_up[::2], made_up[1::2]):
        secrets = set().union(*(made.secrets for made in half))
        issue = out(in_one(half, "whole"), in_one(half))
        found = {name: leaked(secrets, said) for name, said in channels(issue, secrets)}

        assert len(half) == PAPERS / 2
        assert secrets <= secrets_of(issue.content, opened(issue)).words
        assert {name for name, words in found.items() if words} == set()

    careless = [next(made for made in made_up if kind in exempt_kinds(made)) for kind in SHAPED]
    secrets = set().union({PLANTED}, *(made.secrets for made in careless))
    whole = in_one(careless, "whole")
    whole["paper"] |= {"title": f"About {PLANTED}", "series": PLANTED, "rendition": Rendition.PUBLIC}
    issue = out(whole, whole, series=PLANTED)
    noticed = {name: leaked(secrets, said) for name, said in channels(issue, secrets)}

    assert {name for name, words in noticed.items() if not words} == set()


def exempt_kinds(made: Made) -> set[str]:
    return {block.kind for block in made.paper.blocks.all() if block.is_exempt}


# --- and while it is being written ----------------------------------------------------------------


def draft_of(made_up: list[Made]) -> tuple[Paper, set[str]]:
    """Everything that the papers say in words, in one draft; what is exempt in it is talked about and refused."""
    secretary, chair = cast.person("secretary"), cast.person("chair")
    paper, places = make.paper(), defaultdict(list)
    for block in (block for made in made_up for block in made.paper.blocks.all() if not block.is_drawn):
        text = re.sub(r"\[\[para:.*?\]\]", "", block.text)
        places[block.section, block.heading, block.kind, block.exempt_ground].append(text)
    for (section, heading, kind, ground), texts in places.items():
        about = EXEMPT if ground else {}
        make.block(paper, " ".join(texts), section=section, heading=heading, kind=kind, **about)
    exempt = " ".join(text for (*_, ground), texts in places.items() if ground for text in texts)
    secrets = {PLANTED, *(word for word in exempt.split() if ALIKE.match(word.encode()))}
    paper = Paper.objects.get(pk=paper.pk)
    with acting(secretary):
        paper.summary, paper.summary_ground, paper.summary_interest = f"It is {PLANTED}.", "3", f"Of {PLANTED}."
        save_paper(paper, by=secretary)
        hidden = next(block for block in paper.blocks.all() if block.is_exempt and block.kind == "paragraph")
        said = comment_on_block(hidden, f"Why {PLANTED}?", by=secretary)
        hidden.text += f" Of {PLANTED}."
        with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
            save_block(hidden, by=secretary)
        paper = Paper.objects.get(pk=paper.pk)
        propose_paper(paper, by=secretary)
    with acting(chair):
        reply_to_block_comment(said, f"Because of {PLANTED}.", by=chair)
        suggest(hidden, f"No {PLANTED}.", reason=f"Not {PLANTED}", by=chair)
        decide_on_paper(paper, Decision.REFUSED, seen=words_sha256(paper), reason=f"Too much {PLANTED}.", by=chair)
    return Paper.objects.get(pk=paper.pk), secrets


def test_e8_no_exempt_word_of_a_draft_reaches_who_does_not_read_part_2(made_up: list[Made], follower: User) -> None:
    """An analyst reads drafts. The secretary finds the same words on the same pages, so they could have been there."""
    paper, secrets = draft_of(made_up)
    names = ("paper", "paper_versions", "paper_comments", "paper_history", "paper_clearance", "paper_check")
    read = {
        who: {name: leaked(secrets, page_of(cast.person(who), name, paper)) for name in names}
        for who in ("analyst", "secretary")
    }
    told = repr([*Message.objects.values("subject", "text", "link"), *Mail.objects.values("subject", "body")])

    assert {name for name, words in read["analyst"].items() if words} == set()
    assert {name for name, words in read["secretary"].items() if not words} == {"paper_check"}
    assert read["secretary"]["paper"] == secrets
    assert (Message.objects.count() > 1, leaked(secrets, told.encode())) == (True, set())


def page_of(user: User, name: str, paper: Paper) -> bytes:
    answer = as_(user).get(reverse(name, args=[paper.pk]))
    assert answer.status_code == 200, name
    return bytes(answer.content)


def test_words_are_found_however_they_are_written() -> None:
    assert words_of("The “Quill-Feather”, £1,250 (12A)") == ["the", "quill", "feather", "1", "250", "12a"]
    assert re.fullmatch(
        r"[a-z-]+",
        filename_of(
            {
                "paper": {"board": "B", "meeting_day": "", "series": "", "report": "", "marking": "x"},
                "rendition": Rendition.PUBLIC,
            },
            "pdf",
        ).removesuffix(".pdf"),
    )
