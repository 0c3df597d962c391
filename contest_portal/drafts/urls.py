from django.urls import path

from contest_portal.drafts import views

urlpatterns = [
    path("", views.draft_saving, name="draft_saving"),
    path("token", views.draft_token, name="draft_token"),
    path("<uuid:key>/removal", views.draft_removal, name="draft_removal"),
]
