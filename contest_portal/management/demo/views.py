"""What people of the demo look at again and again, and the boroughs that one of them keeps an eye on."""

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import SavedView, Subscription
from reports.workflow.link_boroughs import choose_link_boroughs

# Hackney, Newham and Tower Hamlets.
LINKED = ("E09000012", "E09000025", "E09000030")
# Account: the name of the view, its address, and whether its person is told of it.
VIEWS = [
    ("member", "Prevent in the Met’s 32 boroughs", "/dashboards/strands/prevent/?over=MET_32", Subscription.QUARTERLY),
    ("member", "Brent and Harrow", "/dashboards/?over=E09000005,E09000015", Subscription.NEVER),
    ("analyst", "The last two quarters", "/dashboards/comparison", Subscription.WEEKLY),
]


def make_views(people: dict[str, User]) -> int:
    with acting(people["boardmember"]):
        choose_link_boroughs(LINKED, by=people["boardmember"])
    for account, name, address, subscription in VIEWS:
        with acting(people[account]):
            SavedView(person=people[account], name=name, address=address, subscription=subscription).save()
    return len(VIEWS)
