"""Casework's tables, constraints and named filters. No permission is decided here and no mail is sent."""

from .among import Among
from .assessments import Assessment, AssessmentAddition, AssessmentPart, AssessmentRecipient, Basis
from .calendar import SchoolYear, Term
from .kept_words import KeptWords, KeptWordsOpening
from .keys import DataKey
from .ledgers import AuditEvent, AuditLink, BackupRun, Beat, Numbering, OutboxMessage, PendingSeal, UsedFormKey
from .practitioners import WEEKDAYS, Placement, Practitioner
from .proposals import Proposal
from .pupils import Carer, ConflictBlock, Enrolment, Family, Pupil, YearGroup
from .records import Period, Record, in_force
from .referrals import (
    Allocation,
    Endorsement,
    FamilyAgreement,
    HowSoon,
    Referral,
    Review,
    Source,
    StatusChange,
    Weekday,
)
from .roles import CaseShare, ClusterRole, RoleRow, SchoolRole, SchoolShare, ServiceRole
from .services import Cluster, DocumentAudience, ListItem, ListName, Phase, School, Service, WhoDecides
from .sessions import NoteOpening, ProcessNote, Session
from .waiting import LookAgain, SentMeanwhile

__all__ = [
    "WEEKDAYS",
    "Allocation",
    "Among",
    "Assessment",
    "AssessmentAddition",
    "AssessmentPart",
    "AssessmentRecipient",
    "AuditEvent",
    "AuditLink",
    "BackupRun",
    "Basis",
    "Beat",
    "Carer",
    "CaseShare",
    "Cluster",
    "ClusterRole",
    "ConflictBlock",
    "DataKey",
    "DocumentAudience",
    "Endorsement",
    "Enrolment",
    "Family",
    "FamilyAgreement",
    "HowSoon",
    "KeptWords",
    "KeptWordsOpening",
    "ListItem",
    "ListName",
    "LookAgain",
    "NoteOpening",
    "Numbering",
    "OutboxMessage",
    "PendingSeal",
    "Period",
    "Phase",
    "Placement",
    "Practitioner",
    "ProcessNote",
    "Proposal",
    "Pupil",
    "Record",
    "Referral",
    "Review",
    "RoleRow",
    "School",
    "SchoolRole",
    "SchoolShare",
    "SchoolYear",
    "SentMeanwhile",
    "Service",
    "ServiceRole",
    "Session",
    "Source",
    "StatusChange",
    "Term",
    "UsedFormKey",
    "Weekday",
    "WhoDecides",
    "YearGroup",
    "in_force",
]
