"""The addresses of casework that need no account."""

from django.urls import path

from .answers import AnswerPage
from .feeds import FeedPage

urlpatterns = [
    path("answer/<str:token>/", AnswerPage.as_view(), name="agreement_answer"),
    path("calendar/<str:secret>.ics", FeedPage.as_view(), name="calendar_feed"),
]
