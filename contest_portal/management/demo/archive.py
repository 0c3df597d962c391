"""Two papers of the past, written for the demo, with what real ones have: a number like a day, two sections D."""

import datetime as dt

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.archive.reading import read
from reports.workflow.archiving import belonging_of, keep_paper

BRIEFING = """Warning: This is archived material. The Metropolitan Police Authority has been replaced by another body.

See the MOPC website for further information.

Sharing posts between neighbouring boroughs

11/09
23 November 2009
MPA briefing paper 11/2009

Author: Head of Partnerships, MPS

The note below is for information. It is not a committee report and nobody has to decide anything.

1. Several pairs of neighbouring boroughs have asked to share one engagement post between them. This paper tells \
members how such posts have worked since the spring.

2. A shared post is agreed in writing for a year. The two boroughs say how its time is divided, who manages it day \
by day and where its desk is.

What has worked

3. Events that reach people on both sides of a boundary are planned once. Schools near the boundary have had one \
visitor to deal with.

4. Where one borough was between post holders, the other kept its programme going.

What has not

5. Three things took longer than they should have:

  • access to both councils' buildings
  • two sets of forms for the same event
  • agreeing who counts an activity that belongs to both

6. From January a joint event is counted once for London and shown in each borough's own list.

Financial implications

7. Shared posts cost no more than single ones. Travel came to less than £900 in the half year.

Legal implications

8. There are none beyond those of the agreements themselves.

Print this page

Feedback
"""

REPORT = """You are in:

Contents

Report 9 of the 14 July 2011 meeting of the Strategic and Operational Policing Committee, with a review of exercises.

Warning: This is archived material. The Metropolitan Police Authority has been replaced by another body.

Exercises with local partners: what was learned in the year

Report: 9
Date: 14 July 2011
By: Head of Emergency Preparedness on behalf of the Commissioner

Summary

Twelve exercises were held with local partners in the year. Most of what they taught has been put into practice.

A. Recommendation

That

  1. Members note what was learned.
  2. Members ask for the four open points to be closed by December.

B. Supporting information

1. Each exercise had one aim, agreed with the partners beforehand, and a debrief within ten working days.

2. Debriefs produced 61 points. By the end of June 57 were closed.

What went well

3. Stewards and town centre managers knew whom to ring, and rang them.

4. Venues that had rehearsed moving people indoors did it in half the time of those that had not.

What did not

5. Radio coverage failed in two underground car parks.

7. In three exercises the council's duty officer was told late, because the list of numbers was out of date.

C. Other organisational and community implications

Equality and Diversity Impact

1. Signs and messages were tried with people who do not read English. Pictures worked better than words.

Financial Implications

2. The exercises cost £48,000, within the budget.

Environmental Implications

D. Background papers

None

D. Contact details

Report author: Head of Emergency Preparedness

For information contact:

MPA general: 020 7946 0018

Print this page

Feedback
"""


def make_archive(today: dt.date, secretary: User) -> int:
    """How many were brought in. Their files are made when the workers start."""
    at = dt.datetime.combine(today - dt.timedelta(days=40), dt.time(15, 20), dt.UTC)
    papers = {"briefing-11-2009.txt": BRIEFING, "sop-2011-07-14-09.txt": REPORT}
    for name, text in papers.items():
        lines = [(line, "") for line in text.split("\n")]
        with acting(secretary, at=at):
            keep_paper(lines, belonging_of(read(lines)), name=name, by=secretary)
    return len(papers)
