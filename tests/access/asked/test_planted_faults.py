"""The faults that systems like this have had (docs/architecture.md, Five locks), planted one at a time.

The matrix has to notice each. That it notices nothing without them is test_matrix.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Q
from django.shortcuts import get_object_or_404

from boards.models import Board, Meeting
from boroughs.models import BankHoliday, Borough
from contest_portal.access import grants
from contest_portal.access import views as access_pages
from contest_portal.access.gate import SIGNED_IN, Label
from contest_portal.access.grants import may
from contest_portal.access.models import Grant
from contest_portal.audit.models import AccessRecord
from contest_portal.core.quarters import Quarter
from contest_portal.home.views import home
from contest_portal.ui.paging import CappedPaginator
from reports.figures import rows as figure_rows
from reports.forms.paper import PaperDetailsForm
from reports.forms.quarterly_return import ReturnFilter
from reports.models import Block, ChartComment, Document, Paper, QuarterlyReturn
from strands.forms.filters import ActivityFilter
from strands.models import Activity, ActivityOpening
from strands.views import activity as activity_pages
from strands.views import activity_list
from tests.access.matrix import Runner

Patch = pytest.MonkeyPatch


def rows_of(model: type[Any]) -> type[Any]:
    """The queryset class, on which its scopes are methods."""
    return type(model.objects.all())


def everything(model: type[Any], scope: str = "visible_to") -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(rows_of(model), scope, lambda rows, user: rows)


def list_of_everybodys_activities(patch: Patch) -> None:
    everything(Activity)(patch)


def list_filtered_by_the_strand_and_not_the_borough(patch: Patch) -> None:
    patch.setattr("strands.models.activity_rows._within", lambda scope: Q(strand="prevent") if scope else Q(pk__in=[]))


def download_without_scope(patch: Patch) -> None:
    patch.setattr(ActivityFilter, "found", lambda chosen: Activity.objects.newest_first())


def download_of_returns_without_scope(patch: Patch) -> None:
    patch.setattr(ReturnFilter, "found", lambda chosen: QuarterlyReturn.objects.select_related("borough"))


def block_looked_up_without_its_paper(patch: Patch) -> None:
    def lookup(rows: Any, **key: Any) -> Any:
        return get_object_or_404(Block if rows.model is Block else rows, **key)

    patch.setattr("reports.views.block.get_object_or_404", lookup)


def opening_looked_up_without_its_activity(patch: Patch) -> None:
    def lookup(rows: Any, **key: Any) -> Any:
        return get_object_or_404(ActivityOpening if rows.model is ActivityOpening else rows, **key)

    patch.setattr("strands.views.activity_people.get_object_or_404", lookup)


def paper_moved_to_a_meeting_that_was_not_offered(patch: Patch) -> None:
    patch.setattr(PaperDetailsForm, "_meetings", lambda form, user: Meeting.objects.all())


def filter_offers_quarters_of_hidden_rows(patch: Patch) -> None:
    def quarters(first: dt.date, last: dt.date) -> list[Quarter]:
        days = Activity.objects.values_list("starts", flat=True)
        return sorted({Quarter.of(day) for day in days}, reverse=True)

    patch.setattr("strands.forms.filters._quarters", quarters)


def search_over_all_rows(patch: Patch) -> None:
    patch.setattr(
        ActivityFilter, "with_words", lambda chosen, rows, name, value: Activity.objects.filter(reference=value)
    )


def count_over_all_rows(patch: Patch) -> None:
    patch.setattr(CappedPaginator, "count", property(lambda pages: pages.object_list.model.objects.count()))


def view_without_its_label(patch: Patch) -> None:
    patch.delattr(activity_list.activities, "access_label")


def label_with_the_wrong_permission(patch: Patch) -> None:
    patch.setattr(access_pages.grants, "access_label", Label(SIGNED_IN, frozenset({"GET", "HEAD"})))


def label_of_a_reading_page_that_takes_posts(patch: Patch) -> None:
    patch.setattr(activity_pages.activity, "access_label", Label("activity.list", frozenset({"GET", "POST"})))


def public_page_that_was_not_meant_to_be(patch: Patch) -> None:
    patch.setattr(activity_list.activities_csv, "access_label", Label(None, frozenset({"GET", "HEAD", "POST"})))


def ended_grants_count(patch: Patch) -> None:
    days = "%(today)s BETWEEN given.starts AND given.ends"
    assert grants._IN_FORCE.count(days) == 1
    patch.setattr(grants, "_IN_FORCE", grants._IN_FORCE.replace(days, "TRUE"))


def closed_account_gets_in(patch: Patch) -> None:
    patch.setattr(AuthenticationBackend, "user_can_authenticate", lambda backend, user: True)


def rows_behind_a_figure_for_everybody(patch: Patch) -> None:
    patch.setitem(figure_rows.SOURCES, "activities", (figure_rows._activities, figure_rows._all))


def internal_note_on_the_public_face(patch: Patch) -> None:
    patch.setattr(Activity, "read_in_full_by", lambda activity, user: True)


def internal_note_in_the_download(patch: Patch) -> None:
    everything(Activity, "read_in_full_by")(patch)


def lines_of_a_return_without_their_markings(patch: Patch) -> None:
    patch.setattr("reports.rendering.return_page.readable", lambda lines, user: lines)


def own_return_accepted(patch: Patch) -> None:
    patch.setattr(QuarterlyReturn, "why_not_accept", lambda found, user: "")


def return_to_decide_on_from_anywhere(patch: Patch) -> None:
    everything(QuarterlyReturn)(patch)


def part_2_for_every_board(patch: Patch) -> None:
    patch.setattr("reports.models.paper._on_boards", lambda scope: Q() if scope else Q(pk__in=[]))


def refusal_that_leaves_a_row(patch: Patch) -> None:
    def noted(user: Any, permission: str) -> bool:
        AccessRecord(user=user, action="asked", what=permission).save()
        return may(user, permission)

    patch.setattr("contest_portal.access.gate.may", noted)


def reading_that_changes_something(patch: Patch) -> None:
    def renamed(user: Any) -> list[Grant]:
        with_change = BankHoliday.objects.earliest("day")
        with_change.name += "."
        with_change.save()
        return []

    patch.setattr(home, "live_grants", renamed)


# Each: the fault, and one address at which the matrix has to notice it.
FAULTS: list[tuple[Callable[[Patch], None], str]] = [
    (list_of_everybodys_activities, "activities"),
    (list_filtered_by_the_strand_and_not_the_borough, "activities"),
    (download_without_scope, "activities_csv"),
    (download_of_returns_without_scope, "returns_csv"),
    (block_looked_up_without_its_paper, "block_edit"),
    (opening_looked_up_without_its_activity, "activity_person_closure"),
    (everything(Document), "document_download"),
    (everything(Document, "retriable_by"), "document_retry"),
    (everything(ChartComment), "chart_comment"),
    (everything(Borough, "logged_by"), "activity_new"),
    (everything(Board, "arranged_by"), "meeting_new"),
    (paper_moved_to_a_meeting_that_was_not_offered, "paper_edit"),
    (filter_offers_quarters_of_hidden_rows, "activities"),
    (search_over_all_rows, "activities"),
    (count_over_all_rows, "activities"),
    (view_without_its_label, "activities"),
    (label_with_the_wrong_permission, "grants"),
    (label_of_a_reading_page_that_takes_posts, "activity"),
    (public_page_that_was_not_meant_to_be, "activities_csv"),
    (ended_grants_count, "activities"),
    (closed_account_gets_in, "account"),
    (rows_behind_a_figure_for_everybody, "figure_rows"),
    (internal_note_on_the_public_face, "activity"),
    (internal_note_in_the_download, "activities_csv"),
    (everything(Activity, "read_in_full_by"), "activity_history"),
    (everything(Activity, "editable_by"), "activity_edit"),
    (lines_of_a_return_without_their_markings, "quarterly_return"),
    (own_return_accepted, "return_acceptance"),
    (return_to_decide_on_from_anywhere, "return_sending_back"),
    (part_2_for_every_board, "papers"),
    (everything(Paper, "drafting_read_by"), "paper_history"),
    (everything(Paper, "issuable_by"), "paper_issue"),
    (everything(Grant), "grants"),
    (refusal_that_leaves_a_row, "grants"),
    (reading_that_changes_something, "home"),
]


@pytest.mark.parametrize(("plant", "name"), FAULTS)
def test_the_matrix_notices(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, plant: Callable[[Patch], None], name: str
) -> None:
    plant(monkeypatch)

    assert next(runner.breaches([name]), "") != ""
