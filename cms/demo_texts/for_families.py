"""The pages for parents that both services share: what stays private, the forms, Year 7, the wait, and what we cannot do."""

from .parts import PageText, callout, cards, helplines, other_help, questions, steps, text, words

PRIVATE = PageText(
    slug="what-stays-private",
    title="What we tell you, and what stays private",
    lede="Your child needs a place where they can speak freely. You need to know that they are safe. We look after both.",
    drawing="lock",
    body=(
        cards(
            "Who is told what",
            ("You", "How it is going, and what may help at home. We tell you when we meet, and at the end."),
            ("School", "What may help in class. School is told that your child comes, and when."),
            ("Your child", "What we will say to you, before we say it. They can help to choose the words."),
            ("No one else", "Friends, other parents and other staff are not told."),
        ),
        callout("When we must tell", "If we think that a child or someone else may be hurt, we tell the person at school who keeps children safe. We talk with you too, unless that would make things less safe."),
        questions(
            "What parents ask us",
            ("Can I read the notes?", "You can ask what we hold about your child. We look at it with you. We also ask your child, if they are old enough to have a say."),
            ("Will it be on my child’s school record?", "No. Our notes are kept apart from school. School keeps a line that says when your child came."),
            ("Who at home must agree?", "One person with parental responsibility. If two of you do not agree, talk to us first. We listen to both."),
        ),
    ),
    next_steps="<p>Do you have a worry about this? Say so when you meet the therapist. Or ask school to let us know.</p>",
)  # fmt: skip

FORMS = PageText(
    slug="the-questionnaires",
    title="The short forms",
    lede="You and school each fill in a short form, three times. It shows us what is hard, and if our help is working.",
    drawing="list",
    body=(
        text(("What it is", "It is called a strengths and difficulties questionnaire, or SDQ. It asks about feelings, friends, and things that go well. It takes five minutes. It is not a test, and there is no pass or fail.")),
        steps(
            "When you fill it in",
            ("At the start", "So that we know where your child is now."),
            ("After about six weeks", "We look at what has changed, and talk with you about it."),
            ("At the end", "To see how far your child has come, and what comes next."),
        ),
        questions(
            "What parents ask us",
            ("Does my child fill one in?", "From the age of 11, yes. A younger child does not. We ask them in their own way, and write down their own words."),
            ("Does it tell me what is wrong?", "No. It names no illness. It is one of many things that help us to see your child."),
            ("What if I cannot read it well?", "Tell us. Someone reads it with you, or finds it in your language."),
            ("Who sees it?", "The therapist, and the person who guides the therapist. School sees its own form."),
        ),
    ),
    next_steps="<p>Have you been given a form? Fill it in by yourself, in a quiet moment. Give it back to school in its envelope.</p>",
)  # fmt: skip

YEAR_7 = PageText(
    slug="moving-to-year-7",
    title="Moving to Year 7",
    lede="A new school is a big step. We help your child get ready, and we can stay for a short time after the move.",
    drawing="path",
    body=(
        steps(
            "How we help",
            ("In the spring", "We talk with your child about the move: what they look forward to, and what scares them."),
            ("In the summer term", "With your yes, we talk with the new school. They learn what helps, and no more."),
            ("In September", "Some children see us for a few more weeks. You, both schools and your child agree to it."),
            ("Then", "We say goodbye well. Your child knows whom to ask at the new school."),
        ),
        questions(
            "Good to know",
            ("What does the new school learn?", "Only what you agree to. Often that is what calms your child, and whom they trust."),
            ("Who pays?", "The schools agree that between them. You do not pay."),
            ("How can I help at home?", "Try the way to school together. Meet one child who goes there too. Talk about what will stay the same."),
        ),
    ),
    next_steps="<p>Is your child in Year 6? Talk to us before Easter, so that there is time.</p>",
)  # fmt: skip

NO_DIAGNOSIS = PageText(
    slug="what-we-cannot-do",
    title="What we cannot do",
    lede="We do not give a diagnosis, and your child does not need one to be helped. We start with what is hard each day.",
    drawing="stop",
    body=(
        text(
            ("No diagnosis", "It is hard when you feel that something is wrong and no one gives it a name. No one in our team can name an illness. What we can do is help with what you see: the tears, the fights, the sleepless nights. We do not wait for a name before we start."),
            ("No quick fix", "We do not make a child behave. We help a child to feel safe, and to find words. That takes time."),
            ("No help in an emergency", "We are not there at night or in the holidays. If your child is not safe, use our help page now."),
        ),
        steps(
            "If your child needs more",
            ("We finish what we began", "We look with you at what is better, and what is still hard."),
            ("We talk about CAMHS", "That is the NHS team for children’s mental health."),
            ("You say yes or no", "If you agree, we ask them to see your child. We tell you what we write."),
            ("If it cannot wait", "When a child is at risk, we ask for help at once."),
        ),
    ),
    next_steps="<p>Tell us what a hard day looks like at home. That is the best place to start.</p>",
)  # fmt: skip

WAITING = PageText(
    slug="while-you-wait",
    title="While you wait",
    lede="There may be a wait. Here is what you and your child can do today, and how to tell us if things get worse.",
    drawing="quiet",
    body=(
        cards(
            "At home",
            ("A time each day", "Ten minutes with no phone. Let your child choose what you do."),
            ("Say what you see", "“You look sad today.” You need not fix it. To be seen helps."),
            ("Keep some things the same", "Meals, bedtime, a story. It makes the day feel safe."),
            ("Look after you", "You matter too. Talk to someone about how you are."),
        ),
        callout("Is it getting worse?", "Do not wait for your turn. Tell school what has changed, and they tell us. If your child is not safe, go to our help page now.", kind="urgent"),
        helplines("Someone for you to talk to", "adult"),
        other_help("Help with feelings that you can use now", "feelings"),
    ),
    next_steps="<p>Ask school who keeps in touch with you while you wait. Ask what they can do in class now.</p>",
)  # fmt: skip

WORDS = PageText(
    slug="words-people-use",
    title="Words that people use",
    lede="Schools use a lot of short words. Here is what they mean. It is always fine to ask.",
    drawing="talk",
    body=(
        words(
            "Ten words",
            ("SENDCO", "The teacher who plans extra help in a school."),
            ("DSL", "The person at school who keeps children safe. It stands for designated safeguarding lead."),
            ("CAMHS", "The NHS team for children’s mental health."),
            ("Consent", "Your yes. You can take it back at any time."),
            ("Referral", "When school asks us to help a child."),
            ("Parental responsibility", "The right to decide for a child. Mums have it. Most dads do. Others can get it."),
            ("Therapist", "A person who has learned how to help with feelings."),
            ("Cluster", "Schools near each other that work as a group."),
            ("Early Help Assessment", "A talk about what your whole family needs. It is written down, and you see it."),
            ("Safeguarding", "All that people do to keep children safe."),
        ),
    ),
    next_steps="<p>Did someone use a word that is not here? Ask them what it means. Then tell us, and we add it.</p>",
)  # fmt: skip

ASKING = "<p>Ring your child’s school. Ask to talk with the headteacher or the SENDCO. You can say: “I would like my child to see a counsellor.”</p>"
