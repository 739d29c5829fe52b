"""The website's own addresses in the admin."""

from django.urls import path

from cms import message_pages, overdue

urlpatterns = [
    path("messages/", message_pages.Messages.as_view(), name=message_pages.LIST),
    path("messages/<uuid:uuid>/", message_pages.Message.as_view(), name="website_message"),
    path("numbers-to-check/", overdue.NumbersToCheck.as_view(), name="numbers_to_check"),
]
