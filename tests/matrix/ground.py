"""The rows that the matrix is played on: the cast with the roles it lacks, and a case for each way to see one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from allyance_site.people.invitations import invite
from allyance_site.people.models import Provider, User
from casework.access.roles import Role
from casework.access.rules import TECHNICAL_ADMINISTRATORS
from casework.actions.hours import book_agreement, book_session
from casework.actions.referring import TEXTS
from casework.models import (
    PACK_TEXTS,
    About,
    Absence,
    Checked,
    ClosedDays,
    ConcernEntry,
    ConflictBlock,
    FamilysAnswer,
    LetterFacts,
    LookAgain,
    MustRead,
    OutboxMessage,
    PupilList,
    Reading,
    Referral,
    RowKind,
    School,
    SentMeanwhile,
    Service,
    SupervisionRule,
)
from cms import groups, messages
from cms.models import (
    DirectoryEntry,
    Helpline,
    HelpNowPage,
    HomePage,
    LibraryArticlePage,
    LibraryPage,
    PublicFile,
    SiteImage,
    StandardPage,
)
from tests.cast import CANARIES, CANARY_WORDS, Cast, build
from tests.factories import (
    AgreementLinkFactory,
    AnswerFactory,
    AssessmentAdditionFactory,
    AssessmentFactory,
    AssessmentRecipientFactory,
    AssuranceLetterFactory,
    AttendanceFactory,
    CarerFactory,
    CaseShareFactory,
    ConcernEntryFactory,
    ConcernFactory,
    ConflictBlockFactory,
    DocumentAudienceFactory,
    DocumentFactory,
    EvidenceFactory,
    FamilyAgreementFactory,
    FamilyFactory,
    HandOverFactory,
    HoursLoanFactory,
    HoursPlanFactory,
    HoursRequestFactory,
    KeptWordsFactory,
    ListItemFactory,
    ProcessNoteFactory,
    ProfessionalFactory,
    ProposalFactory,
    PupilFactory,
    PupilListFactory,
    QuestionFactory,
    RateFactory,
    ReferralFactory,
    RequirementFactory,
    ReviewFactory,
    SchoolFactory,
    SchoolPackFactory,
    SchoolRoleFactory,
    SchoolShareFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    ServiceRoleFactory,
    SessionFactory,
    StatusChangeFactory,
    SupervisionItemFactory,
    TeamMeetingFactory,
    TermFactory,
    UserFactory,
    WaiverFactory,
    WorkFactory,
    list_row,
)

from .words import CASES, CONCERNS, HIDDEN_CAST, readers_of_words, word

ROLES = {
    "coordinator": "Coordinator",
    "supervisor": "Clinical supervisor",
    "therapist": "Therapist",
    "head": "Headteacher",
    "sendco": "SENDCO",
    "dsl": "Designated safeguarding lead",
    "chair": "Chair of governors",
    "tsl": "Targeted Services Leader",
    "safeguarding_lead": "Safeguarding lead",
    "steering": "Steering group member",
    "trustee": "Trustee",
    "data_protection": "Data protection lead",
    "editor": "Website editor",
    "technical": "Technical administrator",
    "stranger": "Somebody with an account and no role",
    "nobody": "Visitor",
}
"""Whose addresses are written down, in the order of the table; `nobody` is not signed in."""

OTHERS = ("other_head", "receiving_head", "other_therapist", "outsider", "hidden_therapist", "hidden_head", "left")
"""Who else tries every address: the same roles elsewhere, and somebody whose roles have ended."""

PLAYERS = (*ROLES, *OTHERS)

KNOWS_ACCOUNTS = "technical"
"""Meets the name of whoever has an account, in whichever service, and nothing else of them."""


@dataclass
class Ground:
    """The cast, its players by name, and every record by the name of its model and its own name."""

    cast: Cast
    players: dict[str, User | None]
    records: dict[str, dict[str, Model]] = field(default_factory=dict)
    newest_account: int = 0

    def keep(self, name: str, record: Any) -> Any:
        """Remember a record under its model's name and its own."""
        self.records.setdefault(record._meta.model_name, {})[name] = record
        return record


def forbidden_words(player: str) -> frozenset[str]:
    """Every word that a player must never meet."""
    foreign = {text for text, readers in readers_of_words().items() if player not in readers}
    if player in HIDDEN_CAST:
        return frozenset(foreign)
    known = CANARIES["people"].split() if player == KNOWS_ACCOUNTS else ()
    return frozenset(foreign | {text.lower() for text in CANARY_WORDS.difference(known)})


def lay() -> Ground:
    """Make them all."""
    cast = build()
    ground = Ground(cast, {**cast.people(), **_more_people(cast), "nobody": None})
    for name in ("service", "school", "other_school", "buys_in_school", "cluster", "pupil", "other_pupil"):
        ground.keep(name, getattr(cast, name))
    for name in ("cluster", "school", "pupil", "referral", "session", "practitioner"):
        ground.keep("hidden", getattr(cast, f"hidden_{name}"))
    ground.keep("hidden", cast.other_service)
    ground.keep("hidden", cast.hidden_note)
    ground.keep("hidden", cast.hidden_referral.agreements.get())
    ground.keep("hidden", cast.hidden_carer)
    ground.keep("hidden", cast.hidden_carer.family)
    ground.keep("hidden", ProfessionalFactory(family=cast.hidden_carer.family))
    answered = {"answer": FamilysAnswer.YES, "answered_at": timezone.now()}  # one that works opens to whoever holds it
    ground.keep("hidden", AgreementLinkFactory(referral=cast.hidden_referral, **answered))
    ground.keep("hidden", KeptWordsFactory(referral=cast.hidden_referral, author=cast.hidden_therapist))
    ground.keep("own", cast.therapist_practitioner)
    ground.keep("other", cast.other_practitioner)
    ground.keep("own", cast.placement)
    ground.keep("other", cast.other_placement)
    ground.keep("hidden", cast.hidden_practitioner.placements.get())
    ground.keep("own", QuestionFactory(service=cast.service))
    ground.keep("hidden", QuestionFactory(service=cast.other_service))
    ground.keep("list", _pupil_list(cast.school, cast.head, "Tamsin", "Underhay"))
    hidden_pupil = cast.hidden_pupil
    hidden = _pupil_list(cast.hidden_school, cast.hidden_head, hidden_pupil.first_name, hidden_pupil.last_name)
    ground.keep("hidden", hidden)
    _cases(ground)
    _concerns(ground)
    _plans(ground)
    _registers(ground)
    _hours(ground)
    _packs(ground)
    _people(ground)
    _library(ground)
    _website(ground)
    _time(ground)
    _records(ground)
    _supervision(ground)
    ground.keep("provider", _provider())
    ground.newest_account = User.objects.latest("pk").pk
    return ground


def _pupil_list(school: School, sent_by: User, first_name: str, last_name: str) -> PupilList:
    """A list that waits for its sender's yes, with a row to save and one that needs somebody."""
    names = {"first_name": first_name, "last_name": last_name}
    new, wrong = list_row(2, **names), list_row(3, **names | {"date_of_birth": ""})
    new.kind, new.values = RowKind.NEW, names | {"date_of_birth": "2018-05-01", "year_group": "4"}
    wrong.kind, wrong.to_mend = RowKind.PROBLEM, {"date_of_birth": "Enter the day."}
    return PupilListFactory(school=school, sent_by=sent_by, state=PupilList.State.READY, passed=2, listed=[new, wrong])


def _plans(ground: Ground) -> None:
    """What hours are used for, as one side proposes it: the head here, the therapist at the other school."""
    cast = ground.cast
    year, hidden_year = (SchoolYearFactory(service=service) for service in (cast.service, cast.other_service))
    HoursPlanFactory(school=cast.buys_in_school, school_year=year)
    ground.keep("own", HoursPlanFactory(school=cast.school, school_year=year, proposed_by=cast.head))
    ground.keep(
        "other",
        HoursPlanFactory(
            school=cast.other_school, school_year=year, proposed_by=cast.other_therapist, side="therapist"
        ),
    )
    hidden = {"school": cast.hidden_school, "proposed_by": cast.hidden_head}
    ground.keep("hidden", HoursPlanFactory(school_year=hidden_year, **hidden))


def _time(ground: Ground) -> None:
    """The calendar of both services, an absence, a kind of other work, and notes that are late or locked."""
    cast = ground.cast
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today}
    for name, service, practitioner in [
        ("own", cast.service, cast.therapist_practitioner), ("hidden", cast.other_service, cast.hidden_practitioner),
    ]:  # fmt: skip
        first = today.replace(year=today.year - (today.month < 9), month=9, day=1)
        year = service.school_years.first() or SchoolYearFactory(service=service, starts_on=first)
        ground.keep(name, year)
        ground.keep(name, TermFactory(school_year=year))
        ground.keep(name, ClosedDays.objects.create(service=service, why="Training day", **days))
        ground.keep(name, Absence.objects.create(practitioner=practitioner, **days))
    ground.records["workkind"] = {"own": ListItemFactory(group=True, service=cast.service)}
    ground.keep("own", WorkFactory(practitioner=cast.therapist_practitioner, school=cast.school))
    ground.keep("hidden", WorkFactory(practitioner=cast.hidden_practitioner, school=cast.hidden_school))
    case = ground.records["referral"]["active"]
    given = {"referral": case, "practitioner": cast.therapist_practitioner, "attendance": cast.items["Came"]}
    ago = timezone.now() - timedelta(days=8)
    late = SessionFactory(**given, note_later=True, starts_at=ago - timedelta(hours=2))
    ground.records["unwritten"] = {"active": late}
    locked = SessionFactory(**given, starts_at=ago, created_at=ago)
    ground.records["lockednote"] = {
        "active": ProcessNoteFactory(session=locked, text=f"Note {word('active', 'process')}")
    }


def _records(ground: Ground) -> None:
    """What is required of both teams: a training, which may wait, and a DBS check, which was seen of everybody."""
    cast = ground.cast
    for name, service, people in [
        ("own", cast.service, [cast.therapist_practitioner, cast.other_practitioner]),
        ("hidden", cast.other_service, [cast.hidden_practitioner]),
    ]:
        training = ground.keep(name, RequirementFactory(service=service, training=True))
        dbs = RequirementFactory(service=service)
        first, *others = people
        number = word("evidence") if name == "own" else CANARIES["note"]
        ground.keep(name, EvidenceFactory(practitioner=first, requirement=dbs, number=number))
        why = word("waiver") if name == "own" else CANARIES["strengths"]
        ground.keep(name, WaiverFactory(practitioner=first, requirement=training, reason=why))
        for other in others:
            EvidenceFactory(practitioner=other, requirement=dbs)


def _supervision(ground: Ground) -> None:
    """A supervision that has been, to which the therapist came; and one to come, to which a colleague is asked too, with
    the case of each on its agenda."""
    cast, cases = ground.cast, ground.records["referral"]
    now, week = timezone.now(), timedelta(weeks=1)
    led = {"service": cast.service, "entered_by": cast.supervisor}
    been = ground.keep("been", TeamMeetingFactory(**led, starts_at=now - week))
    coming = ground.keep("coming", TeamMeetingFactory(**led, starts_at=now + week))
    AttendanceFactory(meeting=been, practitioner=cast.therapist_practitioner)
    for practitioner in (cast.therapist_practitioner, cast.other_practitioner):
        AttendanceFactory(meeting=coming, practitioner=practitioner, came=None)
    said = {"question": f"Asked {word('active', 'asked')}", "reflected": f"Reflected {word('active', 'clinical')}"}
    SupervisionItemFactory(meeting=been, referral=cases["active"], **said)
    to_come = {"meeting": coming, "brought": None, "reflected": ""}
    ground.keep("active", SupervisionItemFactory(referral=cases["active"], **to_come))
    asked = f"Asked {word('elsewhere', 'asked')}"
    ground.keep("elsewhere", SupervisionItemFactory(referral=cases["elsewhere"], **to_come, question=asked))
    hidden = {"service": cast.other_service, "led_by": CANARIES["people"]}
    ground.keep("hidden", TeamMeetingFactory(**hidden, entered_by=cast.outsider))
    AttendanceFactory(meeting=ground.records["teammeeting"]["hidden"], practitioner=cast.hidden_practitioner)
    item = SupervisionItemFactory(
        meeting=ground.records["teammeeting"]["hidden"], referral=cast.hidden_referral, reflected=CANARIES["note"]
    )
    ground.keep("hidden", item)
    for name, service in (("own", cast.service), ("hidden", cast.other_service)):
        body = ListItemFactory(service=service, list="body", label="BACP" if name == "own" else CANARIES["service"])
        ground.keep(name, SupervisionRule.objects.create(service=service, body=body, hours_a_month=1))


def _provider() -> Provider:
    provider = Provider(name="Larkwell Trust", issuer="https://login.allyance.example", client_id="allyance")
    provider.secret = "a long secret"
    provider.save()
    return provider


def _more_people(cast: Cast) -> dict[str, User]:
    people = {name: UserFactory(email=f"{name}@allyance.example") for name in (
        "chair", "safeguarding_lead", "trustee", "data_protection", "stranger", "receiving_head", "left"
    )}  # fmt: skip
    SchoolRoleFactory(user=people["chair"], role=Role.CHAIR, content_object=cast.school)
    SchoolRoleFactory(user=people["receiving_head"], role=Role.HEAD, content_object=cast.buys_in_school)
    ServiceRoleFactory(user=people["safeguarding_lead"], role=Role.SAFEGUARDING_LEAD, content_object=cast.service)
    ServiceRoleFactory(user=people["trustee"], role=Role.TRUSTEE, content_object=cast.service)
    ServiceRoleFactory(user=people["data_protection"], role=Role.DATA_PROTECTION, content_object=cast.service)
    ServiceRoleFactory(user=people["left"], role=Role.COORDINATOR, content_object=cast.service, ended=True)
    SchoolRoleFactory(user=people["left"], role=Role.HEAD, content_object=cast.school, ended=True)
    Group.objects.get(name=TECHNICAL_ADMINISTRATORS).user_set.add(cast.technical)
    return people


def _cases(ground: Ground) -> None:
    cast = ground.cast
    own, other = cast.therapist_practitioner, cast.other_practitioner
    here, there = cast.school, cast.other_school
    a_week = timezone.now() + timedelta(weeks=1)
    _case(ground, "active", here, by=cast.head, practitioner=own, active=True)
    _case(ground, "elsewhere", there, by=cast.other_head, practitioner=other, active=True)
    _case(ground, "covered", there, by=cast.other_head, practitioner=other, active=True)
    _case(ground, "waiting", here, by=cast.sendco, submitted=True)
    _case(ground, "waiting_there", there, by=cast.other_head, submitted=True)
    _case(ground, "draft", here, by=cast.sendco)
    _case(ground, "draft_there", there, by=cast.other_head)
    _case(ground, "kept", here, by=cast.coordinator, kept_from_school=True, submitted=True)
    _case(ground, "kept_draft", here, by=cast.coordinator, kept_from_school=True)
    _case(ground, "closed", here, by=cast.head, practitioner=own, closed=True)
    blocked = _case(ground, "blocked", here, by=cast.sendco, practitioner=own, active=True)
    for relative in (cast.coordinator, cast.supervisor, cast.head, cast.therapist):
        ConflictBlockFactory(user=relative, pupil=blocked.pupil, reason=ConflictBlock.Reason.RELATIVE)
    CaseShareFactory(user=cast.therapist, content_object=ground.records["referral"]["covered"], ends_at=a_week)
    SchoolShareFactory(referral=ground.records["referral"]["active"], school=cast.buys_in_school, ends_at=a_week)
    assert set(CASES) | {"hidden"} == set(ground.records["referral"])


def _case(ground: Ground, name: str, school: School, *, by: User, practitioner: Any = None, **traits: Any) -> Referral:
    """A case all of whose texts hold a word of its own."""
    cast = ground.cast
    family = FamilyFactory(service=school.service)
    CarerFactory(
        family=family, name=f"Carer {word(name, 'carer')}", telephone=word(name, "carer"),
        email=f"{word(name, 'carer')}@family.example",
    )  # fmt: skip
    pupil = PupilFactory(
        school=school, family=family, carer=None, reference=word(name, "nr"),
        first_name=word(name, "first").capitalize(), last_name=word(name, "last").capitalize(),
    )  # fmt: skip
    given = {"practitioner": practitioner} if practitioner else {}
    if traits.get("closed"):
        given["closure_reason"] = cast.items["Planned ending"]
    referral = ReferralFactory(
        school=school, pupil=pupil, referred_by=by, reference=word(name, "ref"),
        **{text: f"{text} {word(name, 'why')}" for text in TEXTS},
        **traits, **given,
    )  # fmt: skip
    answer = f"Answer {word(name, 'why')}"
    AnswerFactory(referral=referral, question=ground.records["question"]["own"], text=answer)
    if referral.submitted_at:
        StatusChangeFactory(referral=referral, by=by, note=f"Note {word(name, 'why')}")
        _waited(referral, by=by, words=f"Meanwhile {word(name, 'why')}")
    if referral.submitted_at and practitioner:
        _work(ground, name, referral, practitioner)
    _agreements(ground, name, referral)
    _family(ground, name, referral)
    for allocation in referral.allocations.all():
        ground.keep(name, allocation)
    ground.keep(name, pupil)
    return ground.keep(name, referral)


def _waited(referral: Referral, *, by: User, words: str) -> None:
    """While it waited somebody set a day, and the family was sent something."""
    of_it = {"referral": referral, "data_key": referral.data_key}
    LookAgain.objects.create(on=date(2026, 10, 5), by=by, reason=words, **of_it)
    SentMeanwhile.objects.create(what="A leaflet", recorded_by=by, words=words, **of_it)


def _agreements(ground: Ground, name: str, referral: Referral) -> None:
    """One that stands, and one that was taken back."""
    standing, back = referral.agreements.get(), FamilyAgreementFactory(referral=referral, taken_back=True)
    for agreement in (standing, back):
        for text in ("own_view", "disagreement", "disagreement_decision", "judged_by", "withdrawn_why", "decision"):
            setattr(agreement, text, f"{text} {word(name, 'why')}")
        agreement.competence = f"Weighs it {word(name, 'judged')}"
        agreement.withdrawn_who = f"Carer {word(name, 'carer')}"
        agreement.save()
    ground.keep(name, back if name == "covered" else standing)
    link = AgreementLinkFactory(referral=referral)
    if name != "waiting":
        link.answer, link.answered_at = FamilysAnswer.YES, timezone.now()
        link.answered_by = f"Carer {word(name, 'carer')}"
        link.save()
    ground.keep(name, link)


def _family(ground: Ground, name: str, referral: Referral) -> None:
    """All that is written of a family, and who else helps it."""
    family = referral.pupil.family
    family.legal_note = f"Order {word(name, 'carer')}"
    family.save()
    carer = family.carers.first()
    carer.language = carer.contact_when = word(name, "carer")
    carer.save()
    texts = {text: word(name, "carer") for text in ("name", "job", "agency", "telephone", "email")}
    ground.keep(name, ProfessionalFactory(family=family, **texts))
    ground.keep(name, carer)
    ground.keep(name, family)


def _work(ground: Ground, name: str, referral: Referral, practitioner: Any) -> None:
    referral.ending_summary = f"Summary {word(name, 'outcome')}" if referral.closed_at else ""
    referral.save()
    ReviewFactory(
        referral=referral, held_on=date(2026, 10, 5), recorded_by=practitioner.user,
        outcome=f"Outcome {word(name, 'outcome')}", for_school=f"Progress {word(name, 'school')}",
        direction=f"Goes {word(name, 'clinical')}",
    )  # fmt: skip
    session = SessionFactory(
        referral=referral, practitioner=practitioner, attendance=ground.cast.items["Came"],
        strategies=f"Strategy {word(name, 'school')}",
    )  # fmt: skip
    ground.keep(name, session)
    book_session(session, by=practitioner.user)
    _assess(ground, name, referral)
    HandOverFactory(referral=referral, taker=practitioner, words=f"Handed on {word(name, 'clinical')}")
    if name == "active":
        kept = KeptWordsFactory(referral=referral, author=practitioner.user, text=f"Kept {word(name, 'unsent')}")
        ground.keep(name, kept)
    ground.keep(name, ProcessNoteFactory(session=session, text=f"Note {word(name, 'process')}"))


def _concerns(ground: Ground) -> None:
    """One about each kind of person, and for each way in which somebody is kept from it."""
    cast = ground.cast
    therapist, lead = cast.therapist, ground.players["safeguarding_lead"]
    _concern(ground, "bruise", by=therapist)
    _concern(ground, "taken", by=therapist, answered=True)
    _concern(ground, "locked", by=cast.other_therapist, school=cast.other_school)
    _concern(ground, "slapped", by=therapist, about=About.SCHOOL_ADULT, subject=cast.dsl)
    _concern(ground, "shouted", by=therapist, about=About.HEAD, subject=cast.head)
    _concern(ground, "whispered", by=cast.head, about=About.OURS, subject=cast.supervisor)
    _concern(ground, "overlooked", by=therapist, about=About.OURS, subject=lead)
    child = PupilFactory(school=cast.school, enrolment=None)
    _concern(ground, "kinship", by=therapist, pupil=child)
    for relative in (cast.supervisor, therapist):
        ConflictBlockFactory(user=relative, pupil=child, reason=ConflictBlock.Reason.RELATIVE)
    assert set(CONCERNS) == set(ground.records["concern"])
    ground.keep(
        "hidden", ConcernFactory(school=cast.hidden_school, pupil=cast.hidden_pupil, author=cast.hidden_therapist)
    )


def _concern(ground: Ground, name: str, *, by: User, **fields: Any) -> None:
    """A concern all of whose texts hold a word of its own, with an entry and a message."""
    texts = {text: f"{text} {word(name)}" for text in ("named", "own_words", "seen", "opinion")}
    given = {"school": ground.cast.school, "pupil": None} | fields
    concern = ground.keep(name, ConcernFactory(reference=word(name), author=by, **given, **texts))
    ConcernEntryFactory(concern=concern, by=by, text=f"Done {word(name)}")
    told = {"text": f"Duty desk {word(name)}", "outside_reference": f"Their {word(name)}"}
    ConcernEntryFactory(concern=concern, by=by, kind=ConcernEntry.Kind.AUTHORITY, **told)
    OutboxMessage.objects.create(to=by, kind="concern_raised", reference=concern.reference, state="failed")


def _assess(ground: Ground, name: str, referral: Referral) -> None:
    """A finished assessment. Of the covered case somebody has received it, so that it is no longer changed; of the
    others nobody has, so that every page of it opens."""
    words = word(name, "clinical")
    assessment = AssessmentFactory(referral=referral, text=f"Worried about {words}")
    AssessmentAdditionFactory(assessment=assessment, text=f"Added {words}")
    if name == "covered":
        received = {text: f"{text} {words}" for text in ("name", "agency", "because")}
        AssessmentRecipientFactory(assessment=assessment, **received)
    ground.keep(name, assessment)


def _registers(ground: Ground) -> None:
    cast = ground.cast
    cast.school.roles.filter(user=cast.head).update(given_by=cast.coordinator)
    cast.hidden_school.roles.filter(user=cast.hidden_head).update(given_by=cast.outsider)
    ground.keep("own", cast.service.roles.get(user=cast.supervisor))
    ground.keep("hidden", cast.other_service.roles.get(user=cast.outsider))
    ground.keep("own", cast.cluster.roles.get(user=cast.tsl))
    ground.keep("own", cast.school.roles.get(user=cast.head))
    ground.keep("hidden", cast.hidden_school.roles.get(user=cast.hidden_head))
    ground.keep("own", ProposalFactory(user=cast.dsl, school=cast.school, proposed_by=cast.coordinator))
    hidden = ProposalFactory(user=cast.hidden_head, school=cast.hidden_school, proposed_by=cast.outsider)
    ground.keep("hidden", hidden)
    ground.keep("own", cast.items["Bereavement"])
    ground.keep("hidden", Service.objects.get(pk=cast.other_service.pk).list_items.filter(label="Bereavement").get())


def _hours(ground: Ground) -> None:
    """An agreement that is signed and one that waits, a request, and a loan that the other school is asked for."""
    cast = ground.cast
    for name, school in [("own", cast.school), ("hidden", cast.hidden_school)]:
        year = SchoolYearFactory(service=school.service)
        ground.keep(name, RateFactory(school=school))
        signed = ServiceAgreementFactory(school=school, school_year=year)
        book_agreement(signed, by=signed.made_by)
        ground.keep(name if name == "hidden" else "signed", signed)
        proposed = ServiceAgreementFactory(school=school, school_year=year, number=2, proposed=True)
        ground.keep(name if name == "own" else "hidden_proposed", proposed)
        why = CANARIES["concerns"] if name == "hidden" else f"For {word('asksforhours')}"
        request = ground.keep(name, HoursRequestFactory(school=school, why=why))
        lender = cast.other_school if name == "own" else SchoolFactory(service=cast.other_service)
        ground.keep(name, HoursLoanFactory(borrower=school, lender=lender, request=request))


def _packs(ground: Ground) -> None:
    """The pack of each school, one that was replaced, and letters to both: one about who works there, one about a
    colleague."""
    cast = ground.cast
    there = {"pack_own": cast.school, "pack_there": cast.other_school, "pack_hidden": cast.hidden_school}
    for name, school in there.items():
        _pack(ground, name, school, number=2 if name == "pack_own" else 1)
    _pack(ground, "pack_former", cast.school, replaced_at=timezone.now())
    colleague, own = cast.other_practitioner, cast.therapist_practitioner
    for name, practitioner, school in [
        ("assured_own", own, cast.school), ("colleague", colleague, cast.school),
        ("assured_there", colleague, cast.other_school),
        ("assured_hidden", cast.hidden_practitioner, cast.hidden_school),
    ]:  # fmt: skip
        said = Checked(f"Check {word(name)}", "dbs", "in order", is_seen=True, number=word(name))
        facts = LetterFacts("Service", "School", "100000", "Somebody", "Therapist", checked=(said,)).as_text()
        ground.keep(name, AssuranceLetterFactory(practitioner=practitioner, school=school, facts=facts))


def _pack(ground: Ground, name: str, school: School, **fields: Any) -> None:
    """A pack all of whose texts hold a word of its own."""
    year = SchoolYearFactory(service=school.service)
    ground.keep(
        name,
        SchoolPackFactory(
            school=school, school_year=year, **{text: f"{text} {word(name)}" for text in PACK_TEXTS}, **fields
        ),
    )


def _people(ground: Ground) -> None:
    cast = ground.cast
    ground.keep("own", cast.head)
    ground.keep("hidden", cast.hidden_head)
    for name, by in [("invited", cast.coordinator), ("hidden_invited", cast.outsider)]:
        made = invite(email=f"{name}@allyance.example", first_name="Una", last_name="Invited", by=by)
        on = cast.school if by == cast.coordinator else cast.hidden_school
        SchoolRoleFactory(user=ground.keep(name, made.user), role=Role.DSL, content_object=on)
    closed = ground.keep("closed", UserFactory(email="closed@allyance.example", is_active=False))
    SchoolRoleFactory(user=closed, role=Role.DSL, content_object=cast.school, ended=True)


def _library(ground: Ground) -> None:
    cast = ground.cast
    for name, service, school, must_read in [
        ("doc_team", cast.service, None, MustRead.PRACTITIONERS),
        ("doc_school", cast.service, cast.school, MustRead.TEAM),
        ("doc_other_school", cast.service, cast.other_school, MustRead.NOBODY),
        ("doc_hidden", cast.other_service, None, MustRead.TEAM),
    ]:
        document = _document(ground, name)
        ground.keep(name, DocumentAudienceFactory(
            document=document, service=service, school=school, must_read=must_read
        ))  # fmt: skip
        for reader in [cast.outsider] if name == "doc_hidden" else [cast.therapist, cast.supervisor]:
            Reading.objects.create(person=reader, document=document, file_hash=document.file_hash)
    _document(ground, "doc_nobody")


def _document(ground: Ground, name: str) -> Any:
    content = ContentFile(b"%PDF-1.4\n% " + word(name).encode() + b"\n%%EOF\n", name=f"{name.replace('_', '-')}.pdf")
    return ground.keep(name, DocumentFactory(title=word(name), file=content))


def _website(ground: Ground) -> None:
    """A site for each service, with a draft that only its own editors know of."""
    cast = ground.cast
    root = Page.get_first_root_node()
    for name, hostname, service, coordinator in [
        ("page_draft", "localhost", cast.service, cast.coordinator),
        ("page_hidden_draft", "second.allyance.example", cast.other_service, cast.outsider),
    ]:
        home = root.add_child(
            instance=HomePage(title=hostname, slug=hostname.split(".")[0], hero_title="Help", hero_text="Help")
        )
        site, _ = Site.objects.update_or_create(
            is_default_site=hostname == "localhost",
            defaults={"hostname": hostname, "root_page": home, "site_name": hostname},
        )
        library = home.add_child(instance=LibraryPage(title="Library", slug="library"))
        article = "article_hidden" if "hidden" in name else "article_own"
        library.add_child(instance=LibraryArticlePage(title=word(article), slug="how-we-work", lede=word(article)))
        ground.keep(name, home)
        ground.keep(name, site)
        service.editors = groups.let_editors_edit(site, home)
        service.save()
        coordinator.groups.add(service.editors)
        ground.keep(
            "hidden" if "hidden" in name else "own",
            home.add_child(instance=HelpNowPage(title="Help", slug="help", lede="Help", emergency_text="Ring 999.")),
        )
        draft = home.add_child(
            instance=StandardPage(title=word(name), slug=name.replace("_", "-"), lede="Help", live=False)
        )
        draft.save_revision()
        ground.keep(name, draft)
        _kept_by_the_website(ground, site, name="hidden" if "hidden" in name else "own")
    ground.keep("redirect", Redirect.objects.create(old_path="/old", redirect_link="/new"))
    ground.keep(
        "page_live", Page.objects.get(title="localhost").add_child(instance=StandardPage(title="Help", lede="Help"))
    )
    own = groups.pictures_of(Site.objects.get(is_default_site=True))
    picture = ground.keep("picture", SiteImage.objects.create(title="Our own picture", file=_picture(), collection=own))
    ground.keep("picture", picture.get_rendition("width-4"))


def _kept_by_the_website(ground: Ground, site: Site, *, name: str) -> None:
    """What a site's editors look after, and a message to its service."""
    checked = {"site": site, "last_checked": date(2026, 9, 1), "review_by": date(2026, 9, 2)}
    ground.keep(name, Helpline.objects.create(name="A line", number="999", who_for="All", hours="Always", **checked))
    entry = {
        "name": "A club",
        "topic": "groups",
        "what": "A club.",
        "who_for": "All",
        "area": "Here",
        "how_to_ask": "Ask",
    }
    ground.keep(name, DirectoryEntry.objects.create(**entry, **checked))
    file = PublicFile.objects.create(title="A leaflet", file=ContentFile(b"%PDF-1.4", name="leaflet.pdf"), **checked)
    ground.keep(name, file)
    letter = f"letter_{name}"
    words = {"name": "Somebody", "who": "family", "reply_to": "here", "message": word(letter)}
    ground.keep(letter, messages.keep(words, site=site, uuid=uuid4()))


def _picture() -> ContentFile:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return ContentFile(file.getvalue(), name="picture.png")
