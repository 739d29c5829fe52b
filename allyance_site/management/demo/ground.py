"""The invented places and people of the demo, as plain data: services, schools, the team, and the lists they use."""

from dataclasses import dataclass

from casework.models import ListName, Phase, QuestionKind

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


PRACTITIONERS = {
    "therapist": DemoPractitioner(
        ("Saoirse", "Whitlock"), "Play therapist", 10,
        {"cawdale": ("monday", "later"), "fernhill": ("monday", "later")},
    ),
    "therapist2": DemoPractitioner(
        ("Tomasz", "Bielak"), "Music therapist", 9,
        {"brackenfield": ("monday", "tuesday"), "elmstead": ("wednesday",), "garrowby": ("thursday",)},
    ),
    "delphine": DemoPractitioner(
        ("Delphine", "Garrick-Moss"), "Play therapist", 8, {"ashdown": ("monday",), "dunmere": ("tuesday",)}
    ),
    "hamish": DemoPractitioner(
        ("Hamish", "Orrell"), "Psychodynamic counsellor", 6, {"garrowby": ("monday",), "hazelwick": ("wednesday",)},
        on_website=False,
    ),
    "yusra": DemoPractitioner(
        ("Yusra", "Tamimi"), "Psychodynamic counsellor", 5, {"inglethorpe": ("tuesday",), "jubilee": ("thursday",)}
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

DISCIPLINES = [
    "Play therapist",
    "Music therapist",
    "Psychodynamic counsellor",
    "Art therapist",
    "Counsellor",
    "Clinical supervisor",
]
BODIES = {
    "PTUK": "https://playtherapyregister.org.uk/",
    "UKCP": "https://www.psychotherapy.org.uk/find-a-therapist/",
    "BACP": "https://www.bacp.co.uk/search/Register",
    "HCPC": "https://www.hcpc-uk.org/check-the-register/",
}
"""The professional bodies, with the page of each where anybody can look a member up."""

BODY_OF = {
    "Play therapist": "PTUK",
    "Music therapist": "HCPC",
    "Art therapist": "HCPC",
    "Psychodynamic counsellor": "BACP",
    "Counsellor": "BACP",
    "Clinical supervisor": "UKCP",
}

REASONS = [
    "Bereavement",
    "Parents living apart",
    "Illness in the family",
    "Violence at home",
    "Worry and fear",
    "Sadness",
    "Anger",
    "Friendships and bullying",
    "Something frightening that happened",
    "Adoption, or living away from parents",
    "How the child sees themself",
    "Hurting themself",
    "Identity",
    "Coming to school",
    "Moving to a new school",
    "Not speaking at school",
    "Quarrels in the family",
    "A relative in prison",
    "Caring for a relative",
]
CLOSURES = [
    "Planned ending after a review",
    "Planned ending without a review",
    "No more was needed after the assessment",
    "The child or the family chose to stop",
    "Did not come any more",
    "Could not be reached",
    "Back with the school’s own support",
    "Passed on to CAMHS with permission",
    "Passed on to another service",
    "Moved away",
]
PASSES_ON = {"Passed on to CAMHS with permission": "camhs", "Passed on to another service": "service"}
"""The closing reasons that wait for the family's agreement."""
TRIED = [
    "Regular talks with a known adult",
    "A quiet place to go",
    "A group for friendships or feelings",
    "Meeting with the family",
    "Changes in the classroom",
    "Advice from the SENDCO",
]
HELPERS = [
    "Family doctor",
    "School nurse",
    "Social worker",
    "Early help worker",
    "CAMHS",
    "Educational psychologist",
    "A charity or youth service",
]
CAME = "Came"
ABSENT = "Away from school"
DECLINED_TODAY = "Did not want to come today"
TRIP = "School trip, exam or closed day"
THERAPIST_AWAY = "Therapist away"

ATTENDANCE = {
    CAME: (True, True),
    "Came late": (True, True),
    "Too late to begin": (True, False),
    ABSENT: (True, False),
    DECLINED_TODAY: (True, False),
    "Cancelled by the family": (True, False),
    TRIP: (True, False),
    "No room": (True, False),
    "Suspended": (True, False),
    THERAPIST_AWAY: (False, False),
    "Cancelled by us": (False, False),
}
"""Label: whether the hour is charged to the school, and whether the pupil was seen."""

LISTS = {
    ListName.DISCIPLINE: DISCIPLINES,
    ListName.BODY: list(BODIES),
    ListName.REASON: REASONS,
    ListName.ATTENDANCE: list(ATTENDANCE),
    ListName.CLOSURE: CLOSURES,
    ListName.TRIED: TRIED,
    ListName.HELPER: HELPERS,
}

QUESTIONS = [
    ("Where does the child feel at ease in school?", QuestionKind.LINE, "", False),
    ("How does the child come to school?", QuestionKind.ONE, "On foot\nBy bus\nBy car\nBy taxi", False),
    ("Does the family have an Early Help Assessment?", QuestionKind.YES_NO, "", True),
    ("How many days was the child away last half-term?", QuestionKind.NUMBER, "", False),
]
"""Words, how it is answered, what can be chosen, and whether it must be answered: each service asks these."""
