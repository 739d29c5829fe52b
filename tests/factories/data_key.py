"""Data keys."""

from typing import Any

from casework.models import DataKey

from .base import RowFactory


class DataKeyFactory(RowFactory):
    """A key that seals and opens."""

    class Meta:
        model = DataKey

    @classmethod
    def _create(cls, model_class: type[DataKey], *args: Any, **kwargs: Any) -> DataKey:
        return model_class.make()
