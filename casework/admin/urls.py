"""The addresses of the screens of the journey, from a referral to the end of a case; all under the admin's own."""

from django.urls import path

from .as_school import CaseAsSchoolScreen
from .assessments import AddToAssessment, AssessmentFile, BeginAssessment, ChangeAssessment, RecordRecipient
from .case_file import CaseFile
from .cover import Cover
from .kept_words import Kept
from .leaving import Leave
from .notes import Note
from .person_acts import InviteAgain, Reopen, RevokeInvitation
from .queue import Queue, QueueItem
from .refer import Agree, ChangeReferral, Refer
from .reviews import RecordReview
from .role_changes import RoleChanges, UndoRole
from .second_yes import AnswerProposal, SecondYes
from .sessions import ChangeSession, RecordSession
from .steps import Step
from .triage import Triage
from .waiting import SayWhatWasSent, SetLookAgain

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
    path("cases/<uuid:uuid>/school/", CaseAsSchoolScreen.as_view(), name="casework_case_as_school"),
    path("cases/<uuid:uuid>/step/<slug:step>/", Step.as_view(), name="casework_step"),
    path("cases/<uuid:uuid>/session/", RecordSession.as_view(), name="casework_session_record"),
    path("cases/<uuid:uuid>/review/", RecordReview.as_view(), name="casework_review"),
    path("cases/<uuid:uuid>/cover/", Cover.as_view(), name="casework_cover"),
    path("cases/<uuid:uuid>/assessment/", BeginAssessment.as_view(), name="casework_assessment_begin"),
    path("assessments/<uuid:uuid>/change/", ChangeAssessment.as_view(), name="casework_assessment_change"),
    path("assessments/<uuid:uuid>/add/", AddToAssessment.as_view(), name="casework_assessment_add"),
    path("assessments/<uuid:uuid>/recipient/", RecordRecipient.as_view(), name="casework_assessment_recipient"),
    path("assessments/<uuid:uuid>/file/", AssessmentFile.as_view(), name="casework_assessment_file"),
    path("cases/<uuid:uuid>/look-again/", SetLookAgain.as_view(), name="casework_look_again"),
    path("cases/<uuid:uuid>/sent/", SayWhatWasSent.as_view(), name="casework_sent"),
    path("triage/", Triage.as_view(), name="casework_triage"),
    path("hours/<uuid:uuid>/change/", ChangeSession.as_view(), name="casework_session_change"),
    path("notes/<uuid:uuid>/", Note.as_view(), name="casework_note"),
    path("kept/<uuid:uuid>/", Kept.as_view(), name="casework_kept_words"),
    path("queue/", Queue.as_view(), name="casework_queue"),
    path("queue/<uuid:uuid>/", QueueItem.as_view(), name="casework_queue_item"),
    path("refer/", Refer.as_view(), name="casework_refer"),
    path("refer/<uuid:uuid>/", ChangeReferral.as_view(), name="casework_refer_change"),
    path("refer/<uuid:uuid>/agreement/", Agree.as_view(), name="casework_agree"),
]
