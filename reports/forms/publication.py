from typing import Any

from django import forms

from contest_portal.ui.forms import PortalForm, PortalModelForm
from reports.models import Erratum, Publication
from reports.rendering.frozen import Comparison


class PublicationForm(PortalForm):
    """Asks for a reason when it is late, and for nothing else."""

    late_reason = forms.CharField(
        label="Why it is late",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is published with the paper. Do not enter names of individuals.",
    )

    def __init__(self, *args: Any, late: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_reason"]


class SuccessorChoice(forms.ModelChoiceField):
    def label_from_instance(self, publication: Any) -> str:
        return f"{publication.issue.numbered}, {publication.issue.paper}"


class WithdrawalForm(PortalForm):
    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody reads it. Do not enter names of individuals.",
    )
    successor = SuccessorChoice(
        queryset=Publication.objects.none(),
        label="The published paper that takes its place",
        empty_label="None: it is taken back",
        required=False,
        help_text="Where there is one, the old text stays readable and says that it was superseded.",
    )

    def __init__(self, *args: Any, publication: Publication, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = publication.issue.paper.board_id
        others = Publication.objects.visible_to(user).filter(issue__paper__board=board, withdrawal=None)
        self.fields["successor"].queryset = (  # type: ignore[attr-defined]
            others.exclude(pk=publication.pk).select_related("issue__item", "issue__paper").defer("issue__snapshot")
        )


class ErratumForm(PortalModelForm):
    """What was printed and what is right; for a figure that changed since, both are filled in."""

    figure = forms.ChoiceField(
        label="Figure that changed since",
        choices=(),
        required=False,
        help_text="Leave both boxes below empty and they are filled in from it.",
    )

    class Meta:
        model = Erratum
        fields = ("figure", "place", "printed", "corrected", "reason")
        help_texts = {
            "place": "For example: paragraph 12, or Table 1",
            "reason": "Everybody who reads the paper reads it. Do not enter names of individuals.",
        }

    def __init__(self, *args: Any, comparisons: list[tuple[str, Comparison]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        changed = [(key, line) for key, line in comparisons if line.differs]
        self.changed = {f"{line.n}/{line.row}/{line.column}": (key, line) for key, line in changed}
        found = [(name, _words(line)) for name, (_, line) in self.changed.items()]
        self.fields["figure"].choices = [("", "None: it is about words"), *found]  # type: ignore[attr-defined]
        if changed:
            self.fields["printed"].required = self.fields["corrected"].required = False
        else:
            del self.fields["figure"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        key, line = self.changed.get(data.get("figure", ""), ("", None))
        data["figure"] = key
        for name, words in (("printed", line and line.issued), ("corrected", line and line.now)):
            data[name] = data.get(name) or words or ""
            if not data[name]:
                self.add_error(name, "Say what was printed" if name == "printed" else "Say what it should be")
        return data


def _words(line: Comparison) -> str:
    name = f"{line.title}, {line.cell}" if line.cell else line.title
    return f"{name}: {line.issued} was printed, {line.now} now"
