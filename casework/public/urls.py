"""The addresses of casework that need no account."""

from django.urls import path

from .answers import AnswerPage

urlpatterns = [path("answer/<str:token>/", AnswerPage.as_view(), name="agreement_answer")]
