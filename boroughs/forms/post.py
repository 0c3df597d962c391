"""Posts: new ones, one that changes, and who shares it from which day."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from boroughs.forms.borough import DayFilter
from boroughs.forms.shares import ShareRows, fte_field
from boroughs.models import Borough, FundingLine, Organisation, Post, PostAllocation
from boroughs.models.post import PostKind, PostQuerySet, PostStatus
from contest_portal.access.grants import scope_of
from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import DayField, WholeNumberField
from contest_portal.ui.forms import FilterForm, PortalForm, PortalModelForm

MOST = 60
HINTS = {
    "number": "Of the post, never a name. For example, PEO-045",
    "status": "A vacant post is still a post: it is counted, and shown as vacant",
    "funded_by": "The grant that pays for it. It is how money that ends is seen in time",
    "starts": "For example, 1 4 2026. Empty if it is not known any more",
    "ends": "The last day of the post. Empty if it goes on",
}
LABELS = {"fte": "Full-time equivalent", "status": "Is it filled?", "funded_by": "Paid from"}
_DIGITS = re.compile(r"(.*?)(\d+)$")


def _offer_funding(form: Any, user: Any) -> None:
    field: Any = form.fields["funded_by"]
    scope, lines = scope_of(user, "resource.edit"), FundingLine.objects.visible_to(user)
    if not (scope.everywhere or scope.boards or scope.strands):
        lines = lines.for_boroughs(scope.boroughs)
    field.queryset, field.empty_label = lines.select_related("borough"), "Not recorded"
    field.label_from_instance = lambda line: f"{line}, {line.borough}" if line.borough else str(line)


def _ends_before_it_starts(form: Any, data: dict[str, Any], starts: Any) -> None:
    if data.get("ends") and starts and data["ends"] < starts:
        form.add_error("ends", "The last day must not be before the first one")


class PostForm(ShareRows, PortalModelForm):
    """One post, or several that are alike: the same kind, employer, money and boroughs."""

    fte = fte_field(LABELS["fte"], help_text="Of each post. 1 is full time, 0.6 is three days a week")
    count = WholeNumberField(
        label="How many posts like this one?",
        min_value=1,
        max_value=MOST,
        initial=1,
        help_text="The numbers run on: 3 from PEO-045 are PEO-045, PEO-046 and PEO-047",
    )
    field_order = ("kind", "number", "count", "employer", "fte", "status", "funded_by", "starts", "ends")

    class Meta:
        model = Post
        fields = ("kind", "number", "employer", "fte", "status", "funded_by", "starts", "ends")
        labels, help_texts = LABELS, HINTS
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers: list[str] = []
        self.shares: dict[Borough, Decimal] = {}
        self._offer(user)
        _offer_funding(self, user)
        self.fields["status"].choices = PostStatus.choices  # type: ignore[attr-defined]
        self.add_rows(Borough.objects.visible_to(user))

    def _offer(self, user: Any) -> None:
        """A strand lead the kinds of the strand, a borough's lead the borough's own council."""
        scope, employers = scope_of(user, "resource.edit"), Organisation.objects.visible_to(user)
        employers = employers.exclude(kind__in=("community", "business"))
        kinds = list(PostKind)
        if not (scope.everywhere or scope.boards):
            if scope.strands:
                kinds = [kind for kind in PostKind if kind.strand in scope.strands]
            else:
                employers = employers.filter(borough__in=scope.boroughs)
        self.fields["kind"].choices = [("", "Choose one"), *((kind.value, kind.label) for kind in kinds)]  # type: ignore[attr-defined]
        employer: Any = self.fields["employer"]
        employer.queryset, employer.empty_label = employers, "Choose one"

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        _ends_before_it_starts(self, data, data.get("starts"))
        if data.get("number") and data.get("count"):
            self._number_them(data["number"], data["count"])
        if data.get("fte"):
            self.shares = self.shares_of(data["fte"])
        return data

    def _number_them(self, first: str, count: int) -> None:
        digits = _DIGITS.match(first)
        if count > 1 and digits is None:
            self.add_error("number", "End the number with digits, like PEO-045, so that the numbers can run on")
            return
        self.numbers = [first]
        if digits is not None:
            begin, at = digits[1], digits[2]
            self.numbers = [f"{begin}{int(at) + step:0{len(at)}d}" for step in range(count)]
        if taken := Post.taken(self.numbers):
            self.add_error("number", f"{taken} is taken already. Choose numbers that are free")

    def posts(self) -> list[Post]:
        about = {name: self.cleaned_data[name] for name in self.Meta.fields if name != "number"}
        return [Post(number=number, **about) for number in self.numbers]


class PostChangeForm(EditForm):
    reason = forms.CharField(label="Why does it change?", max_length=300, help_text="It is kept in the history")

    class Meta:
        model = Post
        fields = ("status", "funded_by", "ends")
        labels, help_texts = LABELS, HINTS
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_funding(self, user)
        self.fields["status"].choices = PostStatus.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        _ends_before_it_starts(self, data, self.instance.starts)
        return data


class SharesForm(ShareRows, PortalForm):
    """Who shares the post from a day on. What was before it stays."""

    day = DayField(
        label="From which day?", help_text="For example, 1 8 2026. What was agreed for later days is replaced"
    )
    reason = forms.CharField(label="Why does it change?", max_length=300, help_text="It is kept in the history")
    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})
    field_order = ("day",)

    def __init__(self, *args: Any, post: Post, present: list[PostAllocation], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        self.shares: dict[Borough, Decimal] = {}
        self.add_rows(Borough.objects.visible_to(user), present)
        self.initial["seen"] = post.shares_seen()
        self.order_fields(["day", *(name for name in self.fields if "_" in name), "reason", "seen"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day, post = data.get("day"), self.post
        if day and not post.holds_on(day):
            self.add_error("day", f"There is no such post on that day: it runs {post.dates_in_words}")
        if data.get("seen") and data["seen"] != post.shares_seen():
            self.add_error("day", "Somebody changed the shares after you opened this page. Open it again")
        self.shares = self.shares_of(post.fte)
        return data


class PostFilter(django_filters.FilterSet):
    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=PostKind.choices)
    status = django_filters.MultipleChoiceFilter(label="State", choices=PostStatus.choices)
    borough = django_filters.MultipleChoiceFilter(label="Borough", method="in_boroughs")
    on = DayFilter(label="As it stood on", help_text="For example, 8 9 2011. Today if left empty", method="unfiltered")

    class Meta:
        model = Post
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, *, user: Any, today: dt.date) -> None:
        self.visible, self.today = Post.objects.visible_to(user), today
        super().__init__(data, queryset=self.visible)
        boroughs = Borough.objects.visible_to(user).values_list("gss_code", "name")
        self.filters["borough"].extra["choices"] = list(boroughs)

    @property
    def day(self) -> dt.date:
        """The day that was asked for, or today: the day as at which the list is read."""
        return self._day_then() if self.is_valid() else self.today

    def _day_then(self) -> dt.date:
        return self.form.cleaned_data.get("on") or self.today

    def found(self) -> PostQuerySet:
        """Nothing at all when a filter cannot be read: a list must not ignore what stands beside it."""
        return self.qs.on(self.day) if self.is_valid() else self.visible.none()

    def in_boroughs(self, rows: PostQuerySet, name: str, codes: list[str]) -> PostQuerySet:
        return rows.shared_by(codes, self._day_then()) if codes else rows

    def unfiltered(self, rows: PostQuerySet, name: str, value: Any) -> PostQuerySet:
        return rows
