"""Governance only. No field and no kind exists here for operations, arrests, persons, addresses or intelligence,
and a test sees to it that none is added: a day and a reference are all that these ask.
"""

from strands.kinds.kind import Kind
from strands.kinds.particular import date, reference

HELD = date("held", "Day it was held")
COMPLETED = date("completed", "Day it was completed")

KINDS = [
    Kind("impact_assessment", "Community impact assessment", "pursue", asks=(COMPLETED, reference())),
    Kind("reassurance_meeting", "Community reassurance meeting", "pursue", asks=(HELD, reference())),
    Kind("powers_oversight", "Oversight of the use of a power", "pursue", asks=(HELD, reference())),
    Kind("governance_milestone", "Grant or staffing milestone", "pursue", asks=(COMPLETED, reference())),
]
