"""The website's own addresses in the admin."""

from django.urls import path

from cms import help_page, message_pages, overdue

urlpatterns = [
    path("messages/", message_pages.Messages.as_view(), name=message_pages.LIST),
    path("messages/<uuid:uuid>/", message_pages.Message.as_view(), name="website_message"),
    path("numbers-to-check/", overdue.NumbersToCheck.as_view(), name="numbers_to_check"),
    path("help-page/<int:pk>/", help_page.HelpPage.as_view(), name="help_page"),
]
