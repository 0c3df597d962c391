"""What the board was promised by this meeting and has not been told yet."""

from collections.abc import Iterator

from reports.models import Promise
from reports.rendering.checks.checked import Checked, Finding
from reports.rendering.renditions import MembersPaper

FAMILY = "promises"


def check(checked: Checked) -> Iterator[Finding]:
    """Promises of exempt paragraphs only for who reads this paper whole, which its own board's people do."""
    board = checked.paper.board
    rows = Promise.objects.made().unkept().to_board(board).exclude(block__paper=checked.paper).in_order()
    rows = rows.filter(due__lte=checked.day)
    if not isinstance(checked.source, MembersPaper):
        rows = rows.open_to_all()
    for promise in rows:
        paper = promise.block.paper
        words = f"{promise.what}, promised for {promise.due_words} in “{paper}”, is not kept yet."
        yield Finding(FAMILY, "summary", "Promised", words, f"promise {promise.pk}", True, promise.is_exempt)
