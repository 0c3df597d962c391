from typing import Any

from django import forms

from contest_portal.notifications.kinds import KINDS, Frequency
from contest_portal.notifications.models import MailChoice
from contest_portal.ui.forms import PortalForm


class MailChoicesForm(PortalForm):
    """One choice for each kind of notice; a message in the portal comes always."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {choice.about: choice for choice in MailChoice.objects.visible_to(user)}
        for kind in KINDS.values():
            stored = self.there.get(kind.key)
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.name,
                choices=Frequency.choices,
                initial=stored.frequency if stored else kind.email,
            )

    def changed(self, user: Any) -> list[MailChoice]:
        """Those to save: what differs from what holds now."""
        found = []
        for name in self.changed_data:
            choice = self.there.get(name) or MailChoice(person=user, about=name)
            choice.frequency = self.cleaned_data[name]
            found.append(choice)
        return found
