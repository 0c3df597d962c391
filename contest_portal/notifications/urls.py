from django.urls import path

from contest_portal.notifications.views import deputy, inbox

urlpatterns = [
    path("messages/", inbox.inbox, name="messages"),
    path("messages/read/", inbox.messages_read, name="messages_read"),
    path("messages/<int:pk>/", inbox.message, name="message"),
    path("account/emails/", inbox.mail_choices, name="mail_choices"),
    path("account/deputies/", deputy.deputies, name="deputies"),
    path("account/deputies/<int:pk>/ending/", deputy.deputy_ending, name="deputy_ending"),
]
