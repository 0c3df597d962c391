from django import forms

from contest_portal.ui.editing import EditForm
from strands.forms.wording import NO_NAMES
from strands.models import PartnerNote


class PartnerNoteForm(EditForm):
    class Meta:
        model = PartnerNote
        fields = ("text",)
        labels = {"text": "Your borough’s own note"}
        help_texts = {"text": f"Read by those who read the activity in full, never by the public. {NO_NAMES}"}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"text": {"required": "Write the note"}}
