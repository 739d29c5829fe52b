"""Finds the account that a form names by its e-mail address; no list of accounts is ever offered."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model


def account_of(form: forms.BaseForm, email: str, field: str) -> Any:
    """The active account of an address; without one the form says what to do. None where no address was given."""
    if not email:
        return None
    account = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if account is None:
        form.add_error(field, "No active account has this address. Check its spelling, or ask for an account first.")
    return account
