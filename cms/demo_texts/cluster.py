"""The second service: schools and local services work together, and meet about each family that asks."""

from .parts import HomeText, PageText, ServiceText, callout, cards, contact, questions, steps
from .shared import ACCESSIBILITY, CHILDREN, PRIVACY

HOME = HomeText(
    hero_title="The right help for your family, early",
    hero_text="Schools, health, housing and youth workers near you plan together. You tell your story once, and one plan comes out of it.",
    buttons=(("How to ask for help", "for-parents"), ("What the meeting is", "support-and-guidance")),
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

PARENTS = PageText(
    slug="for-parents",
    title="For parents and carers",
    lede="If things are hard for your child or at home, talk to school. They can bring in other people who help, and you agree to each step.",
    in_menu=True,
    body=(
        steps(
            "What you can expect",
            ("We talk with you", "We ask what is hard, what goes well, and what you would like to be different."),
            ("We find help", "That can be counselling, a course, or a hand from housing, health, youth or social care."),
            ("We check how it goes", "We ask you whether it helps. If it does not, we try another way, and ask others for advice."),
        ),
        questions(
            "What parents ask us",
            ("What is the long talk about?", "It is called an assessment. It looks at all of your child’s life, and not just at school. Everyone then works from the same page. You can see what is written."),
            ("Who will know?", "Only people who can help, and only what they need. Before the meeting you say what may be shared. If someone may be hurt, we may have to share at once."),
            ("Do I come to the meeting?", "Ask us. We tell you before and after what is said about your family, and we write you a letter."),
            ("Can you give a diagnosis?", "No. Nobody here can. We can help with what you see each day, and we do not wait for a diagnosis to start."),
            ("What if it is not enough?", "When our work is done, we talk with you about what is still hard. If you agree, we ask CAMHS to help. That is the NHS team for children’s mental health."),
            ("What can we do while we wait?", "School stays in touch with you. Our help page has numbers that you and your child can use today. Some older children also like to talk to a counsellor online. Ask us which are right for their age."),
            ("What does it cost?", "Nothing for families."),
        ),
    ),
    next_steps="<p>Ring your child’s school and ask for the SENDCO. If you would rather, ask your doctor to write to us.</p>",
)  # fmt: skip

MEETING = PageText(
    slug="support-and-guidance",
    title="The Support and Guidance meeting",
    lede="People from school, health, housing and other services meet to plan help for one family at a time. We talk with you before and after.",
    in_menu=True,
    body=(
        steps(
            "What happens",
            ("Before", "School talks with you and fills in a short sheet. You agree what may be said."),
            ("On the day", "Each service says what it knows that matters. Only those who can help are in the room."),
            ("The plan", "The group agrees what would help, who does it, and by when."),
            ("After", "You get a letter in plain words. Someone you know talks it through with you."),
        ),
        questions(
            "Good to know",
            ("Who sits there?", "It differs from family to family: school, a nurse, a social worker, housing, the youth service, a local charity. Only those who can help."),
            ("Why so many people?", "So that nobody has to guess. When each one brings their piece, the plan is safer, and you need not tell your story again and again."),
            ("Who leads it?", "The Targeted Services Leader. They help the services to work as one, and watch that what was agreed is done."),
            ("What can come out of it?", "Counselling, support from another service, early help at home, or a step up to social care when a child is not safe. Sometimes it is advice and a date to look again."),
            ("What is written down?", "What was decided, why, who will do it, and what was shared with whom. You can ask to see what is about you."),
        ),
    ),
    next_steps="<p>Would you like this for your family? Or do you have a question about it? Talk to your child’s school.</p>",
)  # fmt: skip

PARTNERS = PageText(
    slug="for-schools-and-services",
    title="For schools and services",
    lede="Refer a family once. The cluster brings the right people together, and shows you what was agreed and what is still open.",
    in_menu=True,
    body=(
        steps(
            "How to refer",
            ("Talk with the family first", "Ask for their agreement, and for the child’s own view."),
            ("Send what you know", "What worries you, what works well, what you have tried, and any Early Help Assessment."),
            ("We put it to the meeting", "Or we say at once where help is nearer."),
            ("You hear from us", "You see the plan, your part in it, and the date of the review."),
        ),
        questions(
            "Working in the cluster",
            ("Who may refer?", "Schools and NHS services, and others who know the family well, such as a doctor’s surgery."),
            ("Why work like this?", "You know who does what nearby. Two people do not do the same job. Worries about risk are heard by those who can act on them."),
            ("When does CAMHS come in?", "As a rule after our own work, when a need is still there, and with the parents’ permission. Where the risk is urgent, at once."),
            ("How do you know that it helps?", "Each plan has a review. Questionnaires at the start, after about six weeks, and at the end show how things change. A plan that does not work is changed."),
        ),
    ),
    next_steps="<p>Do you refer already? Sign in at the foot of this page. New here? Write and ask for the next meeting date.</p>",
)  # fmt: skip

ABOUT = PageText(
    slug="what-a-cluster-is",
    title="What a cluster is",
    lede="A cluster is a group of schools and local services that plan help for families together. Each area does it a little differently.",
    in_menu=True,
    body=(
        cards(
            "Who belongs to it",
            ("Schools", "They know the children, and are the first to see that something is wrong."),
            ("Health", "School nurses, doctors and NHS teams."),
            ("The council", "Housing, social care, and the youth and youth justice teams."),
            ("Charities", "Local groups that know families well."),
        ),
        ("text", "<h2>What the Targeted Services Leader does</h2><p>The Targeted Services Leader, or TSL, helps all these people to work as one. The TSL leads the meetings and watches that each promise is kept. The TSL does not read what a child says to a therapist.</p><h2>Why it helps</h2><p>Small worries can grow. When people act early and together, fewer do. Families get help that fits, and need not find their way round ten front doors.</p>"),
    ),
    next_steps="<p>Read how to ask for help, or write to us with a question.</p>",
)  # fmt: skip

CLUSTER = ServiceText(
    strapline="Schools and services, helping families together",
    contact_email="hello@harbourside.example",
    footer_text="A partnership of schools and local services. No family pays for our help.",
    home=HOME,
    pages=(PARENTS, CHILDREN, MEETING, PARTNERS, ABOUT, PRIVACY, ACCESSIBILITY),
)
