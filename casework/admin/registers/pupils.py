"""The register of pupils. The title is a reference; the name stands beside it for those who see the pupil at all."""

from django import forms
from django.db.models import Prefetch
from django.urls import reverse

from ...access import matching, rules
from ...access.rules import REGISTERS, Side
from ...actions import pupils
from ...models import Enrolment, Pupil, Referral, School, YearGroup, in_force
from ...models.likeness import is_like
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import CHOOSE, RecordForm, day
from ..refer_forms import card_of
from ..sections import Entry, Section


class PupilForm(RecordForm):
    """A pupil; where they go to school is asked when they are added."""

    fixed = ("school",)

    school = forms.ModelChoiceField(School.objects.none(), label="School")
    year_group = forms.ChoiceField(
        label="Year group",
        choices=[("", CHOOSE), *YearGroup.choices],
        error_messages={"required": "Choose the year group."},
    )
    date_of_birth = day("Date of birth")

    class Meta:
        model = Pupil
        fields = ["first_name", "last_name", "date_of_birth"]
        widgets = {name: forms.TextInput(attrs={"autocomplete": "off"}) for name in ("first_name", "last_name")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            enrolment = now_at(self.instance)
            if enrolment is None:
                del self.fields["year_group"]
            else:
                self.initial["year_group"] = enrolment.year_group

    def clean(self):
        """A child like one who is known is added when it is said to be another."""
        cleaned = super().clean()
        names = ("first_name", "last_name", "date_of_birth")
        if self.is_new and not self.errors and all(cleaned.get(name) for name in (*names, "school")):
            found = matching.matches(self.user, cleaned["school"], **{name: cleaned[name] for name in names})
            if found:
                self.fields["another_child"] = forms.BooleanField(label="It is another child", required=False)
                cleaned["another_child"] = "another_child" in self.data
                if not cleaned["another_child"]:
                    self.add_error("another_child", known_as(found))
        return cleaned

    def answers_of(self, record):
        enrolment = now_at(record)
        return super().answers_of(record) | {"year_group": enrolment.year_group if enrolment else ""}

    def choices_for(self, name, field):
        """The schools to which this person may add a pupil."""
        visible = super().choices_for(name, field)
        return visible.filter(pk__in=[school.pk for school in visible if rules.can_add_pupil(self.user, school)])


def known_as(found):
    """Who is known already, in one sentence."""
    known = [card_of(pupil) for pupil in found.shown] or ["at another school of the service"]
    return f"A pupil of a like name and this date of birth is known: {'; '.join(known)}. Tick this if it is another."


def now_at(pupil):
    """Where the pupil goes to school now; None for one who left."""
    return pupil.enrolments_now[0] if pupil.enrolments_now else None


def goes_to(records, _, school):
    """Those who go to a school now: a referral's own school might tell of a referral that one may not see."""
    return records.filter(id__in=Enrolment.objects.filter(in_force(), school=school).values("pupil_id"))


def is_in(records, _, year_group):
    """Those who are in a year group now."""
    return records.filter(id__in=Enrolment.objects.filter(in_force(), year_group=year_group).values("pupil_id"))


class Pupils(GuardedModelAdmin):
    model = Pupil
    base_url_path = "pupils"
    menu_icon = "user"
    form_class = PupilForm
    order = ("last_name", "first_name", "pk")
    page_after_saving = True
    empty_words = "No pupils yet. Add a pupil before you refer, or as you refer."

    facts = {
        "reference": Fact("Reference", "reference", sort=("reference",), sought=("reference",), brief=True),
        "name": Fact("Name", "short_name", sort=("first_name", "last_name"), sought=("first_name",)),
        "first_name": Fact("First name", "first_name", sought=("first_name",)),
        "last_name": Fact("Last name", "last_name", sought=("last_name",)),
        "date_of_birth": Fact("Date of birth", "date_of_birth", sort=("date_of_birth",), minor=True),
        "school": Fact("School", lambda pupil: now_at(pupil).school.name if now_at(pupil) else ""),
        "year_group": Fact(
            "Year group", lambda pupil: now_at(pupil).get_year_group_display() if now_at(pupil) else "", minor=True
        ),
    }
    listed = "reference name school year_group"
    full = "reference first_name last_name date_of_birth school year_group"
    shown = {
        Side.COORDINATION: Shown(listed, full, full),
        Side.SUPERVISION: Shown(listed, "reference name date_of_birth school year_group"),
        Side.SCHOOL: Shown("reference name date_of_birth year_group", full, full),
        Side.THERAPY: Shown(listed, full),
    }
    filters = {
        "school": filters.of_records("School", School, method=goes_to),
        "year_group": filters.of_choices("Year group", YearGroup.choices, method=is_in),
    }

    def with_related(self, records):
        open_now = Enrolment.objects.filter(in_force()).select_related("school")
        return records.select_related("service").prefetch_related(
            Prefetch("enrolments", open_now, to_attr="enrolments_now")
        )

    def save(self, record, form, *, by):
        if record.pk is None:
            return pupils.add(by=by, **form.to_save())
        return pupils.change(record, by=by, version=form.cleaned_data["version"], **form.to_save())

    def sections_of(self, user, record):
        referrals = REGISTERS[Referral].visible(user).filter(pupil=record).select_related("school")
        entries = [
            Entry(
                referral.reference,
                reverse("casework_case", args=[referral.uuid]),
                f"{referral.get_status_display()}, {referral.school}",
            )
            for referral in referrals
        ]
        sections = [Section("Referrals", "Not referred.", entries)]
        twins = [
            Entry(other.reference, self.address("inspect", other), card_of(other))
            for other in self.visible(user).filter(service=record.service, date_of_birth=record.date_of_birth)
            if other != record and is_like((other.first_name, other.last_name), (record.first_name, record.last_name))
        ]
        return [*sections, Section("Perhaps the same child", "", twins)] if twins else sections
