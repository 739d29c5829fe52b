"""Rows for tests, one file a noun: `from tests.factories import ReferralFactory`."""

from .allocation import AllocationFactory
from .assessment import AssessmentAdditionFactory, AssessmentFactory, AssessmentRecipientFactory
from .audience import DocumentAudienceFactory, DocumentFactory
from .calendar import SchoolYearFactory, TermFactory
from .carer import CarerFactory
from .conflict_block import ConflictBlockFactory
from .data_key import DataKeyFactory
from .family import FamilyFactory
from .list_item import ListItemFactory
from .placement import PlacementFactory
from .practitioner import PractitionerFactory
from .pupil import EnrolmentFactory, PupilFactory
from .referral import FamilyAgreementFactory, ReferralFactory, ReviewFactory, StatusChangeFactory
from .role import ClusterRoleFactory, ProposalFactory, SchoolRoleFactory, ServiceRoleFactory
from .service import ClusterFactory, SchoolFactory, ServiceFactory
from .session import KeptWordsFactory, NoteOpeningFactory, ProcessNoteFactory, SessionFactory
from .share import CaseShareFactory, SchoolShareFactory
from .user import PASSWORD, UserFactory

__all__ = [
    "PASSWORD",
    "AllocationFactory",
    "AssessmentAdditionFactory",
    "AssessmentFactory",
    "AssessmentRecipientFactory",
    "CarerFactory",
    "CaseShareFactory",
    "ClusterFactory",
    "ClusterRoleFactory",
    "ConflictBlockFactory",
    "DataKeyFactory",
    "DocumentAudienceFactory",
    "DocumentFactory",
    "EnrolmentFactory",
    "FamilyAgreementFactory",
    "FamilyFactory",
    "KeptWordsFactory",
    "ListItemFactory",
    "NoteOpeningFactory",
    "PlacementFactory",
    "PractitionerFactory",
    "ProcessNoteFactory",
    "ProposalFactory",
    "PupilFactory",
    "ReferralFactory",
    "ReviewFactory",
    "SchoolFactory",
    "SchoolRoleFactory",
    "SchoolShareFactory",
    "SchoolYearFactory",
    "ServiceFactory",
    "ServiceRoleFactory",
    "SessionFactory",
    "StatusChangeFactory",
    "TermFactory",
    "UserFactory",
]
