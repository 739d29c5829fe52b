"""The first service: schools put money together for a team of therapists."""

from . import counselling_schools as schools
from .for_children import CHILDREN
from .for_families import ASKING, FORMS, NO_DIAGNOSIS, PRIVATE, WAITING, WORDS, YEAR_7
from .languages import LANGUAGES
from .news import NEWS_OF_COUNSELLING
from .other_help import AROUND_LARKWELL, NATIONAL
from .parts import HomeText, PageText, ServiceText, callout, cards, contact, downloads, in_order, questions, quote, text
from .statements import ACCESSIBILITY, COMPLAINTS, PRIVACY

HOME = HomeText(
    hero_title="Someone to talk to, in your child’s own school",
    hero_text="We help children when life is hard: a loss, a worry, a change at home. They can talk, play, draw or make music with us. It costs families nothing.",
    buttons=(("How to get help", "how-to-ask"), ("I work in a school", "for-schools")),
    doors=(
        ("family", "I am a parent or carer", "What we do, how to ask for it, and what you will be told.", "for-parents"),
        ("child", "I am a child", "What it is like to come. You can stop at any time.", "for-children"),
        ("school", "I work in a school", "How to refer a child, and how hours and costs work.", "for-schools"),
    ),
    steps=(
        ("You talk to school", "Tell the headteacher or the SENDCO, who plans extra help. Nothing starts until you say yes."),
        ("We get to know you", "The therapist may meet you first. You and school each fill in a short form."),
        ("Your child comes to us", "Most weeks, in a quiet room at school, with the same person each time."),
        ("We look at how it goes", "After about six weeks we look at it with you. We do so again at the end."),
    ),
    body=(
        cards(
            "How we listen",
            ("Play therapy", "Children often show in play what they cannot yet say. The therapist plays along and listens."),
            ("Music therapy", "Drums, bells, a song of one’s own: making sounds together can say a lot."),
            ("Counselling", "Time to talk and think with one person who listens, and who looks at what lies beneath."),
            ("A supervisor", "An experienced therapist helps the team to think about each child’s work."),
        ),
        callout("You do not pay", "Schools put their money together and share one team. Each of them gets more that way. No family is ever sent a bill."),
        contact("Not sure if this is for you?", "Ask at your child’s school first. You can also write to us. Please leave out your child’s name."),
    ),
    notice="Music therapy has come to our schools in Coldwell.",
)  # fmt: skip

WHAT_IT_IS = PageText(
    slug="what-counselling-is",
    title="What counselling is",
    lede="It is time with someone who listens well. Your child can talk, play, draw or make music, and find a way through a hard time.",
    drawing="heart",
    body=(
        text(("When it can help", "Your child may be sad, cross, shy or scared. Perhaps someone has died or moved out. Perhaps a friendship broke, or nobody knows why. You do not need to have a reason ready.")),
        cards(
            "Kinds of help",
            ("Play", "With toys, sand and paint, a child can show what is hard to say."),
            ("Music", "Your child need not know how to play. Sounds can say what words cannot."),
            ("Talk", "For a child who likes words: time to think, with someone who does not judge."),
            ("Art", "Making a thing can make a feeling small enough to look at."),
        ),
        quote("He came home and told me that someone has time for him. That was all he said. It was a lot.", "A parent, made up for this page"),
        questions(
            "What parents ask us",
            ("Is it like school?", "No. There are no marks and no right answers."),
            ("Is something wrong with my child?", "No. All children have hard times. Some need a hand to get through."),
            ("How long does it go on?", "For as long as it is needed. We do not stop after a set number of weeks. We look at it with you after about six weeks."),
            ("What does it cost me?", "Nothing. The school pays for the time."),
        ),
    ),
    next_steps=ASKING,
)  # fmt: skip

HOW_TO_ASK = PageText(
    kind="steps",
    slug="how-to-ask",
    title="How to ask for it",
    lede="Talk to school. They can ask us for you. Nothing starts until you say yes.",
    drawing="phone",
    fields={
        "steps": in_order(
            ("You talk to school", "Ask for the headteacher or the SENDCO. Tell them what worries you, and what goes well."),
            ("School talks with us", "With your yes, they tell us what they see. You can read what they write."),
            ("School and therapist decide", "They look at who needs help most, and who has waited long. You are told what they say."),
            ("You meet the therapist", "Often you meet before the first time. You can bring someone with you."),
            ("Your child starts", "In a quiet room at school. Your child can say no, too."),
        )
    },
    body=(
        questions(
            "Good to know",
            ("Can my doctor ask?", "Yes. A doctor, or someone else who knows you, can ask us. School learns of it only if you agree."),
            ("What if school says no?", "Ask why, and what would help now. You can write to us, too."),
            ("How long is the wait?", "It depends on the school, and on how much a child needs it. School can tell you."),
        ),
    ),
    next_steps=ASKING,
)  # fmt: skip

WHAT_HAPPENS = PageText(
    kind="steps",
    slug="what-happens",
    title="What happens",
    lede="Your child sees the same person, most weeks, for as long as it is needed. You are told how it goes.",
    drawing="week",
    fields={
        "steps": in_order(
            ("A first talk with you", "You tell us about your child: what they love, what is hard, who matters."),
            ("Short forms", "You and school each fill one in. It takes five minutes."),
            ("Your child’s time", "Nearly an hour, in a quiet room. Your child chooses what to do."),
            ("After about six weeks", "We look with you at what has changed. If it does not help, we try another way."),
            ("Help in class", "With your yes, we tell school what may help, such as a calm place to go."),
            ("A good goodbye", "We plan the end with your child. You get a short note on what comes next."),
        )
    },
    next_steps="<p>Do you have a day that is hard for you? Tell school before the first talk. We find a time that works.</p>",
)  # fmt: skip

WORRIED = PageText(
    kind="steps",
    slug="when-school-is-worried",
    title="When school is worried",
    lede="School may see that your child has a hard time before you do. This is what they do, step by step.",
    drawing="school",
    fields={
        "steps": in_order(
            ("Someone sees it", "A teacher sees that your child is not as they were."),
            ("They help at once", "They find small things that help in class, and see if they do."),
            ("They talk with you", "They ask what you see at home, and tell you what they see at school."),
            ("You choose together", "It may be help in class, a talk with a nurse, or us. Nothing starts without your yes."),
            ("They look again", "After some weeks you meet again, and see what has changed."),
        )
    },
    body=(callout("If a child may be hurt", "Then school must act at once, and may not be able to ask you first. They tell you as soon as it is safe."),),
    next_steps="<p>Are you worried, and school has said nothing? Ask for a talk. You know your child best.</p>",
)  # fmt: skip

PARENTS = PageText(
    kind="section",
    slug="for-parents",
    title="For parents and carers",
    lede="You know your child best. If you are worried, talk to school. A therapist can work with your child there, and you do not pay.",
    drawing="family",
    in_menu=True,
    body=(downloads("To print, or to give to a friend", "families"),),
    next_steps=ASKING,
    below=(WHAT_IT_IS, HOW_TO_ASK, WHAT_HAPPENS, PRIVATE, FORMS, WORRIED, YEAR_7, NO_DIAGNOSIS, WAITING, WORDS),
)  # fmt: skip

TEAM = PageText(
    kind="team",
    slug="our-team",
    title="Our team",
    lede="We are therapists who work in schools all week. Each of us is on a public register, and each of us is checked.",
    drawing="heart",
    in_menu=True,
    body=(
        cards(
            "How we stay good at it",
            ("On a register", "Each of us belongs to a professional body, such as PTUK, UKCP, BACP or BAMT."),
            ("Checked", "We have a DBS check and insurance. Your school sees the dates."),
            ("Trained each year", "We learn again each year how to keep children safe."),
            ("Not alone", "Each has a supervisor. Each half term we all meet and think about our work."),
        ),
        text(("We know schools", "Most of us have worked in primary schools for years. We know the bell, the hall and the dinner queue.")),
    ),
    next_steps="<p>Do you want to know who comes to your school? Ask at the office.</p>",
)  # fmt: skip

ABOUT = PageText(
    slug="how-we-are-run",
    title="How we are run",
    lede="We are a not-for-profit service. Schools around Easterby, Wendham and Coldwell set it up so that young children need not wait for help.",
    drawing="table",
    in_menu=True,
    body=(
        text(
            ("Why we exist", "Primary schools saw children go through very hard things, with little help close by. So they put their money together. One shared team costs less than many small ones, and can go where it is needed. Public money for schools helps to keep the price down."),
            ("The steering group", "A steering group looks after the service. Headteachers sit on it. It meets each term and looks at the money, the training and how many children we help. It sees numbers and never a name."),
            ("Who does what", "The coordinator runs the service from day to day. The coordinator and the supervisor choose together who goes to which school. The steering group guides the coordinator."),
            ("How we keep children safe", "Each of us trains in safeguarding each year. Each school tells us every September whom to go to. If we are worried about a child, we tell that person at once."),
        ),
    ),
    next_steps="<p>Would your school like to join us? Read the pages for schools, or write to us.</p>",
)  # fmt: skip

OTHER_HELP = PageText(
    kind="directory",
    slug="other-help",
    title="Other help",
    lede="Help nearby and online. You can use most of it today, and most of it is free.",
    drawing="sun",
    in_menu=True,
    next_steps="<p>Did something here not work, or do you know a place that we left out? Please tell us.</p>",
)  # fmt: skip

CONTACT = PageText(
    kind="contact",
    slug="contact",
    title="Write to us",
    lede="Ask us anything about the service. To ask for help for a child, talk to school first.",
    drawing="letter",
)  # fmt: skip

COUNSELLING = ServiceText(
    strapline="Counselling in school, for children and their families",
    contact_email="hello@larkwell.example",
    contact_telephone="01632 960800",
    footer_text="A not-for-profit service run with schools in Easterby, Wendham and Coldwell.",
    home=HOME,
    pages=(
        PARENTS,
        CHILDREN,
        schools.SECTION,
        TEAM,
        ABOUT,
        OTHER_HELP,
        NEWS_OF_COUNSELLING,
        CONTACT,
        LANGUAGES,
        PRIVACY,
        ACCESSIBILITY,
        COMPLAINTS,
    ),
    other_help=(*NATIONAL, *AROUND_LARKWELL),
)
