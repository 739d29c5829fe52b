"""The invented places and people of the demo, as plain data: services, schools, the team, and the lists they use."""

from dataclasses import dataclass

from casework.models import Phase, QuestionKind

LARKWELL = "Larkwell School Counselling"
HARBOURSIDE = "Harbourside Cluster Partnership"

NUMBERS = {
    "children_services_telephone": "01632 960901",
    "out_of_hours_telephone": "01632 960902",
    "lado_telephone": "01632 960903",
}
"""Of the local authority; all of a range that is nobody's."""

CLUSTERS = {"Easterby": LARKWELL, "Wendham": LARKWELL, "Harbourside": HARBOURSIDE}


@dataclass(frozen=True)
class DemoSchool:
    """A school; without a cluster it buys in."""

    name: str
    town: str
    room: str
    head: tuple[str, str]
    cluster: str = ""
    service: str = LARKWELL
    phase: Phase = Phase.PRIMARY


SCHOOLS = {
    "cawdale": DemoSchool("Cawdale Primary School", "Easterby", "The Nest", ("Priya", "Ramanand"), "Easterby"),
    "ashdown": DemoSchool("Ashdown Hollow Primary School", "Easterby", "Willow Room", ("Gwen", "Tarrick"), "Easterby"),
    "dunmere": DemoSchool("Dunmere Primary School", "Coldwell", "The Den", ("Osman", "Velder"), "Easterby"),
    "fernhill": DemoSchool("Fernhill Primary School", "Easterby", "Rainbow Room", ("Marta", "Quill"), "Easterby"),
    "brackenfield": DemoSchool(
        "Brackenfield Primary School", "Wendham", "Music store", ("Huw", "Tandry"), "Wendham"
    ),
    "elmstead": DemoSchool("Elmstead Green Primary School", "Wendham", "Attic", ("Blessing", "Oduya"), "Wendham"),
    "hazelwick": DemoSchool("Hazelwick Primary School", "Marlow Cross", "Snug", ("Aled", "Brannock"), "Wendham"),
    "inglethorpe": DemoSchool(
        "Inglethorpe Primary School", "Marlow Cross", "Garden Room", ("Sunita", "Harrowell"), "Wendham"
    ),
    "jubilee": DemoSchool("Jubilee Lane Primary School", "Coldwell", "Library corner", ("Fergus", "Dunnage")),
    "garrowby": DemoSchool(
        "Garrowby Village College", "Wendham", "Room 14", ("Ines", "Carradale"), phase=Phase.SECONDARY
    ),
    "kittiwake": DemoSchool(
        "Kittiwake Row Primary School", "Harbourside", "The Cabin", ("Lorna", "Sefton-Hale"), "Harbourside", HARBOURSIDE
    ),
    "lantern": DemoSchool(
        "Lantern Quay Primary School", "Harbourside", "The Lookout", ("Emeka", "Strand"), "Harbourside", HARBOURSIDE
    ),
    "marram": DemoSchool(
        "Marram Bank Primary School", "Harbourside", "Blue Room", ("Tess", "Wyndlow"), "Harbourside", HARBOURSIDE
    ),
}  # fmt: skip


@dataclass(frozen=True)
class DemoPractitioner:
    """One of the team, and on which days at which school; a day `later` is today's weekday, or Tuesday."""

    name: tuple[str, str]
    discipline: str
    weekly_hours: int
    placements: dict[str, tuple[str, ...]]
    service: str = LARKWELL
    on_website: bool = True
    languages: str = ""


PRACTITIONERS = {
    "therapist": DemoPractitioner(
        ("Saoirse", "Whitlock"), "Play therapist", 10,
        {"cawdale": ("monday", "later"), "fernhill": ("monday", "later")},
    ),
    "therapist2": DemoPractitioner(
        ("Tomasz", "Bielak"), "Music therapist", 9,
        {"brackenfield": ("monday", "tuesday"), "elmstead": ("wednesday",), "garrowby": ("thursday",)},
        languages="Polish",
    ),
    "delphine": DemoPractitioner(
        ("Delphine", "Garrick-Moss"), "Play therapist", 8, {"ashdown": ("monday",), "dunmere": ("tuesday",)}
    ),
    "hamish": DemoPractitioner(
        ("Hamish", "Orrell"), "Psychodynamic counsellor", 6, {"garrowby": ("monday",), "hazelwick": ("wednesday",)},
        on_website=False,
    ),
    "yusra": DemoPractitioner(
        ("Yusra", "Tamimi"), "Psychodynamic counsellor", 5, {"inglethorpe": ("tuesday",), "jubilee": ("thursday",)},
        languages="Arabic, French",
    ),
    "ottilie": DemoPractitioner(
        ("Ottilie", "Brance"), "Art therapist", 4, {"dunmere": ("friday",), "brackenfield": ("thursday",)}
    ),
    "supervisor": DemoPractitioner(("Miriam", "Okonjo"), "Clinical supervisor", 0, {}),
    "beth": DemoPractitioner(
        ("Beth", "Carrowmore"), "Counsellor", 6, {"kittiwake": ("monday",), "lantern": ("wednesday",)}, HARBOURSIDE
    ),
}  # fmt: skip

HARBOURSIDE_COORDINATOR = ("Morwenna", "Tull")

PARENTS_FIRST = (("cawdale", "apart"), ("cawdale", "quiet"), ("fernhill", "anger"))
"""Cases of a meeting with the parents: one as things came up, one that came first, and one that is still to come."""

QUESTIONS = [
    ("Where does the child feel at ease in school?", QuestionKind.LINE, "", False),
    ("How does the child come to school?", QuestionKind.ONE, "On foot\nBy bus\nBy car\nBy taxi", False),
    ("Does the family have an Early Help Assessment?", QuestionKind.YES_NO, "", True),
    ("How many days was the child away last half-term?", QuestionKind.NUMBER, "", False),
]
"""Words, how it is answered, what can be chosen, and whether it must be answered: each service asks these."""
