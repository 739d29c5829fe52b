"""The steps of a referral in words: what the button says, what will happen, who is told, and what must be written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StepPage:
    """One step. `asks` is the label of the note that must be written; without it there is none."""

    label: str
    happens: str
    told: str
    done: str
    asks: str = ""
    must_say: str = ""


PAGES: dict[str, StepPage] = {
    "submit": StepPage(
        "Send the referral",
        "It goes to those who decide. You can still read it, and it comes back to you if something is unclear.",
        "Those who decide get an e-mail that a referral waits; it names neither the child nor the reason.",
        "sent",
    ),
    "return_for_information": StepPage(
        "Ask a question",
        "The referral goes back to whoever wrote it, with your question, and returns to you when it is sent again.",
        "Whoever wrote it gets an e-mail that it came back; your question stands only here.",
        "sent back with your question",
        "Your question",
        "Write your question, so that the school knows what to add.",
    ),
    "put_to_meeting": StepPage(
        "Take it to the meeting",
        "The referral waits for the next Support and Guidance meeting.",
        "Nobody gets an e-mail.",
        "waits for the meeting",
    ),
    "accept": StepPage(
        "Accept",
        "Counselling is agreed. The pupil waits until a therapist is found.",
        "Whoever wrote the referral gets an e-mail that it was decided.",
        "accepted",
    ),
    "decline": StepPage(
        "Decline with advice",
        "Counselling is not the right help now. The school reads your advice here.",
        "Whoever wrote the referral gets an e-mail that it was decided.",
        "declined with advice",
        "Your advice",
        "Write what the school and the family can do instead.",
    ),
    "signpost": StepPage(
        "Signpost to another service",
        "Another service is the right help. The school reads here which one.",
        "Whoever wrote the referral gets an e-mail that it was decided.",
        "signposted",
        "Which service, and how the family reaches it",
        "Name the service, and say how the family reaches it.",
    ),
    "allocate": StepPage(
        "Allocate a therapist",
        "The therapist sees the whole case from now on, and it is theirs to begin.",
        "The therapist gets an e-mail that a case was given to them. The clinical supervisor hears of it too, and may "
        "object within two working days. You can undo it for ten minutes.",
        "allocated",
    ),
    "undo_allocation": StepPage(
        "Undo the allocation",
        "The pupil waits for a therapist as before, and the therapist no longer sees the case. The history keeps both.",
        "The therapist and the clinical supervisor get an e-mail that it was taken back.",
        "waits for a therapist again",
    ),
    "object_to_allocation": StepPage(
        "Object to the allocation",
        "The allocation ends, and the pupil waits for another therapist. Your reason stands in the case.",
        "The coordinator, the therapist and whoever allocated get an e-mail that you object.",
        "waits for a therapist again",
        "Why",
        "Say why this therapist should not take the case.",
    ),
    "start_assessment": StepPage(
        "Start the assessment",
        "You meet the family and the school, and find out together what would help.",
        "Nobody gets an e-mail.",
        "is in assessment",
    ),
    "start_sessions": StepPage(
        "Start sessions", "Regular sessions begin.", "Nobody gets an e-mail.", "is in sessions"
    ),
    "start_review": StepPage(
        "Start a review",
        "You look at how things are going with the child, the family and the school, as a rule after about six weeks.",
        "Nobody gets an e-mail.",
        "is in review",
    ),
    "continue_sessions": StepPage(
        "Go on with sessions", "The review found that sessions should go on.", "Nobody gets an e-mail.", "goes on"
    ),
    "start_ending": StepPage(
        "Plan the ending",
        "You plan the last sessions with the child.",
        "Nobody gets an e-mail.",
        "is coming to its end",
    ),
    "close": StepPage(
        "Close the case",
        "The work is over. The therapist no longer sees the case; everything that was written is kept.",
        "Whoever wrote the referral gets an e-mail that the case was closed.",
        "closed",
    ),
    "reopen": StepPage(
        "Re-open",
        "The pupil needs help again, and waits for a therapist.",
        "Nobody gets an e-mail.",
        "opened again",
        "Why",
        "Say why the pupil needs help again.",
    ),
    "withdraw": StepPage(
        "Withdraw",
        "The family or the school no longer asks for help. Nothing that was written is lost.",
        "Nobody gets an e-mail.",
        "withdrawn",
        "Why",
        "Say why it is withdrawn, in one sentence.",
    ),
    "hold": StepPage(
        "Put on hold",
        "Nothing happens for a while. The case goes on later from where it stands now.",
        "Nobody gets an e-mail.",
        "on hold",
        "Why, and until when",
        "Say why, and until when, in one sentence.",
    ),
    "resume": StepPage(
        "Go on", "The case goes on from where it was put on hold.", "Nobody gets an e-mail.", "goes on"
    ),
}  # fmt: skip

QUIET = frozenset({"return_for_information", "decline", "signpost", "hold", "withdraw", "object_to_allocation"})
"""Steps that are offered below the others, since they are rarely the next one."""
