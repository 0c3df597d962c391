from allauth.account import views as account
from django.urls import include, path

from contest_portal.access.gate import SIGNED_IN, access, public
from contest_portal.home import errors, views
from contest_portal.ui.views import components

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("accounts/login/", public(account.login), name="account_login"),
    path("accounts/logout/", public(account.logout), name="account_logout"),
    path(
        "accounts/password/change/",
        access(SIGNED_IN, "GET", "POST")(account.password_change),
        name="account_change_password",
    ),
    path("account/", views.what_i_can_do, name="account"),
    path("grants/", views.grants, name="grants"),
    path("components/", access(SIGNED_IN)(components), name="components"),
    path("boroughs/", include("boroughs.urls")),
    path("activities/", include("strands.urls")),
    path("boards/", include("boards.urls")),
    path("", include("reports.urls")),
]
