"""Writes the schools' safeguarding packs of last year and this one, and letters of assurance to two schools."""

from datetime import date, datetime, time

from casework.actions import letters
from casework.models import AssuranceLetter, SchoolPack, SchoolYear

from . import ground, mails
from .keys import new_keys
from .people import People
from .places import Places
from .weeks import WEEK, SchoolWeeks, at

OWES = "brackenfield"
"""Which school has not sent this year's."""
CHANGED = "cawdale"
"""Which has sent it again of late, with another way in."""
HAVE_LETTERS = ("cawdale", "brackenfield")
SENT_AT, ISSUED_AT = time(15, 40), time(11, 10)

LEADS = {
    "cawdale": ("Joanna Penhallow, deputy head", "Priya Ramanand, head"),
    "ashdown": ("Gwen Tarrick, head", "Colm Ferrer, Year 6"),
    "dunmere": ("Odile Marchbank, SENDCO", "Osman Velder, head"),
    "fernhill": ("Ravi Sallow, deputy head", "Marta Quill, head"),
    "brackenfield": ("Elspeth Rowe, deputy head", "Huw Tandry, head"),
    "elmstead": ("Blessing Oduya, head", "Jonty Pask, Year 5"),
    "hazelwick": ("Nerys Callow, SENDCO", "Aled Brannock, head"),
    "inglethorpe": ("Sunita Harrowell, head", "Theo Lunt, Year 2"),
    "jubilee": ("Fergus Dunnage, head", "Pippa Strand-Low, nursery"),
    "garrowby": ("Annis Quarrie, assistant head", "Ines Carradale, principal"),
    "kittiwake": ("Lorna Sefton-Hale, head", "Dov Amble, SENDCO"),
    "lantern": ("Isla Penrose-Vane, deputy head", "Emeka Strand, head"),
    "marram": ("Tess Wyndlow, head", "Kit Orford, Year 4"),
}
"""The safeguarding lead of each school, and who stands in."""

FIRES = ("the field by the oak", "the lower playground", "the car park, by the shed", "the netball court")
AIDERS = ("the office", "the medical room next to the hall", "any teaching assistant with a green lanyard")


def write(places: Places, people: People, weeks: SchoolWeeks) -> None:
    """Last year's of every school, this year's of all but one; then the letters."""
    years = {(year.service_id, year.starts_on.year): year for year in SchoolYear.objects.all()}
    rows = {
        (key, first): _pack(places, people, key, years[school.service_id, first], _day(key, first, weeks.today))
        for key, school in places.schools.items()
        for first in (weeks.year - 1, weeks.year)
        if (key, first) != (OWES, weeks.year)
    }
    former = rows[CHANGED, weeks.year]
    former.replaced_at = max(at(weeks.back(0)[0], SENT_AT) - WEEK, former.sent_at)
    newest = _pack(places, people, CHANGED, former.school_year, former.replaced_at, number=2)
    newest.sign_in = "The main door is being mended: come by the side gate in Pond Lane, and ring. Badge, and the book."
    newest.sent_by = people.accounts["sendco"]
    packs = [*rows.values(), newest]
    for pack, data_key in zip(packs, new_keys(len(packs)), strict=True):
        pack.data_key = data_key
    SchoolPack.objects.bulk_create(packs)
    _letters(places, people, weeks)


def _day(key: str, first: int, today: date) -> datetime:
    """In the first days of September; a few schools do it in July, as all have while September is young."""
    number = list(ground.SCHOOLS).index(key)
    day = date(first, 9, 2 + number % 8)
    return at(date(first, 7, 6 + number % 8) if number % 4 == 3 or day >= today else day, SENT_AT)


def _pack(places: Places, people: People, key: str, year: SchoolYear, sent_at: datetime, number: int = 1) -> SchoolPack:
    school, place = places.schools[key], list(ground.SCHOOLS).index(key)
    lead, deputy = LEADS[key]
    texts = {
        "lead": lead,
        "lead_telephone": f"01632 960{300 + place}",
        "deputies": f"{deputy}: 01632 960{320 + place}. After that ask at the office, {school.telephone}.",
        "out_of_hours": (
            f"{lead.split(',')[0]}’s mobile, 01632 960{340 + place}, until nine in the evening. "
            f"At night and in the holidays children’s services, {ground.NUMBERS['out_of_hours_telephone']}."
        ),
        "sign_in": "At the hatch by the main door: the book, and your badge. Telephones stay in a pocket.",
        "first_aid": (
            f"First aid: {AIDERS[place % len(AIDERS)]}. One long bell is a fire: leave by the nearest door and meet on "
            f"{FIRES[place % len(FIRES)]}; you take the child who is with you."
        ),
        "policies": "On the school’s website under Key information; on paper in the staff room.",
        "more": f"{school.room} has a window in the door: it stays uncovered." if school.room else "",
    }
    return SchoolPack(
        school=school, school_year=year, number=number, sent_by=people.head(key), sent_at=sent_at,
        created_at=sent_at, **texts,
    )  # fmt: skip


def _letters(places: Places, people: People, weeks: SchoolWeeks) -> None:
    """About everybody there of whom nothing is missing, two school weeks ago."""
    for key in HAVE_LETTERS:
        letters.issue_all(places.schools[key], by=people.coordinator(ground.SCHOOLS[key].service))
    issued_at = at(weeks.back(2)[0], ISSUED_AT)
    AssuranceLetter.objects.update(issued_at=issued_at, created_at=issued_at)
    mails.went_out("letter_issued", issued_at)
