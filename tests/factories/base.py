"""What every factory shares."""

from factory.django import DjangoModelFactory


class RowFactory(DjangoModelFactory):
    """A row that is saved once: what comes after it is saved as rows of its own."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True
