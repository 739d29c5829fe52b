"""Casework's tables, constraints and named filters. No permission is decided here and no mail is sent."""

from .agreements import AgreementLink, FamilyAgreement, FamilysAnswer, Method
from .allocations import Allocation, Weekday
from .among import Among
from .assessments import Assessment, AssessmentAddition, AssessmentPart, AssessmentRecipient, Basis
from .calendar import Absence, ClosedDays, SchoolYear, Term
from .concerns import About, Concern, ConcernEntry, ConcernStatus, Retention
from .course import Direction, Endorsement, Review, StatusChange
from .deciding import PLANNED, HandOver, HoursPlan, QueueOrder
from .feeds import CalendarFeed
from .fitness import Standing, State, states_at_a_glance, states_of
from .hours import HoursEntry, HoursKind, HoursLoan, HoursRequest, hours_left
from .kept_words import KeptWords, KeptWordsOpening
from .keys import DataKey
from .ledgers import (
    AuditEvent,
    AuditLink,
    BackupRun,
    Beat,
    Digest,
    Numbering,
    OutboxMessage,
    PendingSeal,
    UsedFormKey,
)
from .letter_facts import Checked, LetterFacts
from .library import DocumentAudience, MustRead, Reading
from .other_work import Work
from .packs import PACK_TEXTS, SchoolPack, years_to_send
from .practitioners import WEEKDAYS, Placement, Practitioner
from .proposals import Proposal
from .pupil_lists import ListRow, PupilList, RowKind
from .pupils import Carer, ConflictBlock, Enrolment, Family, Professional, Pupil, YearGroup
from .questions import Answer, AskedOf, Question, QuestionKind
from .readiness import (
    COUNTED,
    AssuranceLetter,
    Evidence,
    IfMissing,
    Requirement,
    RequirementKind,
    Waiver,
)
from .records import Period, Record, in_force
from .referrals import HowSoon, Referral, Source
from .roles import CaseShare, ClusterRole, RoleRow, SchoolRole, SchoolShare, ServiceRole
from .service_agreements import AgreementLine, Band, Package, Rate, ServiceAgreement
from .services import (
    Cluster,
    ListItem,
    ListName,
    Phase,
    Purpose,
    School,
    Service,
    WhoDecides,
    WorkKind,
)
from .sessions import NoteAddition, NoteOpening, ProcessNote, Session
from .team_meetings import Attendance, GroupCounts, MeetingKind, SupervisionItem, SupervisionRule, TeamMeeting
from .waiting import LookAgain, SentMeanwhile
from .why_now import MOST_REASONS
from .working_days import objection_until, open_to_objection_since

__all__ = [
    "COUNTED",
    "MOST_REASONS",
    "PACK_TEXTS",
    "PLANNED",
    "WEEKDAYS",
    "About",
    "Absence",
    "AgreementLine",
    "AgreementLink",
    "Allocation",
    "Among",
    "Answer",
    "AskedOf",
    "Assessment",
    "AssessmentAddition",
    "AssessmentPart",
    "AssessmentRecipient",
    "AssuranceLetter",
    "Attendance",
    "AuditEvent",
    "AuditLink",
    "BackupRun",
    "Band",
    "Basis",
    "Beat",
    "CalendarFeed",
    "Carer",
    "CaseShare",
    "Checked",
    "ClosedDays",
    "Cluster",
    "ClusterRole",
    "Concern",
    "ConcernEntry",
    "ConcernStatus",
    "ConflictBlock",
    "DataKey",
    "Digest",
    "Direction",
    "DocumentAudience",
    "Endorsement",
    "Enrolment",
    "Evidence",
    "Family",
    "FamilyAgreement",
    "FamilysAnswer",
    "GroupCounts",
    "HandOver",
    "HoursEntry",
    "HoursKind",
    "HoursLoan",
    "HoursPlan",
    "HoursRequest",
    "HowSoon",
    "IfMissing",
    "KeptWords",
    "KeptWordsOpening",
    "LetterFacts",
    "ListItem",
    "ListName",
    "ListRow",
    "LookAgain",
    "MeetingKind",
    "Method",
    "MustRead",
    "NoteAddition",
    "NoteOpening",
    "Numbering",
    "OutboxMessage",
    "Package",
    "PendingSeal",
    "Period",
    "Phase",
    "Placement",
    "Practitioner",
    "ProcessNote",
    "Professional",
    "Proposal",
    "Pupil",
    "PupilList",
    "Purpose",
    "Question",
    "QuestionKind",
    "QueueOrder",
    "Rate",
    "Reading",
    "Record",
    "Referral",
    "Requirement",
    "RequirementKind",
    "Retention",
    "Review",
    "RoleRow",
    "RowKind",
    "School",
    "SchoolPack",
    "SchoolRole",
    "SchoolShare",
    "SchoolYear",
    "SentMeanwhile",
    "Service",
    "ServiceAgreement",
    "ServiceRole",
    "Session",
    "Source",
    "Standing",
    "State",
    "StatusChange",
    "SupervisionItem",
    "SupervisionRule",
    "TeamMeeting",
    "Term",
    "UsedFormKey",
    "Waiver",
    "Weekday",
    "WhoDecides",
    "Work",
    "WorkKind",
    "YearGroup",
    "hours_left",
    "in_force",
    "objection_until",
    "open_to_objection_since",
    "states_at_a_glance",
    "states_of",
    "years_to_send",
]
