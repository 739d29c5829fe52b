"""Rows for tests, one file a noun: `from tests.factories import ReferralFactory`."""

from .allocation import AllocationFactory, HandOverFactory
from .assessment import AssessmentAdditionFactory, AssessmentFactory, AssessmentRecipientFactory
from .audience import DocumentAudienceFactory, DocumentFactory
from .calendar import SchoolYearFactory, TermFactory
from .carer import CarerFactory, ProfessionalFactory
from .concern import ConcernEntryFactory, ConcernFactory
from .conflict_block import ConflictBlockFactory
from .data_key import DataKeyFactory
from .family import FamilyFactory
from .hours import (
    HoursLoanFactory,
    HoursPlanFactory,
    HoursRequestFactory,
    RateFactory,
    ServiceAgreementFactory,
    WorkFactory,
)
from .list_item import ListItemFactory
from .pack import SchoolPackFactory
from .placement import PlacementFactory
from .practitioner import PractitionerFactory
from .pupil import EnrolmentFactory, PupilFactory
from .pupil_list import PupilListFactory, list_row
from .question import AnswerFactory, QuestionFactory
from .readiness import AssuranceLetterFactory, EvidenceFactory, RequirementFactory, WaiverFactory
from .referral import (
    AgreementLinkFactory,
    FamilyAgreementFactory,
    ReferralFactory,
    ReviewFactory,
    StatusChangeFactory,
    take_back,
)
from .role import ClusterRoleFactory, ProposalFactory, SchoolRoleFactory, ServiceRoleFactory
from .service import ClusterFactory, SchoolFactory, ServiceFactory
from .session import KeptWordsFactory, NoteOpeningFactory, ProcessNoteFactory, SessionFactory
from .share import CaseShareFactory, SchoolShareFactory
from .team_meeting import AttendanceFactory, SupervisionItemFactory, TeamMeetingFactory
from .user import PASSWORD, UserFactory

__all__ = [
    "PASSWORD",
    "AgreementLinkFactory",
    "AllocationFactory",
    "AnswerFactory",
    "AssessmentAdditionFactory",
    "AssessmentFactory",
    "AssessmentRecipientFactory",
    "AssuranceLetterFactory",
    "AttendanceFactory",
    "CarerFactory",
    "CaseShareFactory",
    "ClusterFactory",
    "ClusterRoleFactory",
    "ConcernEntryFactory",
    "ConcernFactory",
    "ConflictBlockFactory",
    "DataKeyFactory",
    "DocumentAudienceFactory",
    "DocumentFactory",
    "EnrolmentFactory",
    "EvidenceFactory",
    "FamilyAgreementFactory",
    "FamilyFactory",
    "HandOverFactory",
    "HoursLoanFactory",
    "HoursPlanFactory",
    "HoursRequestFactory",
    "KeptWordsFactory",
    "ListItemFactory",
    "NoteOpeningFactory",
    "PlacementFactory",
    "PractitionerFactory",
    "ProcessNoteFactory",
    "ProfessionalFactory",
    "ProposalFactory",
    "PupilFactory",
    "PupilListFactory",
    "QuestionFactory",
    "RateFactory",
    "ReferralFactory",
    "RequirementFactory",
    "ReviewFactory",
    "SchoolFactory",
    "SchoolPackFactory",
    "SchoolRoleFactory",
    "SchoolShareFactory",
    "SchoolYearFactory",
    "ServiceAgreementFactory",
    "ServiceFactory",
    "ServiceRoleFactory",
    "SessionFactory",
    "StatusChangeFactory",
    "SupervisionItemFactory",
    "TeamMeetingFactory",
    "TermFactory",
    "UserFactory",
    "WaiverFactory",
    "WorkFactory",
    "list_row",
    "take_back",
]
