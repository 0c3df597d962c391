"""What the checker looks for in a paper before it goes out: families of findings, each a module with one check.

A finding is fixed, or accepted by somebody with a reason; one that stops keeps the paper from being issued.
"""

from reports.rendering.checks import (
    acronyms,
    agendas,
    dates,
    grounds,
    letters,
    markings,
    promises,
    stock_and_flow,
    sums,
    wording,
)
from reports.rendering.checks.checked import Check, Checked, Finding

# In the order in which the page lists them: what was promised stands first.
FAMILIES: dict[str, tuple[str, Check]] = {
    promises.FAMILY: ("Promises", promises.check),
    sums.FAMILY: ("Sums", sums.check),
    stock_and_flow.FAMILY: ("Stock against flow", stock_and_flow.check),
    wording.FAMILY: ("The same number in other words", wording.check),
    dates.FAMILY: ("Dates", dates.check),
    acronyms.FAMILY: ("Acronyms", acronyms.check),
    letters.FAMILY: ("Letters of sections", letters.check),
    markings.FAMILY: ("Markings against content", markings.check),
    grounds.FAMILY: ("Grounds of exemption", grounds.check),
    agendas.FAMILY: ("Grounds against agendas", agendas.check),
}


def findings_in(checked: Checked) -> list[Finding]:
    """All of them, family by family, each once."""
    found = [finding for _, check in FAMILIES.values() for finding in check(checked)]
    return list({finding.digest: finding for finding in found}.values())
