"""One number that is worded in two ways, in this paper or in this one and the last that the board was given."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.html import strip_tags

from reports.models import Issue
from reports.rendering.checks.checked import Checked, Finding, found_in, is_exempt
from reports.rendering.checks.numbers import Said, numbers_in

FAMILY = "wording"


def check(checked: Checked) -> Iterator[Finding]:
    first: dict[tuple[float, str], tuple[Said, str]] = {}
    before, name = _last_paper(checked)
    for text in checked.texts:
        for said in _told(text.text):
            key = (said.value, _stem(said.noun))
            earlier, where = first.setdefault(key, (said, text.where))
            if earlier.qualifier != said.qualifier:
                words = f"“{said.words}” here, and “{earlier.words}” in {where}. Say it in one way."
                yield found_in(text, FAMILY, words)
            elif key in before and before[key].qualifier != said.qualifier:
                yield found_in(text, FAMILY, f"“{said.words}” here, and “{before[key].words}” in {name}.")
    yield from _figures(checked, name)


def _told(text: str) -> Iterator[Said]:
    """Numbers of something: without a noun nobody can say that two are the same."""
    return (said for said in numbers_in(text) if said.noun and said.value > 1)


def _stem(noun: str) -> str:
    return noun.split()[-1].lower().rstrip("s")


def _last_issue(checked: Checked) -> Issue | None:
    """The last of the same board that everybody may read."""
    found = Issue.objects.filter(paper__board=checked.paper.board_id).exclude(paper=checked.paper)
    return found.exclude(open_snapshot="").select_related("paper__meeting").order_by("-issued_at").first()


def _last_paper(checked: Checked) -> tuple[dict[tuple[float, str], Said], str]:
    """What its public version said, and how to name it. What was exempt in it is not told here."""
    issue = _last_issue(checked)
    if issue is None:
        return {}, ""
    content = issue.open_content
    blocks = [block.get("html", "") for section in content["sections"] for block in section["blocks"]]
    told = [said for html in [content["paper"]["summary"], *blocks] for said in _told(strip_tags(html))]
    return {(said.value, _stem(said.noun)): said for said in told}, f"the paper of {issue.paper.day:%-d %B %Y}"


def _figures(checked: Checked, name: str) -> Iterator[Finding]:
    """The same figure of the same quarter that said something else then."""
    issue = _last_issue(checked) if name else None
    if issue is None or issue.open_content["paper"]["quarter"] != checked.source.quarter.key:
        return
    then = {head["key"]: head["words"] for head in issue.open_content["figures"] if head["shape"] == "value"}
    # A number that stands in the open to members can be kept back from the public because of a cell of a table.
    in_tables = any(is_exempt(piece) for piece in checked.source.pieces if piece.is_drawn)
    for text in checked.texts:
        for figure in checked.figures_in(text.text):
            if figure.words and then.get(figure.key, figure.words) != figure.words:
                said = f"“{figure.definition.name}” is {figure.words} here, and was {then[figure.key]} in {name}."
                found = found_in(text, FAMILY, f"{said} Say why it is another number.")
                yield replace(found, exempt=found.exempt or in_tables)
