"""The register of supervision rules: how many hours each professional body asks for, and what an hour in a group is."""

from ...access import rules
from ...access.rules import Side
from ...models import ListItem, ListName, Service, SupervisionRule
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm

EVERYTHING = "body hours group who service"


class SupervisionRuleForm(RecordForm):
    """What a body asks for. It is data, for bodies change their rules: the service looks it up."""

    fixed = ("service", "body")

    class Meta:
        model = SupervisionRule
        fields = ["service", "body", "hours_a_month", "group_counts", "who_counts"]
        help_texts = {"hours_a_month": "On the average of the year, for example 1.5."}

    def choices_for(self, name, field):
        """The services whose rules are this person's to keep, and the bodies on their lists."""
        mine = rules.visible_services(self.user)
        kept = [one.pk for one in mine if rules.can_change_supervision_rule(self.user, SupervisionRule(service=one))]
        if field.queryset.model is Service:
            return mine.filter(pk__in=kept)
        return ListItem.objects.filter(list=ListName.BODY, active=True, service_id__in=kept)


class SupervisionRules(GuardedModelAdmin):
    model = SupervisionRule
    base_url_path = "supervision-rules"
    menu_icon = "clipboard-list"
    form_class = SupervisionRuleForm
    has_page = False
    related = ("body", "service")
    order = ("service__name", "body__label", "pk")
    add_label = "Add a supervision rule"
    empty_words = "No rules yet. Add one for each professional body of the team: bodies are on the lists."

    facts = {
        "body": Fact("Professional body", "body.label", sort=("body__label",)),
        "hours": Fact("Hours a month", "hours_a_month", sort=("hours_a_month",)),
        "group": Fact("An hour in a group counts", "get_group_counts_display"),
        "who": Fact("Who may supervise", "who_counts", minor=True),
        "service": Fact("Service", "service", minor=True),
    }
    shown = {Side.COORDINATION: Shown(EVERYTHING), Side.SUPERVISION: Shown(EVERYTHING)}
