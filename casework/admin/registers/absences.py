"""The register of absences: one's own, or the coordinator anybody's; who is affected stands beside each."""

from django.urls import reverse

from ...access import rules
from ...access.rules import Side
from ...actions import calendar
from ...models import Absence, Practitioner, in_force
from ...reports import absences
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..sections import Entry, Section
from .calendar import FROM, UNTIL, DaysForm


class AbsenceForm(DaysForm):
    """Who is away, from when until when. Why is not asked."""

    fixed = ("practitioner",)

    class Meta:
        model = Absence
        fields = ["practitioner", "starts_on", "ends_on"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.is_new and len(found := list(self.fields["practitioner"].queryset[:2])) == 1:
            self.initial["practitioner"] = found[0]
            self.fields["practitioner"].widget = self.fields["practitioner"].hidden_widget()

    def choices_for(self, name, field):
        """Those whose absence this person may enter."""
        team = super().choices_for(name, field).filter(in_force())
        may = [one.pk for one in team if rules.can_change_absence(self.user, Absence(practitioner=one))]
        return team.filter(pk__in=may)


class Absences(GuardedModelAdmin):
    model = Absence
    base_url_path = "absences"
    menu_icon = "calendar-alt"
    form_class = AbsenceForm
    related = ("practitioner",)
    searched = ("practitioner__name",)
    order = ("-starts_on", "pk")
    page_after_saving = True
    add_label = "Add an absence"
    empty_words = "Nobody is away."

    facts = {
        "practitioner": Fact("Who", "practitioner.name", sort=("practitioner__name",)),
        "from": FROM,
        "until": UNTIL,
    }
    everything = "practitioner from until"
    shown = {
        Side.COORDINATION: Shown(everything, everything),
        Side.SUPERVISION: Shown(everything, everything),
        Side.THERAPY: Shown(everything, everything),
    }
    filters = {"practitioner": filters.of_records("Practitioner", Practitioner, "practitioner")}

    def save(self, record, form, *, by):
        return calendar.save_absence(record, by=by, version=form.cleaned_data.get("version"), **form.to_save())

    def sections_of(self, user, record):
        cases = [
            Entry(
                f"{hour.reference}, {hour.school}",
                reverse("casework_cover" if hour.can_cover else "casework_case", args=[hour.uuid]),
                f"{hour.words}{': arrange cover' if hour.can_cover else ''}",
            )
            for hour in absences.affected(user, record)
        ]
        days = [Entry(one.school, note=one.words) for one in absences.schools(user, record)]
        return [
            Section("Sessions that fall into it", "None.", cases),
            Section("Days at schools that fall into it", "None.", days),
        ]
