"""The registers of the calendar: school years, their terms, and the days on which schools are closed within them."""

from ...access.rules import Side
from ...models import ClosedDays, School, SchoolYear, Term
from .. import filters
from ..facts import Fact, Shown
from ..guarded import GuardedModelAdmin
from ..guarded_forms import RecordForm, day

FROM = Fact("First day", "starts_on", sort=("starts_on",))
UNTIL = Fact("Last day", "ends_on", sort=("ends_on",))


class DaysForm(RecordForm):
    """A form with a first and a last day."""

    starts_on = day("First day")
    ends_on = day("Last day")


class SchoolYearForm(DaysForm):
    fixed = ("service",)

    class Meta:
        model = SchoolYear
        fields = ["service", "starts_on", "ends_on"]


class TermForm(DaysForm):
    """A term lies within its school year; a gap between two terms is a holiday or a half-term."""

    fixed = ("school_year",)

    class Meta:
        model = Term
        fields = ["school_year", "name", "starts_on", "ends_on"]
        help_texts = {"name": "For example: Autumn, first half."}

    def clean(self):
        cleaned = super().clean()
        year = cleaned.get("school_year") or getattr(self.instance, "school_year", None)
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if year and first and last and not year.starts_on <= first <= last <= year.ends_on:
            self.add_error("starts_on", f"A term lies within its school year, {year}, and its first day comes first.")
        return cleaned


class ClosedDaysForm(DaysForm):
    """Days on which all schools are closed, or one of them."""

    fixed = ("service",)

    class Meta:
        model = ClosedDays
        fields = ["service", "school", "starts_on", "ends_on", "why"]

    def clean(self):
        cleaned = super().clean()
        service = cleaned.get("service") or getattr(self.instance, "service", None)
        school = cleaned.get("school")
        if service and school and school.service_id != service.pk:
            self.add_error("school", "Choose a school of this service.")
        return cleaned


class SchoolYears(GuardedModelAdmin):
    model = SchoolYear
    base_url_path = "school-years"
    menu_icon = "calendar"
    form_class = SchoolYearForm
    has_page = False
    related = ("service",)
    order = ("-starts_on", "pk")
    empty_words = "No school years yet. Add this one, then its terms."

    facts = {
        "year": Fact("School year", str, sort=("starts_on",)),
        "from": FROM,
        "until": UNTIL,
        "service": Fact("Service", "service", minor=True),
    }
    shown = {Side.COORDINATION: Shown("year from until service", file="year from until service")}


class Terms(GuardedModelAdmin):
    model = Term
    base_url_path = "terms"
    menu_icon = "calendar-check"
    form_class = TermForm
    has_page = False
    related = ("school_year__service",)
    order = ("-starts_on", "pk")
    empty_words = "No terms yet. Until there are some, every weekday counts as a school day."

    facts = {
        "name": Fact("Term", "name", sort=("name",)),
        "year": Fact("School year", "school_year", sort=("school_year__starts_on",)),
        "from": FROM,
        "until": UNTIL,
        "service": Fact("Service", "school_year.service", minor=True),
    }
    shown = {Side.COORDINATION: Shown("name year from until service", file="name year from until service")}
    filters = {"school_year": filters.of_records("School year", SchoolYear, "school_year")}


class Closed(GuardedModelAdmin):
    model = ClosedDays
    base_url_path = "closed-days"
    menu_label = "Closed days"
    menu_icon = "calendar-alt"
    form_class = ClosedDaysForm
    has_page = False
    related = ("school", "service")
    searched = ("why", "school__name")
    order = ("-starts_on", "pk")
    add_label = "Add closed days"
    empty_words = "No closed days yet. Bank holidays need no entry, and a gap between two terms neither."

    facts = {
        "from": FROM,
        "until": UNTIL,
        "where": Fact("Where", lambda days: days.school or "All schools", sort=("school__name",)),
        "why": Fact("Why", "why"),
        "service": Fact("Service", "service", minor=True),
    }
    shown = {Side.COORDINATION: Shown("from until where why service", file="from until where why service")}
    filters = {"school": filters.of_records("School", School, "school")}
