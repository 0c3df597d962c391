"""Grounds on which parts are exempt: against each other, and against what the text says of Schedule 12A."""

from collections.abc import Iterator

from boards.models.meeting import ItemPart
from reports.models.exemption import ExemptGround, in_full
from reports.rendering.checks.agendas import Agendas
from reports.rendering.checks.checked import Checked, Finding, Text, found_in

FAMILY = "grounds"
_LONG = {in_full(ground): ground.value for ground in ExemptGround}


def check(checked: Checked) -> Iterator[Finding]:
    exempt = [text for text in checked.texts if text.exempt]
    grounds = {_LONG[text.ground] for text in exempt}
    yield from _apart(exempt)
    agendas = Agendas(checked)
    for cited in agendas.cited:
        text = cited.text
        own = {_LONG[text.ground]} if text.exempt else grounds
        if own and cited.ground not in own and not agendas.spoken_of(cited):
            named = " and ".join(f"paragraph {number}" for number in sorted(own))
            words = f"The text cites paragraph {cited.ground} of Schedule 12A; what is exempt here is so under {named}."
            yield Finding(FAMILY, text.place, text.where, words, text.text, True, exempt=True)
    if checked.source.part == ItemPart.PART_2 and not exempt:
        words = (
            "The agenda takes the paper in Part 2, and no part of it names the paragraph of Schedule 12A on which the "
            "public is excluded."
        )
        first = checked.texts[0]
        yield Finding(FAMILY, first.place, "Where it is taken", words, "part 2", stops=False)


def _apart(exempt: list[Text]) -> Iterator[Finding]:
    """Two grounds in one paper can both be right; whoever excludes the public has to cite both."""
    for text in exempt[1:]:
        if text.ground != exempt[0].ground:
            words = (
                f"Exempt under {text.ground}, and {exempt[0].where} under {exempt[0].ground}. The agenda cites both."
            )
            yield found_in(text, FAMILY, words)
