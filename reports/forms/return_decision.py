from django import forms

from contest_portal.ui.forms import PortalForm


class SendBackForm(PortalForm):
    reason = forms.CharField(
        label="What has to change",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The borough’s leads read this, and it stays with the return. Do not name individuals.",
        error_messages={"required": "Say what has to change"},
    )
