"""Two activities that are one: for each answer that differs, whose is kept."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from contest_portal.ui.comparing import data_of, plain
from contest_portal.ui.forms import PortalForm
from strands.forms.activity import ChangeForm
from strands.forms.plan_lines import LINES
from strands.forms.wording import NO_NAMES
from strands.models import Activity
from strands.workflow.logging import Entry

KEPT, OTHER = "kept", "other"
EMPTY = "(empty)"


class MergeForm(PortalForm):
    """Each answer that differs in the two is a question; what is the same in both is not asked."""

    reason = forms.CharField(
        label="Why are they the same?", max_length=300, help_text=f"It stands in the history of both. {NO_NAMES}"
    )
    versions = forms.RegexField(r"^\d+,\d+$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Activity, other: Activity, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.other, self.user = kept, other, user
        self.initial["versions"] = f"{kept.version},{other.version}"
        self._forms = {KEPT: ChangeForm(instance=kept, user=user), OTHER: ChangeForm(instance=other, user=user)}
        self._values = {side: form.stored() for side, form in self._forms.items()}
        reason = self.fields.pop("reason")
        for key in self._differing():
            self.fields[key] = self._either(key)
        self.fields["reason"] = reason

    def _differing(self) -> list[str]:
        kept, other = self._values[KEPT], self._values[OTHER]
        return [key for key in kept if key in other and kept[key] != other[key] and key not in LINES]

    def _either(self, key: str) -> forms.ChoiceField:
        """The one that says something is chosen beforehand; of two that do, the kept one's."""
        words = {side: form.words_of(key, self._values[side][key]) for side, form in self._forms.items()}
        return forms.ChoiceField(
            label=str(self._forms[KEPT][key].label),
            choices=[(side, words[side] or EMPTY) for side in (KEPT, OTHER)],
            initial=KEPT if words[KEPT] else OTHER,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            self.result = ChangeForm(self._chosen(), instance=self.kept, user=self.user)
            for name, words in self.result.errors.items():
                self._tell(name, list(words))
        return given

    def _tell(self, name: str, words: list[Any]) -> None:
        """Beside the answer that was chosen, or above them all where there was nothing to choose."""
        if name in self.fields:
            self.add_error(name, words)
        else:
            label = f"{self.result[name].label}: " if name in self.result.fields else ""
            self.add_error(None, [f"{label}{each}" for each in words])

    def _chosen(self) -> QueryDict:
        """As if somebody had typed the chosen answers into the form of the kept one."""
        form, typed = self._forms[KEPT], QueryDict(mutable=True)
        for name, field in form.fields.items():
            _put(typed, data_of(field, name, plain(field, form.get_initial_for_field(field, name))))
        typed.update(
            {"joint_rows": str(form.row_count), "reason": self.cleaned_data["reason"], "no_personal_data": "on"}
        )
        form.data = typed
        for key in self._differing():
            if self.cleaned_data[key] == OTHER:
                form.take(key, self._values[OTHER][key])
        return typed

    @property
    def differing(self) -> list[Any]:
        return [self[key] for key in self._differing()]

    def entry(self) -> Entry:
        """The plan lines of both: what was done served all of them."""
        deliverables, measures = ({*self._tied(KEPT, name), *self._tied(OTHER, name)} for name in LINES)
        return replace(self.result.entry(), deliverables=deliverables, measures=measures)

    def _tied(self, side: str, name: str) -> list[int]:
        return self._forms[side].lines_now(name)

    def seen(self) -> dict[int, int]:
        kept, other = self.cleaned_data["versions"].split(",")
        return {self.kept.pk: int(kept), self.other.pk: int(other)}


class PartForm(PortalForm):
    reason = forms.CharField(label="Why are they two?", max_length=300, help_text=NO_NAMES)


def _put(typed: QueryDict, boxes: dict[str, Any]) -> None:
    for box, words in boxes.items():
        if isinstance(words, list):
            typed.setlist(box, words)
        elif words is not None:
            typed[box] = words
