"""A paper of a believable size as it is frozen at issue: every kind of block, a table of 33 rows, three figures in a
sentence. Written by hand, so that rendering is tested without figures, issuing or a database."""

import json
from pathlib import Path
from typing import Any

CHART = (Path(__file__).parent / "sample_chart.svg").read_text()
QUARTER = "Q1 2026/27 (April to June 2026)"
AS_AT = "2026-09-07T08:00:00+00:00"
SOURCE = "Activity log of the 33 boroughs; delivered, OFFICIAL activities"

BOROUGHS = [
    "Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden", "City of London", "Croydon", "Ealing",
    "Enfield", "Greenwich", "Hackney", "Hammersmith and Fulham", "Haringey", "Harrow", "Havering", "Hillingdon",
    "Hounslow", "Islington", "Kensington and Chelsea", "Kingston upon Thames", "Lambeth", "Lewisham", "Merton",
    "Newham", "Redbridge", "Richmond upon Thames", "Southwark", "Sutton", "Tower Hamlets", "Waltham Forest",
    "Wandsworth", "Westminster",
]  # fmt: skip
ACTIVITIES = [5 + place * 7 % 11 for place in range(33)]
ATTENDANCE = [60 + place * 53 % 190 for place in range(33)]
JOINT = 9


def sample(**paper: Any) -> str:
    """The canonical text. `paper` replaces fields of the paper itself, such as title or marking."""
    return canonical(snapshot(**paper))


def canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def snapshot(**paper: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "template": "committee-report-2011",
        "paper": PAPER | paper,
        "sections": [RECOMMENDATION, SUPPORTING, IMPLICATIONS, BACKGROUND, CONTACT],
        "figures": FIGURES,
        "contact": [
            "Report author: Performance analyst, London CONTEST secretariat",
            "For information: Board secretary, City Hall, London",
            "Media enquiries: Press office, City Hall, London",
        ],
        "issued": {"at": "2026-09-09T09:40:00+00:00", "by": "Board secretary"},
    }


PAPER = {
    "title": "Delivery of CONTEST in London: quarter one of 2026/27",
    "by_line": "Performance analyst on behalf of the board’s secretariat",
    "board": "London CONTEST Board",
    "abstract": "Report 6 of the 17 September 2026 meeting of the London CONTEST Board",
    "report": "6",
    "meeting_day": "2026-09-17",
    "meeting_words": "17 September 2026",
    "summary": "<p>Boroughs reported more activity than in any quarter since the log began. Most of it was Prevent "
    "work with schools and community groups; Protect is catching up after a quiet spring. This paper sets out what "
    "was delivered, where, and what the board may wish to ask of the five boroughs that reported least.</p>",
    "marking": "OFFICIAL",
    "part": "1",
    "quarter": "2026-27-Q1",
    "quarter_words": QUARTER,
}


def _text(kind: str, number: str, html: str) -> dict[str, Any]:
    return {"id": f"{kind}-{number or len(html)}", "kind": kind, "number": number, "html": f"<p>{html}</p>"}


def _heading(text: str) -> dict[str, Any]:
    return {"id": f"heading-{text}", "kind": "heading", "text": text}


RECOMMENDATION = {
    "key": "recommendation",
    "letter": "A",
    "title": "Recommendation",
    "lead_in": "That",
    "blocks": [
        _text("recommendation", "1", "members note the activity delivered in the first quarter; and"),
        _text("recommendation", "2", "the secretariat bring a plan for the five boroughs in paragraph 5 to the next "
              "meeting."),
    ],
}  # fmt: skip

TABLE = {
    "id": "table-1",
    "kind": "table",
    "figure": 4,
    "caption": "Activities and attendance by borough, Q1 2026/27",
    "columns": [
        {"label": "Borough", "numeric": False},
        {"label": "Activities", "numeric": True},
        {"label": "Of these, joint", "numeric": True},
        {"label": "People who attended", "numeric": True},
    ],
    "rows": [
        {"label": name, "cells": [str(ACTIVITIES[at]), str(at % 4), f"at least {ATTENDANCE[at]:,}"]}
        for at, name in enumerate(BOROUGHS)
    ],
    "total": {
        "label": "London",
        "cells": [str(sum(ACTIVITIES) - JOINT), str(JOINT), f"at least {sum(ATTENDANCE) - 120:,}"],
    },
    "note": "Joint activity counts once for London and once in each borough’s own row, so the rows add up to more than "
    "the last line.",
    "source": SOURCE,
}

CHART_BLOCK = {
    "id": "chart-1",
    "kind": "chart",
    "figure": 5,
    "finding": "Prevent is a little over half of all activity",
    "svg": CHART,
    "alt": "Bar chart of activities by strand: Pursue 21, Prevent 94, Protect 28, Prepare 32.",
    "columns": [{"label": "Strand", "numeric": False}, {"label": "Activities", "numeric": True}],
    "rows": [
        {"label": "Pursue", "cells": ["21"]},
        {"label": "Prevent", "cells": ["94"]},
        {"label": "Protect", "cells": ["28"]},
        {"label": "Prepare", "cells": ["32"]},
    ],
    "source": SOURCE,
}

SENTENCE = (
    'The log holds <a class="figure" href="figure:1">309</a> activities for the quarter, in which '
    '<a class="figure" href="figure:2">at least 4,310</a> people took part, and '
    '<a class="figure" href="figure:3">31 of 33</a> boroughs recorded at least one.'
)

SUPPORTING = {
    "key": "supporting",
    "letter": "B",
    "title": "Supporting information",
    "lead_in": "",
    "blocks": [
        _text("paragraph", "1", "The board asked in June for one account of what boroughs deliver under the four "
              "strands, in numbers that can be opened down to the activity behind them. This is the first report of "
              "that kind; it replaces the separate returns that each strand used to collect."),
        _text("paragraph", "2", SENTENCE),
        _heading("Borough based performance"),
        _text("paragraph", "3", "Every borough sent a return, and 28 of them had been accepted when the numbers were "
              "taken. The other five are with their authors: two for a missing count of attendance, three because a "
              "joint activity was entered by one partner only."),
        TABLE,
        _text("paragraph", "4", "Numbers in the table follow where people came together, not where they live. An "
              "online session counts in the borough that ran it."),
        _heading("Future performance risks"),
        {"id": "list", "kind": "paragraph", "number": "5", "html": "<p>Five boroughs reported fewer than six "
         "activities each. Their leads name three causes:</p><ul><li>a post that stood <strong>vacant</strong> for "
         "most of the quarter;</li><li>venues that withdrew late, “for reasons of cost”;</li><li>money that was "
         "confirmed only to 31&nbsp;March 2026 (<em>see section C</em>).</li></ul><p>Each has been offered a day of "
         "help from a neighbour.</p>"},
        _heading("Joint working with partners"),
        _text("paragraph", "6", "Nine activities were run by more than one borough. Chart 1 shows how the strands "
              "share what was delivered."),
        CHART_BLOCK,
        _text("paragraph", "7", "Guidance on counting joint work is at "
              '<a href="https://www.example.org/counting">the secretariat’s page on counting</a>.'),
    ],
}  # fmt: skip

IMPLICATIONS = {
    "key": "implications",
    "letter": "C",
    "title": "Other organisational and community implications",
    "lead_in": "",
    "blocks": [
        _heading("Equality and Diversity Impact"),
        _text("paragraph", "1", "Attendance is counted, never listed, and no question is asked about faith or "
              "ethnicity. The assessment of the strategy was reviewed in May and is due again in a year."),
        _heading("Financial Implications"),
        _text("paragraph", "2", "Boroughs spent £148,300 on activity in the quarter, £9,450 of it shared. Posts are "
              "funded to 31 March 2027 in 27 boroughs; in the other six the sponsor has confirmed nothing yet."),
        _heading("Legal Implications"),
        _text("nil", "3", "There are no legal implications arising from this report."),
        _heading("Environmental Implications"),
        _text("nil", "4", "There are no environmental implications arising from this report."),
        _heading("Risk (including Health and Safety) Implications"),
        _text("paragraph", "5", "The risk that a borough falls silent between two returns is held by the secretariat "
              "and rated amber (A): a lead who is away now has a named deputy in 30 boroughs out of 33."),
    ],
}  # fmt: skip

BACKGROUND = {
    "key": "background",
    "letter": "D",
    "title": "Background papers",
    "lead_in": "",
    "blocks": [_text("nil", "", "None.")],
}

CONTACT = {"key": "contact", "letter": "E", "title": "Contact details", "lead_in": "", "blocks": []}


def _figure(n: int, key: str, title: str, words: str, **values: Any) -> dict[str, Any]:
    return {
        "n": n,
        "key": key,
        "title": title,
        "words": words,
        "kind": "flow",
        "quarter_words": QUARTER,
        "population_name": "33 London local authority areas",
        "status_words": "Provisional: data not yet complete (28 of 33 returns accepted)",
        "as_at": AS_AT,
        "source": SOURCE,
        "marking": "OFFICIAL",
        "note": "",
        "shape": "value",
        "rows": [],
    } | values


def _rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "activity_id": at,
            "reference": f"BRE/2026-27/{at:04d}",
            "title": "Workshop for school staff",
            "date_words": "13 May 2026",
            "strand": "prevent",
            "strand_name": "Prevent",
            "borough_codes": ["E09000005"],
            "borough_names": ["Brent"],
            "value": 20 + at,
            "qualifier": "exact",
            "words": str(20 + at),
            "cells": [],
        }
        for at in range(1, count + 1)
    ]


FIGURES = [
    _figure(1, "activities", "Activities delivered", "309", rows=_rows(12)),
    _figure(2, "attendance", "People who attended", "at least 4,310", rows=_rows(12),
            note="A count that was estimated or partly missing makes the sum a minimum."),
    _figure(3, "boroughs_active", "Boroughs with at least one activity", "31 of 33", kind="stock", rows=_rows(3)),
    _figure(4, "activities_by_borough", "Activities and attendance by borough", "", shape="table", rows=_rows(12)),
    _figure(5, "activities_by_strand", "Activities by strand", "", shape="table", rows=_rows(12)),
]  # fmt: skip


def long_snapshot(**paper: Any) -> dict[str, Any]:
    """The same with its implications said again and again, until it has twelve pages."""
    content = snapshot(**paper)
    again = [block for section in content["sections"] for block in section["blocks"] if block["kind"] == "paragraph"]
    longer = content["sections"][2] | {"blocks": content["sections"][2]["blocks"] + again * 10}
    return content | {"sections": [*content["sections"][:2], longer, *content["sections"][3:]]}
