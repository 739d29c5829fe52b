"""Which generation of the website is the current one."""

from django.db import models
from django.db.models import Q


class Generation(models.Model):
    """One row with one number, which the database itself makes higher: see `cms/generation.py`."""

    number = models.PositiveBigIntegerField("number", default=1)

    class Meta:
        verbose_name = "generation of the website"
        verbose_name_plural = "generations of the website"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_generation")]

    def __str__(self) -> str:
        return f"generation {self.number}"
