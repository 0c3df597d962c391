from django import forms

from contest_portal.ui.forms import PortalForm


class AcceptanceForm(PortalForm):
    reason = forms.CharField(
        label="Why may it stay as it is?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept with your name, and holds for the text as it is now. Do not enter names of individuals.",
    )
