from typing import Any

from contest_portal.notifications.forms.comment import RemarkForm


class ChartCommentForm(RemarkForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            "Everybody who may read this chart reads it. Write what is OFFICIAL only, and do not name individuals of "
            "concern."
        )
