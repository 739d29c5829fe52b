"""The first service's pages for schools."""

from .parts import PageText, callout, cards, in_order, packages, questions, steps, table, text

PARTNER = PageText(
    slug="become-a-partner",
    title="Become a partner",
    lede="Schools share one team of therapists. You buy hours for the year, and the team comes to you.",
    drawing="table",
    body=(
        cards(
            "What you can rely on",
            ("Checked people", "A DBS check, insurance, and a professional body’s register, each with its date."),
            ("Yearly training", "Every therapist trains in safeguarding each year, and reads the new guidance."),
            ("Supervision", "Each has a supervisor of their own, and our team meets every half term."),
            ("Clear hours", "You see your hours bought, used and left whenever you sign in."),
        ),
        questions(
            "Before you join",
            ("We are outside the clusters. Can we join?", "Yes. Any school can buy hours from our team. Schools in our clusters pay a little less."),
            ("Do we need a room?", "Yes: a quiet one, the same each week, where nobody looks in."),
            ("Whose are the records?", "The therapist’s notes are ours, and we keep them safe. You see what you need for your own work with the child."),
            ("When can we start?", "Most schools start in September. If we have hours to spare, sooner."),
        ),
    ),
    next_steps="<p>Write and tell us how many pupils you have, and how many hours you have in mind.</p>",
)  # fmt: skip

HOURS = PageText(
    kind="packages",
    slug="hours-and-costs",
    title="Hours, costs and packages",
    lede="You agree a number of hours for the year. Travel and supervision are in the price. Please ask us for this year’s rates.",
    drawing="week",
    fields={
        "packages": packages(
            ("A day a week", "For a school with several children who need us.", ("The same therapist all year", "Talks with parents and staff", "A report each term")),
            ("Half a day a week", "For a smaller school, or to begin with.", ("The same therapist all year", "Two or three children at a time")),
            ("Made for you", "A group, a talk with staff, or help after a death in the school.", ("We plan it with you", "Ask for what is not on this list")),
        )
    },
    body=(
        table(
            "What is in an hour",
            ("What", "Is it in the hour?"),
            ("Time with the child", "Yes"),
            ("Notes and reports", "Yes"),
            ("A word with your staff or with parents", "Yes"),
            ("Travel and supervision", "In the price, not in your hours"),
        ),
        questions(
            "What schools ask us",
            ("Who decides how the time is used?", "You and your therapist, by need."),
            ("What if we run out?", "Ask for more. We are many schools, so there is often room to lend or move hours."),
            ("What if a child is away?", "The hour was kept for your school. Your therapist may see another child, or write a report."),
        ),
    ),
    next_steps="<p>Already with us? Sign in at the foot of this page to see your hours. New to us? Ask for this year’s rates.</p>",
)  # fmt: skip

REFER = PageText(
    kind="steps",
    slug="how-to-refer",
    title="How to refer a child",
    lede="It takes ten minutes, and saves as you go. The headteacher or the SENDCO sends it.",
    drawing="list",
    fields={
        "steps": in_order(
            ("Talk with the family", "Tell them why you are thinking of it. Ask a person with parental responsibility to agree."),
            ("Ask the child", "Write down what they say, in their own words."),
            ("Send the referral", "Sign in and fill it in: what worries you, what goes well, what you have tried."),
            ("Decide together", "You and the therapist placed with you decide who comes next, by need."),
            ("Stay in touch", "The therapist shares ways to help in class, and looks at progress with you after about six weeks."),
        )
    },
    body=(callout("Is a child not safe?", "Do not refer. Tell your designated safeguarding lead at once, and children’s services.", kind="urgent"),),
    next_steps="<p>Sign in at the foot of this page, and choose “Refer a child”.</p>",
)  # fmt: skip

SEPTEMBER = PageText(
    slug="your-part-in-september",
    title="Safeguarding: your part in September",
    lede="Each September your therapist needs your own safeguarding information for the new year. They cannot start well without it.",
    drawing="lock",
    body=(
        steps(
            "What we need from you",
            ("Who leads", "The name and number of your safeguarding lead, and of the deputy."),
            ("Your policy", "The new one, with how you want to be told."),
            ("The building", "Where the room is, who signs visitors in, and what to do in a fire drill."),
            ("Who else helps", "Your nurse, your family worker, your early help team."),
        ),
        text(("What you get from us", "A letter for your single central record. It says that each therapist’s checks, training and insurance are in date.")),
    ),
    next_steps="<p>Sign in and add your documents to the library. Only your own staff and your therapists can open them.</p>",
)  # fmt: skip

PATHWAY = PageText(
    slug="clusters-and-camhs",
    title="Clusters, the meeting and CAMHS",
    lede="Counselling is one kind of help. This is how it fits with the cluster’s other help, and with CAMHS.",
    drawing="path",
    body=(
        text(
            ("The cluster", "Clusters bring schools, health, housing and other services together for one area. A Targeted Services Leader helps them to act as one."),
            ("The Support and Guidance meeting", "Some families need more than one service. Then the meeting brings those services round a table. Our therapist comes where it helps, and where the family agrees."),
            ("CAMHS", "As a rule we refer after our own work, when a need is still there, and with the parents’ permission. Where the risk is urgent, at once."),
            ("No diagnosis", "Nobody in our team can give one. We start with what is hard, and do not wait for a name for it."),
        ),
    ),
    next_steps="<p>Talk with your therapist before you write to CAMHS. Two letters that agree are read sooner.</p>",
)  # fmt: skip

SECTION = PageText(
    kind="section",
    slug="for-schools",
    title="For schools",
    lede="Buy an agreed number of hours for the year. You and your therapist decide how to use them, and who is seen first.",
    drawing="school",
    in_menu=True,
    fields={"readers": "schools"},
    next_steps="<p>Already with us? Sign in at the foot of this page. New to us? Write and tell us how many hours you have in mind.</p>",
    below=(PARTNER, HOURS, REFER, SEPTEMBER, PATHWAY),
)  # fmt: skip
