"""What the form of an activity offers to choose from, which depends on the person, the day and the kind."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, Q, When
from django.utils import timezone

from boroughs.models import Borough, FundingLine, Organisation
from contest_portal.core.quarters import Quarter
from strands.forms.dates import quarters_around
from strands.forms.funding import FundingRows
from strands.forms.particulars import KindQuestions
from strands.forms.plan_lines import PlanLines
from strands.forms.shares import JointRows
from strands.kinds import KINDS, Kind
from strands.models import Activity, Objective, Strand
from strands.models.answers import ENTERED, Basis, EqualityMonitoring, EvaluationMethod, Outcome
from strands.workflow.logging import NOT_YOUR_BOROUGH

MOST_PROGRAMMES = 60
# A line of the year before last is hardly ever spent any more.
YEARS_OF_FUNDING = 2
# Kinds that somebody logged this often stand first in the list of kinds, this many of them.
OFTEN, FEW_KINDS = 2, 5


class Offers(KindQuestions, JointRows, FundingRows, PlanLines):
    """`user` decides which boroughs can lead the activity, and what is near to them."""

    user: Any
    instance: Activity

    def offer(self) -> None:
        offered: dict[str, Any] = self.fields
        offered["status"].choices = ENTERED
        offered["partners"].queryset = self._partners()
        offered["attendance_basis"].choices = [("", "Not counted"), *Basis.choices]
        offered["outcome_level"].choices = [("", "Not known yet"), *Outcome.choices]
        offered["evaluation_method"].choices = [("", "Not known yet"), *EvaluationMethod.choices]
        offered["equality_monitoring"].choices = [("", "Not known yet"), *EqualityMonitoring.choices]
        offered["starts_quarter"].choices = quarters_around(self.instance.starts)
        self._offer_strands(offered)
        self._offer_kinds(offered["kind"])
        self._offer_objectives(offered["objectives"])
        self.offer_plan_lines(self._strand(), self._day())
        self._offer_boroughs(offered["lead_borough"])
        self._offer_programmes(offered["parent"])
        self.add_lines(self._funding_lines(), self.funding_now())

    def shares_beside_the_lead(self) -> Mapping[str, Decimal]:
        """Of the activity as it is saved; a new one has none."""
        return {}

    def funding_now(self) -> Mapping[int, Decimal | None]:
        return {}

    def particulars_now(self, kind: Kind | None) -> Mapping[str, Any]:
        return self.instance.particulars if kind and kind.key == self.instance.kind else {}

    def _partners(self) -> Any:
        near = Q(borough__in=Borough.objects.logged_by(self.user))
        return Organisation.objects.visible_to(self.user).order_by(Case(When(near, then=0), default=1), "name")

    def _offer_strands(self, offered: dict[str, Any]) -> None:
        self.strands = Strand.objects.visible_to(self.user)
        offered["other_strands"].queryset = self.strands
        strand = offered["strand"]
        strand.queryset, strand.required, strand.empty_label = self.strands, False, "The strand of its kind"

    def _offer_kinds(self, field: Any) -> None:
        """Those in use on the day; the ones that the person logs most come first."""
        kind, day, usual = KINDS.get(str(self._chosen("kind") or "")), self._day(), self._usual_kinds()
        groups: dict[str, list[tuple[str, str]]] = {"Often": [(key, KINDS[key].name) for key in usual]}
        for strand in self.strands:
            groups[strand.name] = [
                (each.key, each.name)
                for each in KINDS.values()
                if each.strand == strand.pk and each.key not in usual and (day in each.in_use or each is kind)
            ]
        field.choices = [("", "Choose one"), *((name, kinds) for name, kinds in groups.items() if kinds)]
        self.add_questions(kind, day, self.particulars_now(kind))

    def _usual_kinds(self) -> list[str]:
        own = Activity.objects.editable_by(self.user).filter(logged_by=self.user)
        counted = own.values("kind").annotate(count=Count("pk")).order_by("-count", "kind")
        return [row["kind"] for row in counted[:FEW_KINDS] if row["count"] >= OFTEN]

    def _offer_objectives(self, field: Any) -> None:
        """Any objective is read, so that a wrong one gets its own sentence; those of the day and strand are shown."""
        field.queryset = Objective.objects.visible_to(self.user).select_related("strand", "strategy")
        shown = field.queryset.in_force_on(self._day()).order_by("strand__order", "order")
        strand = self._strand()
        ticked = {str(pk) for pk in self._ticked("objectives")}
        field.widget.choices = [
            (objective.pk, field.label_from_instance(objective))
            for objective in shown
            if strand in ("", objective.strand_id) or str(objective.pk) in ticked
        ]

    def _strand(self) -> str:
        return self._chosen("strand") or (self.chosen_kind.strand if self.chosen_kind else "")

    def _offer_boroughs(self, lead: Any) -> None:
        own = Borough.objects.logged_by(self.user)
        lead.queryset = own
        lead.error_messages["invalid_choice"] = NOT_YOUR_BOROUGH
        if own.count() == 1:
            lead.empty_label = None
        self.add_rows(Borough.objects.visible_to(self.user), self.shares_beside_the_lead())

    def _offer_programmes(self, field: Any) -> None:
        own = Activity.objects.editable_by(self.user).programmes().exclude(pk=self.instance.pk)
        newest = list(own.newest_first().values_list("pk", flat=True)[:MOST_PROGRAMMES])
        field.queryset = own.filter(Q(pk__in=newest) | Q(pk=self.instance.parent_id)).newest_first()
        field.empty_label = "None"

    def _funding_lines(self) -> Any:
        near = Q(borough__isnull=True) | Q(borough__in=Borough.objects.logged_by(self.user))
        since = Quarter.of(self._day()).shifted(-4 * YEARS_OF_FUNDING).financial_year
        recent = near & Q(financial_year__gte=since)
        lines = FundingLine.objects.visible_to(self.user).select_related("borough")
        return lines.filter(recent | Q(pk__in=self.funding_now()))

    def _chosen(self, name: str) -> Any:
        """What is chosen in a list now, whether it was sent or stood there before."""
        return self.data.get(name, "") if self.is_bound else self.get_initial_for_field(self.fields[name], name)

    def _ticked(self, name: str) -> Any:
        if not self.is_bound:
            return self.initial.get(name) or []
        field: Any = self.fields[name]
        return field.widget.value_from_datadict(self.data, self.files, name) or []

    def _day(self) -> dt.date:
        if not self.is_bound:
            return self.instance.starts or timezone.localdate()
        return self._typed_quarter() or self._typed_day() or timezone.localdate()

    def _typed_quarter(self) -> dt.date | None:
        field: Any = self.fields["starts_quarter"]
        key = self.data.get("starts_quarter", "") if self.data.get("date_precision") == "quarter" else ""
        return Quarter.from_key(key).start if key in dict(field.choices) and key else None

    def _typed_day(self) -> dt.date | None:
        field: Any = self.fields["starts"]
        try:
            return field.clean(field.widget.value_from_datadict(self.data, {}, "starts"))
        except ValidationError:
            return None
