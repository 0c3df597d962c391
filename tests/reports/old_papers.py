"""Old papers written for the tests, with the oddities that real ones have."""

SITE = "This is archived material. The Metropolitan Police Authority has been replaced by another body."
WEBSITE = "See the MOPC website for further information."

REPORT_2011 = f"""You are in:

Contents

Report 7 of the 9 June 2011 meeting of the Strategic and Operational Policing Committee, with an account of parks.

Warning: {SITE}

{WEBSITE}

Safer parks: progress in the first year

Report: 7
Date: 9 June 2011
By: Director of Parks Policing on behalf of the Commissioner

Summary

The report says how the parks teams have settled in.

A. Recommendation

That

  1. Members note the progress.
  2. Members ask for a further report in a year.

B. Supporting information

1. The teams began in April.

2. Each team has:

  • a sergeant
  • six constables

How the year went.

3. The year went well.

Partners

4. The royal parks lent three offices.

C. Other organisational and community implications

Equality and Diversity Impact

1. Nothing to add.

Financial Implications

2. The teams cost £1.2m.

D. Background papers

None

D. Contact details

Report author: Superintendent, Parks

For information contact:

MPA general: 020 7946 0000
Media enquiries: 020 7946 0001

Send an e-mail linking to this page

Feedback
"""

REPORT_2009 = f"""Report 5 of the 12 February 2009 meeting of the Transport Sub-committee and sets out work at night.

{SITE}

Night buses

Report: 5
Date: 12 February 2009
By: Chief Superintendent A N Other on behalf of the Commissioner

The report sets out what was done on night buses.

A. Recommendation

That members note the report.

B. Supporting information

Patrols

1. Patrols were doubled:

  • on the N29
  • on the N73

2 Patrols were also seen on Sundays.

C.\u00a0 Legal implications


D. Equality impact

No group is affected more than another.

E. Background papers


F. Contact details

Report author(s): Chief Superintendent, Transport
"""

BRIEFING = f"""Warning: {SITE}

Bicycles in custody

17/09
3 July 2009
MPA briefing paper 17/2009

Author: Inspector, Property Services

This note was written to inform members. It is not a committee report.

1. Bicycles are kept for a month.

2. In March 12 were returned.

Storage

3. There are two stores.

Feedback

Send an e-mail linking to this page

Feedback
"""

NOTE = """Council Meeting: 14 October 2014

Briefing Note

Subject: Street Wardens

Background

The wardens began in 2012. They:

- walk the high street
- know the traders

Costs

The service costs *less* than before.
"""

BROCHURE = """


**RIVER
POLICE**

RIVER

An Introduction to the River Police

We look after the river, from Teddington
to the sea.

OUR BOATS

The fleet is small and we

mend it ourselves.

Class	Boats	Crew
Patrol	12	3
Rescue	4	2

FACTfile

There were 300 calls in a year.

Based on 2016/17 data



The rescue class is the older one.

Month	Calls
May	31
June	28

FACTfile

WINTER

Ice was seen twice.

FACTfile

SUMMER

Swimmers were told to keep away.

OUR BOATS

They are blue.

OUR BOATS

- **Blue** is easily seen

Report online at:
www.river.example
"""


def lines_of(text: str) -> list[tuple[str, str]]:
    return [(line, "") for line in text.split("\n")]
