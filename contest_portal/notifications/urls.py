from django.urls import path

from contest_portal.notifications import views

urlpatterns = [
    path("messages/", views.inbox, name="messages"),
    path("messages/read/", views.messages_read, name="messages_read"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("account/emails/", views.mail_choices, name="mail_choices"),
]
