"""The first service: schools put money together for a team of therapists."""

from .parts import HomeText, PageText, ServiceText, callout, cards, contact, questions, steps
from .shared import ACCESSIBILITY, CHILDREN, PRIVACY

HOME = HomeText(
    hero_title="Someone to talk to, in your child’s own school",
    hero_text="We help children when life is hard: a loss, a worry, a change at home. They can talk, play, draw or make music with us. It costs families nothing.",
    buttons=(("How to get help", "for-parents"), ("I work in a school", "for-schools")),
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

PARENTS = PageText(
    slug="for-parents",
    title="For parents and carers",
    lede="You know your child best. If you are worried, talk to school. A therapist can work with your child there, and you do not pay.",
    in_menu=True,
    body=(
        ("text", "<h2>When we can help</h2><p>Your child may be sad, cross, shy or scared. Perhaps someone has died or moved out. Perhaps a friendship broke, or nobody knows why. You do not need to have a reason ready.</p>"),
        steps(
            "How it works",
            ("Talk to school", "Ask for the headteacher or the SENDCO. They listen, and talk with you about what could help."),
            ("Say yes, or no", "One person with parental responsibility must agree. You can change your mind at any time."),
            ("Meet the therapist", "Sometimes it helps to meet before the work starts. You can ask to."),
            ("Your child’s time", "Your child sees the same person most weeks. It goes on for as long as it is needed, not for a set number of weeks."),
            ("Look back, plan ahead", "After about six weeks, and at the end, we look at what has changed and what should come next."),
        ),
        questions(
            "What parents ask us",
            ("What will you tell me?", "We tell you how it is going, and what may help at home. What your child says in the room stays private, so that they feel free to talk."),
            ("When would you tell someone else?", "When we think that a child, or someone else, may be hurt. Then we tell the person at school who keeps children safe. We talk with you too, unless that would make things less safe."),
            ("What are the short forms?", "Each is called a strengths and difficulties questionnaire. It asks about feelings, friends, and things that go well. You and school fill one in at the start, after about six weeks, and at the end. It takes five minutes. It is not a test."),
            ("Does my child fill one in?", "From the age of 11, yes. A younger child does not. We ask them in their own way, and write down their own words."),
            ("Can you give a diagnosis?", "No. Nobody in our team can. Your child does not need one to come to us. We help with how your child feels and gets on."),
            ("What if my child needs more?", "Then we talk with you at the end. If you agree, we ask CAMHS to help. That is the NHS team for children’s mental health."),
            ("My child is in Year 6. What then?", "We help them to get ready for the new school. Some children go on seeing us for a short time in Year 7."),
            ("What does it cost me?", "Nothing. The school pays for the time."),
            ("How long is the wait?", "It depends on the school, and on how much a child needs it. School can tell you. While you wait, the numbers on our help page are there for you both."),
        ),
    ),
    next_steps="<p>Ring your child’s school. Ask to talk with the headteacher or the SENDCO. You can say: “I would like my child to see a counsellor.”</p>",
)  # fmt: skip

SCHOOLS = PageText(
    slug="for-schools",
    title="For schools",
    lede="Buy an agreed number of hours for the year. You and your therapist decide how to use them, and who is seen first.",
    in_menu=True,
    body=(
        steps(
            "How to refer a child",
            ("Talk with the family", "Tell them why you are thinking of it. Ask a person with parental responsibility to agree."),
            ("Send the referral", "The headteacher or the SENDCO sends it, after signing in. It saves as you go."),
            ("Decide together", "You and the therapist placed with you decide who comes next, by need."),
            ("Stay in touch", "The therapist shares ways to help in class, and looks at progress with you after about six weeks."),
        ),
        questions(
            "Hours and costs",
            ("What is in an hour?", "Time with the child, the notes and reports, and now and then a word with your staff."),
            ("What does it cost?", "It depends on your hours and where you are. Schools in our clusters pay a little less. Travel and supervision are in the price. Please ask us for this year’s rates."),
            ("We are outside the clusters. Can we join?", "Yes. Any school can buy hours from our team."),
            ("What if we run out?", "Ask for more. We are many schools, so there is often room to lend or move hours."),
            ("Can you do something other than one-to-one work?", "Yes. Tell us what your school needs: a group, a talk with staff, or help after a death. If we can, we will."),
        ),
        callout("Every September", "Please give your therapist your own safeguarding information for the new year. Your therapist cannot start well without it."),
        cards(
            "What you can rely on",
            ("Checked people", "A DBS check, insurance, and a professional body’s register, each with its date."),
            ("Yearly training", "Every therapist trains in safeguarding each year, and reads the new guidance."),
            ("Supervision", "Each has a supervisor of their own, and our team meets every half term."),
            ("Clear hours", "You agree the hours for the year with us. Ask us at any time how many are left."),
        ),
    ),
    next_steps="<p>Already with us? Sign in at the foot of this page. New to us? Write and tell us how many hours you have in mind.</p>",
)  # fmt: skip

ABOUT = PageText(
    slug="about-us",
    title="About us",
    lede="We are a not-for-profit service, set up by schools around Easterby, Wendham and Coldwell so that young children need not wait for help.",
    in_menu=True,
    body=(
        ("text", "<h2>Why we exist</h2><p>Primary schools saw children go through very hard things, with little help close by. So they put their money together. One shared team costs less than many small ones, and can go where it is needed. Public money for schools helps to keep the price down.</p>"),
        cards(
            "Who is in the team",
            ("Play therapists", "They use toys, sand, paint and stories."),
            ("A music therapist", "Children make music with them, and need not know how."),
            ("Psychodynamic counsellors", "They help a child to make sense of feelings, old and new."),
            ("A clinical supervisor", "They guide the team, and bring it together every half term."),
        ),
        ("text", "<h2>How we keep standards</h2><p>Each of us is on the register of a professional body, such as PTUK, UKCP, BACP or BAMT. Each of us trains in safeguarding every year. Each of us has supervision, where we think about our work with someone who has done it for long.</p><p>Most of us have worked in primary schools for years. We know the bell, the hall and the dinner queue.</p><h2>How we are run</h2><p>A steering group looks after the service. Headteachers sit on it. It meets each term and looks at the money, the training and how many children we help. It sees numbers and never a name. It also guides our coordinator. The coordinator and the supervisor choose together who goes to which school.</p>"),
    ),
    next_steps="<p>Would your school like to join us? Read the page for schools, or write to us.</p>",
)  # fmt: skip

COUNSELLING = ServiceText(
    strapline="Counselling in school, for children and their families",
    contact_email="hello@larkwell.example",
    footer_text="A not-for-profit service run with schools in Easterby, Wendham and Coldwell.",
    home=HOME,
    pages=(PARENTS, CHILDREN, SCHOOLS, ABOUT, PRIVACY, ACCESSIBILITY),
)
