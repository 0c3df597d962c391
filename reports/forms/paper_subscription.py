from typing import Any

from django import forms

from boards.models import Board
from contest_portal.ui.forms import PortalForm


class PaperSubscriptionForm(PortalForm):
    without_optional = {"boards"}
    boards = forms.ModelMultipleChoiceField(
        queryset=Board.objects.none(),
        to_field_name="key",
        label="Boards",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="You are told when one of them publishes a paper. How you are emailed is for you to choose, with "
        "your other messages.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One that has ended publishes no more.
        self.fields["boards"].queryset = Board.objects.visible_to(user).lasting().order_by("name")  # type: ignore[attr-defined]
