"""The second service's pages for schools and other services."""

from .parts import PageText, callout, cards, in_order, questions, text

REFER = PageText(
    kind="steps",
    slug="how-to-refer",
    title="How to refer a family",
    lede="Refer a family once. The cluster brings the right people together, and shows you what was agreed and what is still open.",
    drawing="list",
    fields={
        "steps": in_order(
            ("Talk with the family first", "Ask for their agreement, and for the child’s own view."),
            ("Send what you know", "What worries you, what works well, what you have tried, and any Early Help Assessment."),
            ("We put it to the meeting", "Or we say at once where help is nearer."),
            ("You hear from us", "You see the plan, your part in it, and the date of the review."),
        )
    },
    body=(
        questions(
            "Good to know",
            ("Who may refer?", "Schools and NHS services, and others who know the family well, such as a doctor’s surgery."),
            ("What if the family says no?", "Then it does not come to the meeting, unless a child is not safe. Go on helping as you can, and ask again."),
        ),
        callout("Is a child not safe?", "Do not wait for the meeting. Go to children’s services at once.", kind="urgent"),
    ),
    next_steps="<p>Do you refer already? Sign in at the foot of this page. New here? Write and ask for the next meeting date.</p>",
)  # fmt: skip

AT_THE_TABLE = PageText(
    slug="at-the-table",
    title="If you sit at the table",
    lede="You see the items that concern your service, and no more. You say what you know, agree a part, and do it by a date.",
    drawing="table",
    body=(
        text(
            ("Before the meeting", "You get the agenda, and a short sheet for each family that your service can help. Look up what you know."),
            ("In the meeting", "Share what the others need for a safe decision. Leave out what they do not need. What was shared, and with whom, is written down."),
            ("After the meeting", "You see your actions with their dates. Say when one is done, or why it cannot be."),
        ),
    ),
    next_steps="<p>Can you not come? Send what you know, and who will come instead, two days before.</p>",
)  # fmt: skip

BROKERED = PageText(
    slug="help-from-other-services",
    title="Finding help from other services",
    lede="Much of what a family needs is not counselling. We find the right service, ask it, and check that help came.",
    drawing="path",
    body=(
        cards(
            "What we can find",
            ("Housing", "Repairs, arrears, a move."),
            ("Health", "The school nurse, the family doctor, sleep and food."),
            ("Social care and early help", "A worker who comes to the home."),
            ("Youth service and courses", "Clubs, mentoring, courses for parents."),
        ),
        text(("How we follow it up", "We agree who asks, and by when. We ask the family if help came. If it did not, it goes back to the meeting.")),
    ),
    next_steps="<p>Do you offer help in our area? Tell us, so that we can add it to our list.</p>",
)  # fmt: skip

PATHWAY = PageText(
    slug="working-with-camhs",
    title="Working with CAMHS",
    lede="CAMHS comes in when our own work is done and a need is still there. Where the risk is urgent, at once.",
    drawing="heart",
    body=(
        text(
            ("When", "As a rule after the cluster’s own work, and with the parents’ permission. Earlier, where there is a reason to. Urgent risk never waits."),
            ("What we send", "What was tried and how it went, what the child says, and the questionnaires with their dates."),
            ("While the family waits", "School stays in touch. Older children may like to talk to a counsellor online. Check that the service is meant for their age."),
        ),
        questions(
            "How do we know that it helps?",
            ("How is it measured?", "Each plan has a review. Questionnaires at the start, after about six weeks, and at the end show how things change."),
            ("What if it does not help?", "A plan that does not work is changed. We ask other services for advice."),
        ),
    ),
    next_steps="<p>Ask the Targeted Services Leader before you write. They know what has been sent already.</p>",
)  # fmt: skip

SECTION = PageText(
    kind="section",
    slug="for-schools-and-services",
    title="For schools and services",
    lede="You know who does what nearby. Two people do not do the same job. Worries about risk are heard by those who can act on them.",
    drawing="school",
    in_menu=True,
    fields={"readers": "schools"},
    next_steps="<p>Do you refer already? Sign in at the foot of this page. New here? Write and ask for the next meeting date.</p>",
    below=(REFER, AT_THE_TABLE, BROKERED, PATHWAY),
)  # fmt: skip
