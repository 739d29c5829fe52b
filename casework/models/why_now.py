"""What a referral says besides its reasons: what was tried, who helps, why it is urgent, when the school has time."""

from functools import cached_property

from django.db import models
from django.db.models import CharField, Value

from ..sealed import SealedTextField, TextKind
from .practitioners import WEEKDAYS
from .services import ListItem, ListName

MOST_REASONS = 3
TICKED = ("reasons", "tried_already", "helpers")


class WhyNow(models.Model):
    """The ticks and the words of step 2 that came after the first ones."""

    tried_already = models.ManyToManyField(
        ListItem, blank=True, related_name="+", limit_choices_to={"list": ListName.TRIED}, verbose_name="tried"
    )
    helpers = models.ManyToManyField(
        ListItem, blank=True, related_name="+", limit_choices_to={"list": ListName.HELPER}, verbose_name="who helps"
    )
    helped_by = SealedTextField("who else helps, and how?", kind=TextKind.REFERRAL, blank=True)
    urgent_because = SealedTextField("why is it urgent?", kind=TextKind.REFERRAL, blank=True)
    offered_days = models.CharField("days that the school can offer", max_length=5, blank=True)
    offered_times = SealedTextField("which times can the school offer?", kind=TextKind.REFERRAL, blank=True)

    class Meta:
        abstract = True

    @cached_property
    def ticked(self) -> dict[str, list[str]]:
        """The words that are ticked, by field and in the order of their lists: asked for in one question."""
        tables = [
            getattr(type(self), name)
            .through.objects.filter(referral=self.pk)
            .order_by()
            .values_list(Value(name, output_field=CharField()), "listitem__position", "listitem__label")
            for name in TICKED
        ]
        words: dict[str, list[str]] = {name: [] for name in TICKED}
        for name, _, label in sorted(tables[0].union(*tables[1:], all=True)):
            words[name].append(label)
        return words

    @property
    def offered_days_in_words(self) -> str:
        """The days, of which the column holds the numbers: 0 for Monday to 4 for Friday."""
        return ", ".join(WEEKDAYS[int(number)].capitalize() for number in self.offered_days)
