"""Every free text of every form is read for personal data before it is saved."""

from dataclasses import dataclass

from django import forms

from contest_portal.core.personal_data import Finding, findings

NOT_READ = (
    *(forms.EmailField, forms.URLField, forms.UUIDField, forms.SlugField, forms.RegexField),
    *(forms.GenericIPAddressField, forms.JSONField),
)
NOT_TYPED = (forms.HiddenInput, forms.PasswordInput, forms.Select, forms.RadioSelect)


@dataclass(frozen=True)
class Question:
    """Words of one field that may be about a person. The tick carries them, so that it answers for these alone."""

    name: str
    words: frozenset[str]
    answer: str
    is_answered: bool


class PersonalDataGuard(forms.BaseForm):
    """Refuses what is certain, and asks about what is not; `scanned = False` on a field keeps out of it."""

    questions: dict[str, Question]
    is_filter = False

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        self.questions = {}
        if self.is_filter:
            return
        for name, field in self.fields.items():
            text = self.cleaned_data.get(name)
            if isinstance(text, str) and is_scanned(field):
                self._read(name, text)

    def _read(self, name: str, text: str) -> None:
        found = findings(text)
        certain = [finding for finding in found if finding.is_certain]
        open_ = [finding for finding in found if not finding.is_certain]
        # What was let through once is not asked about at every later change.
        if open_ and (question := self._question(name, open_)).words - self._words_before(name):
            self.questions[name] = question
            if not question.is_answered:
                certain += open_
        for finding in certain:
            self.add_error(name, finding.sentence)

    def _question(self, name: str, found: list[Finding]) -> Question:
        words = _words(found)
        box = f"{self.add_prefix(name)}-not-a-person"
        answered = set(str(self.data.get(box, "")).split("|"))
        return Question(box, words, "|".join(sorted(words)), words <= answered)

    def _words_before(self, name: str) -> frozenset[str]:
        before = self.get_initial_for_field(self.fields[name], name)
        return _words(findings(before)) if isinstance(before, str) and before else frozenset()


def is_scanned(field: forms.Field) -> bool:
    chosen: bool | None = getattr(field, "scanned", None)
    if chosen is not None:
        return chosen
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field, NOT_READ)
        and not isinstance(field.widget, NOT_TYPED)
    )


def _words(found: list[Finding]) -> frozenset[str]:
    return frozenset(finding.words.lower() for finding in found if not finding.is_certain)
