import datetime as dt

from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from contest_portal.notifications.telling import tell
from reports.models import SavedView, Subscription


def tell_of_saved_views(today: dt.date) -> None:
    """Each subscriber once for a week or a quarter, whichever day the worker gets to it. Only that it is there."""
    monday, quarter = today - dt.timedelta(days=today.weekday()), Quarter.of(today)
    since = {
        Subscription.WEEKLY: (monday, f"{monday:%-d %B %Y}"),
        Subscription.QUARTERLY: (quarter.start, quarter.previous().short),
    }
    for subscription, (day, period) in since.items():
        for view in SavedView.objects.subscribed(subscription):
            if view.is_due_since(day) and may(view.person, "dashboard.read"):
                _tell(view, f"{subscription}-{day.isoformat()}", period)


def _tell(view: SavedView, occasion: str, period: str) -> None:
    week = view.subscription == Subscription.WEEKLY
    when = f"the week of {period}" if week else f"{period}, which has ended"
    tell(
        [view.person],
        "A view that you saved is there to look at",
        f"One of your saved views is there to look at for {when}. Sign in to open it, or to stop these messages.",
        link=view.address,
        about="saved_view",
        event=f"saved-view-{view.pk}-{occasion}",
    )
