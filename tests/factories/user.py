"""Accounts."""

import factory
from django.contrib.auth import get_user_model

from .base import RowFactory

PASSWORD = "seven green kites over Easterby"


class UserFactory(RowFactory):
    """A person who can sign in with `PASSWORD` and holds nothing."""

    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"person{n}@allyance.example")
    first_name = "Alex"
    last_name = factory.Sequence(lambda n: f"Person{n}")
    password = factory.django.Password(PASSWORD)
