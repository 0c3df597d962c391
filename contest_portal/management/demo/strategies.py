"""Which objectives of CONTEST 2018 go on in CONTEST 2023: the way one office might read it, not an official table."""

from contest_portal.accounts.models import User
from strands.models import Objective
from strands.models.crosswalk import Extent
from strands.workflow.strategies import link_objective

_NOTE = "As the strategy leads read the two editions side by side."
_LINKS = {
    "2023-PV-1": {"2018-PV-1": Extent.PART},
    "2023-PV-2": {"2018-PV-1": Extent.PART, "2018-PV-2": Extent.WHOLE},
    "2023-PV-3": {"2018-PV-3": Extent.WHOLE},
    "2023-PU-1": {"2018-PU-1": Extent.WHOLE},
    "2023-PU-2": {"2018-PU-2": Extent.WHOLE},
    "2023-PU-3": {"2018-PU-3": Extent.PART},
    "2023-PT-1": {"2018-PT-1": Extent.WHOLE},
    "2023-PT-2": {"2018-PT-2": Extent.WHOLE},
    "2023-PT-3": {"2018-PT-3": Extent.WHOLE},
    "2023-PP-1": {"2018-PP-1": Extent.WHOLE, "2018-PP-3": Extent.PART},
    "2023-PP-2": {"2018-PP-2": Extent.PART},
    "2023-PP-3": {"2018-PP-2": Extent.PART},
}


def link_editions(by: User) -> int:
    objectives = {each.code: each for each in Objective.objects.select_related("strategy")}
    for after, links in _LINKS.items():
        link_objective(objectives[after], {objectives[code]: how for code, how in links.items()}, note=_NOTE, by=by)
    return len(_LINKS)
