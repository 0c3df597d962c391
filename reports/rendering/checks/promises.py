"""What the board was promised by this meeting and has not been told yet."""

from collections.abc import Iterator

from reports.models import Promise
from reports.rendering.checks.checked import Checked, Finding

FAMILY = "promises"


def check(checked: Checked) -> Iterator[Finding]:
    """Only promises in paragraphs that the reader reads: who sees this paper may not see what is exempt in another."""
    every = Promise.objects.all() if checked.reader is None else Promise.objects.visible_to(checked.reader)
    rows = every.made().untaken().to_board(checked.paper.board).exclude(block__paper=checked.paper).in_order()
    for promise in rows.filter(due__lte=checked.day):
        words = f"{promise.what}, promised for {promise.due_words} in “{promise.block.paper}”, is not kept yet."
        about = f"promise {promise.pk}"
        yield Finding(FAMILY, "summary", "Promised", words, about, True, promise.is_exempt, promise.pk)
