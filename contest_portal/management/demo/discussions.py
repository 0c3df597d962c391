"""What is said of two charts of the quarter that was over last: of London's strands, and of Brent's twelve quarters."""

import datetime as dt

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.figures import figure
from reports.figures.parts import part_of_areas
from reports.models import ChartComment
from reports.workflow.chart_comments import comment_on_chart, reply_to_comment, resolve_comment

BRENT = "E09000005"
ASKED = "Protect is a small share again. Is there less of the work, or is less of it logged?"
ANSWERED = (
    "Both. Exercises that the police run alone are not in boroughs’ logs, and two boroughs put theirs off to the next "
    "quarter. I am asking for a sentence on it in the next paper."
)
THANKED = "Thank you. Please say in the paper, too, how many were put off."
OF_BRENT = "Is the jump at the end the school programme, or did the way of logging change?"
IT_WAS = "It is the school programme: each session has an entry of its own, as before."


def make_discussions(today: dt.date, people: dict[str, User]) -> int:
    quarter = Quarter.of(today).previous()
    strands = figure("activities_by_strand", quarter)
    member, analyst, lead = people["member"], people["analyst"], people["brent.lead"]
    with acting(member, at=_at(today, 6)):
        question = comment_on_chart(strands, ASKED, by=member)
    with acting(analyst, at=_at(today, 5)):
        reply_to_comment(question, strands, ANSWERED, by=analyst)
    with acting(people["chair"], at=_at(today, 4)):
        reply_to_comment(question, strands, THANKED, by=people["chair"])
    brent = figure("activities_trend", quarter, part=part_of_areas([Borough.objects.get(pk=BRENT)]))
    with acting(analyst, at=_at(today, 9)):
        question = comment_on_chart(brent, OF_BRENT, by=analyst)
    with acting(lead, at=_at(today, 8)):
        reply_to_comment(question, brent, IT_WAS, by=lead)
    with acting(analyst, at=_at(today, 7)):
        resolve_comment(question.pk, by=analyst)
    return ChartComment.objects.count()


def _at(today: dt.date, days: int) -> dt.datetime:
    return dt.datetime.combine(today - dt.timedelta(days=days), dt.time(10, 20), dt.UTC)
