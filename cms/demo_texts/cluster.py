"""The second service: schools and local services work together, and meet about each family that asks."""

from . import cluster_partners as partners
from .for_children import CHILDREN
from .for_families import FORMS, NO_DIAGNOSIS, PRIVATE, WAITING, WORDS, YEAR_7
from .languages import LANGUAGES
from .news import NEWS_OF_CLUSTER
from .other_help import AROUND_HARBOURSIDE, NATIONAL
from .parts import (
    HomeText,
    PageText,
    ServiceText,
    callout,
    cards,
    contact,
    downloads,
    in_order,
    other_help,
    questions,
    steps,
    text,
)
from .statements import ACCESSIBILITY, COMPLAINTS, PRIVACY

ASKING = "<p>Ring your child’s school and ask for the SENDCO. If you would rather, ask your doctor to write to us.</p>"

HOME = HomeText(
    hero_title="The right help for your family, early",
    hero_text="Schools, health, housing and youth workers near you plan together. You tell your story once, and one plan comes out of it.",
    buttons=(("How to ask for help", "when-school-is-worried"), ("What the meeting is", "support-and-guidance")),
    doors=(
        ("family", "I am a parent or carer", "What we can do for your family, and how to ask.", "for-parents"),
        ("child", "I am a child", "Who you can talk to, and what it is like.", "for-children"),
        ("school", "I work with families", "How to refer, and who sits at the table.", "for-schools-and-services"),
    ),
    steps=(
        ("You talk to school", "Staff listen, and talk with you about what is hard and what goes well. Your doctor can ask us too."),
        ("We look at the whole picture", "Home, health, school and friends. You tell us what you would like to change."),
        ("People meet and plan", "Those who can help sit round one table and agree who will do what."),
        ("We check that it helps", "If it does not, we change the plan. You are told each time."),
    ),
    body=(
        cards(
            "What help can look like",
            ("For your child", "Counselling or therapy in school, with one person who listens."),
            ("For you", "A course for parents, or someone to talk to at home."),
            ("For the household", "A word with housing, health or social care, so that they act together."),
            ("For school days", "Help with getting to school, and with getting on once there."),
        ),
        callout("We do not wait for a diagnosis", "We give none, and your child needs none to be helped. We look at what is hard, and start there."),
        contact("Not sure whom to ask?", "Start with your child’s school. You can write to us too. Please leave out your child’s name."),
    ),
)  # fmt: skip

CLUSTER_IS = PageText(
    slug="what-a-cluster-is",
    title="What a cluster is",
    lede="A cluster is a group of schools and local services that plan help for families as one. Each area does it in its own way.",
    drawing="table",
    body=(
        cards(
            "Who belongs to it",
            ("Schools", "They know the children, and are the first to see that something is wrong."),
            ("Health", "School nurses, doctors and NHS teams."),
            ("The council", "Housing, social care, and the youth and youth justice teams."),
            ("Charities", "Local groups that know families well."),
        ),
        text(("Why it helps", "Small worries can grow. When people act early and as one, fewer do. You get help that fits. You need not knock on ten front doors.")),
    ),
    next_steps="<p>Read how to ask for help, or write to us with a question.</p>",
)  # fmt: skip

LEADER = PageText(
    slug="the-targeted-services-leader",
    title="The Targeted Services Leader",
    lede="One person helps all the services to work as one. People call them the TSL. They see to it that what was promised is done.",
    drawing="family",
    body=(
        cards(
            "What they do",
            ("Bring people together", "They know who does what near you."),
            ("Lead the meeting", "They see to it that each person is heard, and that a plan comes out of it."),
            ("Keep an eye on the plan", "They ask each service if it did what it said."),
            ("Learn from it", "They look at what works, and what is missing in the area."),
        ),
        callout("What they do not see", "The TSL does not read what a child says to a therapist."),
    ),
    next_steps="<p>Has something in your plan not been done? Tell school. They tell the TSL.</p>",
)  # fmt: skip

WORRIED = PageText(
    kind="steps",
    slug="when-school-is-worried",
    title="What school does when it is worried",
    lede="Staff look out for each child. If they think that you and your child need more help, they come to you first.",
    drawing="school",
    fields={
        "steps": in_order(
            ("Staff see a need", "A teacher, or you, see that something is hard. You can come to school with a worry at any time."),
            ("School talks with you", "You say what is hard at home and what goes well. They say what they see."),
            ("You look at the whole picture", "With your yes, someone writes down what your family needs. It is called an Early Help Assessment. You see it."),
            ("School tries what it can", "Often help in school is enough."),
            ("School asks the cluster", "If it is not, and you agree, school brings it to the Support and Guidance meeting."),
            ("Help starts", "You are told who does what, and when."),
            ("You look again", "After some weeks you and school see if it helps. If not, the plan is changed."),
        )
    },
    body=(
        questions(
            "Good to know",
            ("Can someone else ask for us?", "Yes. Your doctor, or another service that knows you, can ask. School learns of it only if you agree."),
            ("What if I say no?", "Then it does not go to the meeting. School goes on helping as it can. You can say yes later."),
        ),
    ),
    next_steps=ASKING,
)  # fmt: skip

EXPECT = PageText(
    slug="what-you-can-expect",
    title="What you can expect from us",
    lede="We talk with you, we find help, and we check that it works. You agree to each step, and it costs you nothing.",
    drawing="heart",
    body=(
        steps(
            "Three promises",
            ("We talk with you", "We ask what is hard, what goes well, and what you would like to be different."),
            ("We find help", "That can be counselling, a course, or a hand from housing, health, youth or social care."),
            ("We check how it goes", "We ask you if it helps. If it does not, we try another way, and ask others for advice."),
        ),
        cards(
            "Help from others that we can find for you",
            ("Housing", "When your home is too small, too damp or not safe."),
            ("Health", "A nurse, a doctor, or help with sleep and food."),
            ("Social care", "When things at home are too much to carry on your own."),
            ("Youth service", "Clubs, and a grown-up who is not a teacher."),
        ),
        other_help("Courses and groups near you", "groups"),
    ),
    next_steps=ASKING,
)  # fmt: skip

MEETING = PageText(
    kind="steps",
    slug="support-and-guidance",
    title="The Support and Guidance meeting",
    lede="People from school, health, housing and other services meet to plan help for one family at a time. We talk with you before and after.",
    drawing="table",
    fields={
        "steps": in_order(
            ("Before", "School talks with you and fills in a short sheet. You agree what may be said."),
            ("On the day", "Each service says what it knows that matters. Only those who can help are in the room."),
            ("The plan", "They agree what would help, who does it, and by when."),
            ("After", "You get a letter in plain words. Someone you know talks it through with you."),
            ("Some weeks on", "They look at your plan again. You say what has changed."),
        )
    },
    body=(
        questions(
            "Good to know",
            ("Who sits there?", "It is not the same for each family: school, a nurse, a social worker, housing, the youth service, a local charity. Only those who can help."),
            ("Why so many people?", "So that no one has to guess. Each brings a piece. The plan is safer, and you need not tell your story again and again."),
            ("Do I come?", "Ask us. We tell you before and after what is said about your family."),
            ("What can come out of it?", "Counselling, help from another service, help at home, or a step up to social care when a child is not safe. At times it is advice and a date to look again."),
            ("What is written down?", "What they agreed, why, who will do it, and what was shared with whom. You can ask to see what is about you."),
        ),
    ),
    next_steps="<p>Would you like this for your family? Or do you have a question about it? Talk to your child’s school.</p>",
)  # fmt: skip

PARENTS = PageText(
    kind="section",
    slug="for-parents",
    title="For parents and carers",
    lede="If things are hard for your child or at home, talk to school. They can bring in other people who help, and you agree to each step.",
    drawing="family",
    in_menu=True,
    body=(downloads("To print, or to give to a friend", "families"),),
    next_steps=ASKING,
    below=(CLUSTER_IS, WORRIED, EXPECT, MEETING, LEADER, PRIVATE, FORMS, YEAR_7, NO_DIAGNOSIS, WAITING, WORDS),
)  # fmt: skip

TEAM = PageText(
    kind="team",
    slug="our-team",
    title="Our team",
    lede="We are the people who listen to your child in school. Each of us is on a public register, and each of us is checked.",
    drawing="heart",
    in_menu=True,
    body=(
        text(("Who else you may meet", "The Targeted Services Leader leads the meeting. Your school’s SENDCO is the person you know best. A nurse, a youth worker or a housing officer may help, too. They work for their own services.")),
    ),
    next_steps="<p>Do you want to know who would see your child? Ask at school.</p>",
)  # fmt: skip

ABOUT = PageText(
    slug="how-we-are-run",
    title="How we are run",
    lede="We are a partnership of schools and local services around Harbourside. No family pays for our help.",
    drawing="table",
    in_menu=True,
    body=(
        text(
            ("Who pays", "Schools and the council share the cost. It is public money, and each year we say what it was spent on."),
            ("Who looks after it", "A steering group meets each term. Heads, health and the council sit on it. They see numbers and never a name."),
            ("How we keep children safe", "All of us train each year. When someone is worried about a child, they tell the right person at once. That does not wait for a meeting."),
        ),
    ),
    next_steps="<p>Do you work with families near here? Read the pages for schools and services.</p>",
)  # fmt: skip

OTHER_HELP = PageText(
    kind="directory",
    slug="other-help",
    title="Other help",
    lede="Help nearby and online. You can use most of it today. For some of it, school asks for you.",
    drawing="sun",
    in_menu=True,
    next_steps="<p>Did something here not work, or do you know a place that we left out? Please tell us.</p>",
)  # fmt: skip

CONTACT = PageText(
    kind="contact",
    slug="contact",
    title="Write to us",
    lede="Ask us anything about the cluster. To ask for help for your family, talk to school first.",
    drawing="letter",
)  # fmt: skip

CLUSTER = ServiceText(
    strapline="Schools and services, helping families together",
    contact_email="hello@harbourside.example",
    contact_telephone="01632 960820",
    footer_text="A partnership of schools and local services. No family pays for our help.",
    home=HOME,
    pages=(
        PARENTS,
        CHILDREN,
        partners.SECTION,
        TEAM,
        ABOUT,
        OTHER_HELP,
        NEWS_OF_CLUSTER,
        CONTACT,
        LANGUAGES,
        PRIVACY,
        ACCESSIBILITY,
        COMPLAINTS,
    ),
    other_help=(*NATIONAL, *AROUND_HARBOURSIDE),
    colours={"brand": "#2a4b7c", "wash": "#e8eef7", "foot": "#1d3557", "accent": "#f4a259"},
)
