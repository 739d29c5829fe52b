"""The addresses of the screens of the journey, from a referral to the end of a case; all under the admin's own."""

from django.urls import path

from .agreement_links import AskFamily, FamilyLink, PaperForm
from .agreements import Agree, ChangeAgreement, DecideWithdrawal, WithdrawAgreement
from .as_school import CaseAsSchoolScreen
from .assessments import AddToAssessment, AssessmentFile, BeginAssessment, ChangeAssessment, RecordRecipient
from .board import Board
from .case_file import CaseFile
from .concern_acts import ACTS
from .concern_page import ConcernFile, ConcernPage
from .concern_raise import Begin, Raise
from .cover import Cover
from .coverage import Coverage
from .evidence import AllowForATime, EndWaiver, LookUpAgain, RecordEvidence
from .families import AddCarer, AddProfessional, ChangeCarer, ChangeLegalNote, ChangeProfessional
from .feeds import Feed
from .handing_over import HandOverCase
from .hours_asking import AskForHours, LoanPage, RequestPage
from .hours_moving import AdjustHours, CarryOver
from .hours_page import AllHours, HoursPage
from .hours_plan import AgreePlan, PlanHours
from .kept_words import Kept
from .leaving import Leave
from .letters import LetterFile, LetterPage, Letters
from .library import ReadingLists, SayRead, WhoHasRead
from .months import Month, Months
from .notes import AddToNote, Note, WriteNote
from .packs import OnePack, PackPage, Packs, PacksOwed, SendPack
from .person_acts import InviteAgain, Reopen, RevokeInvitation
from .practitioner_record import PractitionerRecord
from .pupil_lists import BringIn, CancelList, EmptyList, ListFile, Progress, RowsLeft
from .queue import Queue, QueueItem
from .queue_order import OrderQueue
from .readiness import Readiness
from .refer import ChangeReferral, Refer
from .referral_form_pdf import ReferralFormPdf
from .referral_pdf import ReferralPdf
from .reviews import RecordReview
from .role_changes import RoleChanges, UndoRole
from .second_yes import AnswerProposal, SecondYes
from .service_agreement_acts import ProposeAgain, SignAgreement
from .sessions import ChangeSession, RecordSession
from .showing import ShowToSchool
from .statements import FILES as STATEMENT_FILES
from .statements import StatementFile, StatementPage
from .steps import Step
from .supervision_agenda import Agenda, Prepare, Record, Sheet, SheetFile
from .supervision_figures import Coverage as BroughtInTime
from .supervision_figures import HoursOf, TeamHours
from .supervision_pages import MeetingPage, TeamMeetings
from .supervision_planning import Cancel, Change, EnterOwn, Plan, PlanTraining
from .triage import Triage
from .waiting import SayWhatWasSent, SetLookAgain
from .work import ChangeWork, ChooseWork, RecordWork

urlpatterns = [
    path("people/changes/", RoleChanges.as_view(), name="casework_role_changes"),
    path("people/changes/<uuid:uuid>/", UndoRole.as_view(), name="casework_role_undo"),
    path("people/second-yes/", SecondYes.as_view(), name="casework_second_yes"),
    path("people/second-yes/<uuid:uuid>/", AnswerProposal.as_view(), name="casework_second_yes_answer"),
    path("people/<uuid:uuid>/invite-again/", InviteAgain.as_view(), name="casework_person_invite_again"),
    path("people/<uuid:uuid>/revoke/", RevokeInvitation.as_view(), name="casework_person_revoke"),
    path("people/<uuid:uuid>/leave/", Leave.as_view(), name="casework_person_leave"),
    path("people/<uuid:uuid>/reopen/", Reopen.as_view(), name="casework_person_reopen"),
    path("cases/<uuid:uuid>/", CaseFile.as_view(), name="casework_case"),
    path("cases/<uuid:uuid>/referral.pdf", ReferralPdf.as_view(), name="casework_referral_pdf"),
    path("cases/<uuid:uuid>/school/", CaseAsSchoolScreen.as_view(), name="casework_case_as_school"),
    path("cases/<uuid:uuid>/show/", ShowToSchool.as_view(), name="casework_show_to_school"),
    path("cases/<uuid:uuid>/step/<slug:step>/", Step.as_view(), name="casework_step"),
    path("cases/<uuid:uuid>/session/", RecordSession.as_view(), name="casework_session_record"),
    path("cases/<uuid:uuid>/review/", RecordReview.as_view(), name="casework_review"),
    path("cases/<uuid:uuid>/cover/", Cover.as_view(), name="casework_cover"),
    path("concerns/raise/", Begin.as_view(), name="casework_concern_begin"),
    path("concerns/raise/<slug:about>/<uuid:uuid>/", Raise.as_view(), name="casework_concern_raise"),
    path("concerns/<uuid:uuid>/", ConcernPage.as_view(), name="casework_concern"),
    path("concerns/<uuid:uuid>/file/", ConcernFile.as_view(), name="casework_concern_file"),
    *(path(f"concerns/<uuid:uuid>/{act.slug}/", act.as_view(), name=f"casework_concern_{act.slug}") for act in ACTS),
    path("agreements/<uuid:uuid>/", ChangeAgreement.as_view(), name="casework_agreement_change"),
    path("agreements/<uuid:uuid>/withdraw/", WithdrawAgreement.as_view(), name="casework_agreement_withdraw"),
    path("agreements/<uuid:uuid>/decide/", DecideWithdrawal.as_view(), name="casework_agreement_decide"),
    path("cases/<uuid:uuid>/ask/", AskFamily.as_view(), name="casework_agreement_ask"),
    path("cases/<uuid:uuid>/ask/<slug:purpose>/", PaperForm.as_view(), name="casework_agreement_paper"),
    path("links/<uuid:uuid>/", FamilyLink.as_view(), name="casework_agreement_link"),
    path("cases/<uuid:uuid>/carer/", AddCarer.as_view(), name="casework_carer_add"),
    path("cases/<uuid:uuid>/helper/", AddProfessional.as_view(), name="casework_professional_add"),
    path("carers/<uuid:uuid>/", ChangeCarer.as_view(), name="casework_carer_change"),
    path("helpers/<uuid:uuid>/", ChangeProfessional.as_view(), name="casework_professional_change"),
    path("families/<uuid:uuid>/orders/", ChangeLegalNote.as_view(), name="casework_family_orders"),
    path("cases/<uuid:uuid>/assessment/", BeginAssessment.as_view(), name="casework_assessment_begin"),
    path("assessments/<uuid:uuid>/change/", ChangeAssessment.as_view(), name="casework_assessment_change"),
    path("assessments/<uuid:uuid>/add/", AddToAssessment.as_view(), name="casework_assessment_add"),
    path("assessments/<uuid:uuid>/recipient/", RecordRecipient.as_view(), name="casework_assessment_recipient"),
    path("assessments/<uuid:uuid>/file/", AssessmentFile.as_view(), name="casework_assessment_file"),
    path("cases/<uuid:uuid>/look-again/", SetLookAgain.as_view(), name="casework_look_again"),
    path("cases/<uuid:uuid>/sent/", SayWhatWasSent.as_view(), name="casework_sent"),
    path("work/", ChooseWork.as_view(), name="casework_work"),
    path("work/<uuid:uuid>/", RecordWork.as_view(), name="casework_work_record"),
    path("work/<uuid:uuid>/change/", ChangeWork.as_view(), name="casework_work_change"),
    path("coverage/", Coverage.as_view(), name="casework_coverage"),
    path("readiness/", Readiness.as_view(), name="casework_readiness"),
    path("practitioners/<uuid:uuid>/record/", PractitionerRecord.as_view(), name="casework_practitioner_record"),
    path(
        "practitioners/<uuid:uuid>/record/<uuid:requirement>/",
        RecordEvidence.as_view(),
        name="casework_evidence_record",
    ),
    path(
        "practitioners/<uuid:uuid>/record/<uuid:requirement>/allow/",
        AllowForATime.as_view(),
        name="casework_evidence_waive",
    ),
    path("evidence/<uuid:uuid>/looked-up/", LookUpAgain.as_view(), name="casework_evidence_look_up"),
    path("waivers/<uuid:uuid>/end/", EndWaiver.as_view(), name="casework_waiver_end"),
    path("my-calendar/<uuid:uuid>/", Feed.as_view(), name="casework_feed"),
    path("months/", Months.as_view(), name="casework_months"),
    path("months/<uuid:uuid>/", Month.as_view(), name="casework_month"),
    path("supervision/", TeamMeetings.as_view(), name="casework_supervision"),
    path("supervision/plan/", Plan.as_view(), name="casework_supervision_plan"),
    path("supervision/plan-training/", PlanTraining.as_view(), name="casework_supervision_training"),
    path("supervision/own/", EnterOwn.as_view(), name="casework_supervision_own"),
    path("supervision/brought/", BroughtInTime.as_view(), name="casework_supervision_brought"),
    path("supervision/hours/", TeamHours.as_view(), name="casework_supervision_hours"),
    path("supervision/hours/<uuid:uuid>/", HoursOf.as_view(), name="casework_supervision_hours_of"),
    path("supervision/cases/<uuid:uuid>/", Prepare.as_view(), name="casework_supervision_prepare"),
    path("supervision/<uuid:uuid>/", MeetingPage.as_view(), name="casework_supervision_meeting"),
    path("supervision/<uuid:uuid>/change/", Change.as_view(), name="casework_supervision_change"),
    path("supervision/<uuid:uuid>/cancel/", Cancel.as_view(), name="casework_supervision_cancel"),
    path("supervision/<uuid:uuid>/agenda/", Agenda.as_view(), name="casework_supervision_agenda"),
    path("supervision/<uuid:uuid>/record/", Record.as_view(), name="casework_supervision_record"),
    path("supervision/<uuid:uuid>/sheet/", Sheet.as_view(), name="casework_supervision_sheet"),
    path("supervision/<uuid:uuid>/sheet.pdf", SheetFile.as_view(), name="casework_supervision_sheet_file"),
    path("triage/", Triage.as_view(), name="casework_triage"),
    path("board/", Board.as_view(), name="casework_board"),
    path("hours/<uuid:uuid>/change/", ChangeSession.as_view(), name="casework_session_change"),
    path("hours/", AllHours.as_view(), name="casework_hours"),
    path("hours/requests/<uuid:uuid>/", RequestPage.as_view(), name="casework_hours_request"),
    path("hours/loans/<uuid:uuid>/", LoanPage.as_view(), name="casework_hours_loan"),
    path("schools/<uuid:uuid>/hours/", HoursPage.as_view(), name="casework_school_hours"),
    path("schools/<uuid:uuid>/hours/ask/", AskForHours.as_view(), name="casework_hours_ask"),
    path("schools/<uuid:uuid>/hours/adjust/", AdjustHours.as_view(), name="casework_hours_adjust"),
    path("schools/<uuid:uuid>/hours/carry-over/", CarryOver.as_view(), name="casework_hours_carry"),
    path("schools/<uuid:uuid>/hours/<int:year>/<int:month>/", StatementPage.as_view(), name="casework_statement"),
    *(
        path(
            f"schools/<uuid:uuid>/hours/<int:year>/<int:month>/{file}",
            StatementFile.as_view(),
            {"form": form},
            name=f"casework_statement_{form}",
        )
        for form, file in STATEMENT_FILES.items()
    ),
    path("packs/", Packs.as_view(), name="casework_packs"),
    path("packs/owed.csv", PacksOwed.as_view(), name="casework_packs_owed"),
    path("packs/<uuid:uuid>/", OnePack.as_view(), name="casework_pack_one"),
    path("schools/<uuid:uuid>/pack/", PackPage.as_view(), name="casework_pack"),
    path("schools/<uuid:uuid>/pack/send/", SendPack.as_view(), name="casework_pack_send"),
    path("schools/<uuid:uuid>/letters/", Letters.as_view(), name="casework_letters"),
    path("letters/<uuid:uuid>/", LetterPage.as_view(), name="casework_letter"),
    path("letters/<uuid:uuid>/letter.pdf", LetterFile.as_view(), name="casework_letter_pdf"),
    path("service-agreements/<uuid:uuid>/sign/", SignAgreement.as_view(), name="casework_service_agreement_sign"),
    path("service-agreements/<uuid:uuid>/again/", ProposeAgain.as_view(), name="casework_service_agreement_again"),
    path("hours/<uuid:uuid>/note/", WriteNote.as_view(), name="casework_note_write"),
    path("notes/<uuid:uuid>/add/", AddToNote.as_view(), name="casework_note_add"),
    path("notes/<uuid:uuid>/", Note.as_view(), name="casework_note"),
    path("library/reading/", ReadingLists.as_view(), name="casework_library_lists"),
    path("library/<uuid:uuid>/read/", SayRead.as_view(), name="casework_library_read"),
    path("library/<uuid:uuid>/readers/", WhoHasRead.as_view(), name="casework_library_readers"),
    path("kept/<uuid:uuid>/", Kept.as_view(), name="casework_kept_words"),
    path("pupil-lists/", BringIn.as_view(), name="casework_pupil_list"),
    path("pupil-lists/empty/<slug:form>/", EmptyList.as_view(), name="casework_pupil_list_empty"),
    path("pupil-lists/<uuid:uuid>/", ListFile.as_view(), name="casework_pupil_list_one"),
    path("pupil-lists/<uuid:uuid>/progress/", Progress.as_view(), name="casework_pupil_list_progress"),
    path("pupil-lists/<uuid:uuid>/cancel/", CancelList.as_view(), name="casework_pupil_list_cancel"),
    path("pupil-lists/<uuid:uuid>/rows/", RowsLeft.as_view(), name="casework_pupil_list_rows"),
    path("queue/", Queue.as_view(), name="casework_queue"),
    path("queue/order/<uuid:uuid>/", OrderQueue.as_view(), name="casework_queue_order"),
    path("queue/<uuid:uuid>/", QueueItem.as_view(), name="casework_queue_item"),
    path("hours-plan/<uuid:uuid>/", PlanHours.as_view(), name="casework_hours_plan"),
    path("hours-plan/agree/<uuid:uuid>/", AgreePlan.as_view(), name="casework_hours_plan_agree"),
    path("cases/<uuid:uuid>/hand-over/", HandOverCase.as_view(), name="casework_hand_over"),
    path("refer/form/<uuid:uuid>/referral-form.pdf", ReferralFormPdf.as_view(), name="casework_refer_form"),
    path("refer/", Refer.as_view(), name="casework_refer"),
    path("refer/<uuid:uuid>/", ChangeReferral.as_view(), name="casework_refer_change"),
    path("refer/<uuid:uuid>/agreement/", Agree.as_view(), name="casework_agree"),
]
