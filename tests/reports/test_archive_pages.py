"""The pages of the archive: the list, one paper as it was, a file that is sent, and flags."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from boroughs.models import Organisation
from contest_portal.accounts.models import User
from reports.models import ArchivedPaper, ArchiveFlag, ArchiveUpload
from reports.workflow.archiving import Belonging, keep_paper
from tests import cast
from tests.cast import as_
from tests.reports.old_papers import BRIEFING, BROCHURE, REPORT_2009, REPORT_2011, lines_of

pytestmark = pytest.mark.django_db


def keep(text: str, **about: Any) -> ArchivedPaper:
    body = Organisation.objects.get(key=about.pop("body", "metropolitan-police-authority"))
    return keep_paper(lines_of(text), Belonging(body, **about), name="old.txt", by=cast.person("secretary"))


def text_of(html: str) -> str:
    """What a reader sees of the paper's sheet, in order."""
    sheet = html[html.index("<article") : html.index("</article>")]
    return " ".join(re.sub(r"<[^>]+>", " ", sheet).replace("&amp;", "&").split())


def in_order(words: list[str], text: str) -> bool:
    place = 0
    for word in words:
        place = text.find(word, place)
        if place < 0:
            return False
        place += len(word)
    return True


def test_i3_a_paper_of_a_dissolved_body_stays_readable_under_its_banner(member: User) -> None:
    paper = keep(REPORT_2011, title="Safer parks", year=2011)

    page = as_(member).get(paper.get_absolute_url()).content.decode()

    assert "Metropolitan Police Authority, Report 7" in page
    after = "replaced by the Mayor&#x27;s Office for Policing and Crime on 16 January 2012"
    assert f"archived paper of the Metropolitan Police Authority, which was {after}" in page
    text = text_of(page)
    assert in_order(["A. Recommendation", "That", "1.", "2.", "B. Supporting", "• a sergeant", "4. The royal"], text)
    assert in_order(["C. Other", "1. Nothing", "2. The teams cost", "D. Background", "None", "D. Contact"], text)
    assert "Feedback" not in page.split("portal-footer")[0]
    assert "two sections D" not in page, "flags are for those who keep the archive"


def test_flags_stand_beside_the_text_and_are_resolved_with_a_note(secretary: User) -> None:
    paper = keep(REPORT_2009, title="Night buses", year=2009)
    browser = as_(secretary)
    page = browser.get(paper.get_absolute_url()).content.decode()
    assert "3 flags to look at" in page
    flag = ArchiveFlag.objects.get(kind="stop")
    address = reverse("archive_flag", args=[paper.pk, flag.pk])

    refused = browser.post(address, {"note": ""})
    assert "Enter what you found" in refused.content.decode()
    page = browser.post(address, {"note": "So in print too."}, follow=True).content.decode()
    assert "Resolved:</strong> So in print too. (Sasha Minter" in page
    assert "2 flags to look at" in page
    assert "So in print too." in browser.get(f"{paper.get_absolute_url()}history/").content.decode()


def test_tables_and_boxes_are_tables_and_boxes_on_the_page(member: User) -> None:
    paper = keep(BROCHURE, body="metropolitan-police-service", title="The River Police", year=2018)

    page = as_(member).get(paper.get_absolute_url()).content.decode()

    assert page.count("<table") == 2
    assert page.count('portal-archive__box"') == 3
    assert "<strong>Blue</strong> is easily seen" in page


def test_i5_words_and_numbers_are_found_in_the_archive(member: User) -> None:
    keep(BRIEFING.replace("17/", "11/"), title="Bicycles in custody", year=2009)
    keep(REPORT_2011, title="Safer parks", year=2011)

    def found(**query: Any) -> list[str]:
        page = as_(member).get(reverse("archived_papers"), query).context["page"]
        return [paper.title for paper in page]

    assert found() == ["Safer parks", "Bicycles in custody"]
    assert found(words="royal parks") == ["Safer parks"]
    assert found(words="11/09") == found(words="briefing 11 of 2009") == ["Bicycles in custody"]
    assert found(year="2011", body="metropolitan-police-authority") == ["Safer parks"]
    assert found(words="nothing of the kind") == []


def test_i5_everything_that_was_said_of_something_stands_under_the_papers_with_its_number(member: User) -> None:
    keep(REPORT_2009, title="Night buses", year=2009)
    keep(BRIEFING.replace("17/", "11/"), title="Bicycles in custody", year=2009)

    page = as_(member).get(reverse("archived_papers"), {"words": "patrol"}).context["page"]

    found = [(said.marker, said.text) for paper in page for said in paper.spoken]
    assert found == [
        *(("", "Patrols"), ("1.", "Patrols were doubled:"), ("2", "Patrols were also seen on Sundays.")),
    ]
    assert page[0].spoken[2].url == f"{page[0].get_absolute_url()}#line-26"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_1_and_3_rows(
    member: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for serial in range(1, count + 1):
        keep(BRIEFING.replace("17/", f"{serial}/"), title="Bicycles", year=2009)
    browser = as_(member)
    browser.get(reverse("archived_papers"))

    with django_assert_num_queries(12):
        browser.get(reverse("archived_papers"))


def sent(text: str, name: str = "old.txt") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_a_file_is_sent_looked_at_and_kept(secretary: User) -> None:
    browser = as_(secretary)

    preview = browser.post(reverse("archive_upload_new"), sent(REPORT_2011), follow=True)
    page = preview.content.decode()
    assert "There are two sections D" in page
    assert "Nothing is kept yet" in page
    assert not ArchivedPaper.objects.exists()
    form = preview.context["form"]
    assert form["title"].value() == "Safer parks: progress in the first year"
    body = Organisation.objects.get(key="metropolitan-police-authority")
    assert form["organisation"].value() == body.pk

    address = preview.redirect_chain[-1][0]
    answers = {"organisation": body.pk, "title": "Parks", "year": "20"}
    assert "four figures" in browser.post(address, answers).content.decode()
    kept = browser.post(address, answers | {"year": "2011"}, follow=True)
    assert "The paper is in the archive." in kept.content.decode()
    assert ArchivedPaper.objects.get().imported_by == secretary
    assert not ArchiveUpload.objects.exists()
    again = browser.post(reverse("archive_upload_new"), sent(REPORT_2011)).content.decode()
    assert "This paper is in the archive already: “Parks”." in again


def test_a_file_that_was_sent_is_its_senders_alone_and_can_be_thrown_away(secretary: User, admin: User) -> None:
    browser = as_(secretary)
    address = browser.post(reverse("archive_upload_new"), sent(REPORT_2011))["Location"]

    assert as_(admin).get(address).status_code == 404
    browser.post(f"{address}/removal")
    assert not ArchiveUpload.objects.exists()
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("text", "name", "refusal"),
    [
        ("", "old.txt", "The submitted file is empty"),
        ("%PDF-1.4", "old.pdf", "must be plain text"),
        (f"RESTRICTED\n\n{REPORT_2009}", "old.txt", "Only papers that were public"),
    ],
)
def test_a_file_that_does_not_belong_there_is_refused(secretary: User, text: str, name: str, refusal: str) -> None:
    page = as_(secretary).post(reverse("archive_upload_new"), sent(text, name)).content.decode()

    assert refusal in page
    assert not ArchiveUpload.objects.exists()


def test_a_paper_is_taken_out_with_a_reason_and_its_file_can_be_brought_in_again(secretary: User, member: User) -> None:
    paper = keep(REPORT_2009, title="Night buses", year=2009)
    address = reverse("archived_paper_removal", args=[paper.pk])
    browser = as_(secretary)

    assert "Enter why it is taken out" in browser.post(address, {"reason": ""}).content.decode()
    page = browser.post(address, {"reason": "It is another paper."}, follow=True).content.decode()
    assert "Sasha Minter" in page
    assert "It is another paper." in page
    assert "already" in browser.post(address, {"reason": "Again"}).content.decode()
    assert as_(member).get(paper.get_absolute_url()).status_code == 404
    assert as_(member).get(paper.copies.get(format="pdf").get_absolute_url()).status_code == 404
    assert list(as_(member).get(reverse("archived_papers")).context["page"]) == []
    assert keep(REPORT_2009, title="Night buses", year=2009).flags.filter(kind="number").count() == 0


def test_an_administrator_reaches_the_archive_and_is_led_to_no_page_that_is_closed_to_them(admin: User) -> None:
    paper = keep(REPORT_2009, title="Night buses", year=2009)
    browser = as_(admin)

    assert reverse("archived_papers") in browser.get(reverse("reference")).content.decode()
    for address in (reverse("archived_papers"), paper.get_absolute_url()):
        assert f'href="{reverse("papers")}"' not in browser.get(address).content.decode()
