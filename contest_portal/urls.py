from allauth.account import views as account
from django.urls import include, path

from contest_portal.access import views as access_pages
from contest_portal.access.gate import SIGNED_IN, access, public
from contest_portal.home import errors
from contest_portal.home.views import forward_plan, health, home, session
from contest_portal.ui.views import components

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/login/", public(account.login), name="account_login"),
    path("accounts/logout/", public(account.logout), name="account_logout"),
    path(
        "accounts/password/change/",
        access(SIGNED_IN, "GET", "POST")(account.password_change),
        name="account_change_password",
    ),
    path("account/", access_pages.what_i_can_do, name="account"),
    path("", include("contest_portal.notifications.urls")),
    path("grants/", access_pages.grants, name="grants"),
    path("session", session.session_stay, name="session_stay"),
    path("drafts/", include("contest_portal.drafts.urls")),
    path("components/", access(SIGNED_IN)(components), name="components"),
    path("reference/", include("contest_portal.home.urls")),
    path("reference/", include("boroughs.urls.reference")),
    path("resources/", include("boroughs.urls.resources")),
    path("boroughs/", include("boroughs.urls")),
    path("activities/", include("strands.urls")),
    path("boards/forward-plan", forward_plan.forward_plan, name="forward_plan"),
    path("boards/forward-plan.csv", forward_plan.forward_plan_csv, name="forward_plan_csv"),
    path("measures/", include("strands.urls.measures")),
    path("deliverables/", include("strands.urls.deliverables")),
    path("", include("strands.urls.risks")),
    path("assurance/", include("strands.urls.assurance")),
    path("boards/", include("boards.urls")),
    path("", include("reports.urls")),
]
