"""The children's pages of both services, for 7 to 11 and for 11 to 14: one idea at a time."""

from .parts import PageText, helplines, idea, words

YOUNGER = PageText(
    kind="children",
    slug="7-to-11",
    title="If you are 7 to 11",
    lede="Some days are hard. You do not have to be on your own with it. Here is what we can do.",
    drawing="play",
    fields={"reader": "younger"},
    body=(
        idea("family", "Someone to talk to", "There is a kind grown-up who comes to your school. They have time for you. They will not be cross. You are not in trouble."),
        idea("play", "What is it like?", "You go to a quiet room. There are toys, paints and drums. You can talk. You can play or draw. You can be quiet, too."),
        idea("week", "When do I go?", "You go most weeks. It is the same day and the same person each time. You stop when you feel ready."),
        idea("lock", "Is it private?", "Yes. What you say stays with your grown-up. There is one thing to know. If you may get hurt, they must tell someone who can help. They will tell you first if they can."),
        idea("stop", "You can say no", "You do not have to go. You can stop at any time. You can say: “Not today.” That is fine."),
        idea("talk", "What do I say?", "Say what you like. You can start with: “I do not know what to say.”"),
    ),
    next_steps="<p>Tell a grown-up you trust at school. You can say: “I would like to talk to someone.” That is all.</p>",
)  # fmt: skip

OLDER = PageText(
    kind="children",
    slug="11-to-14",
    title="If you are 11 to 14",
    lede="Is life a lot right now? You can talk to someone at school. It is free, and it is your time.",
    drawing="talk",
    fields={"reader": "older"},
    body=(
        idea("talk", "Someone to talk to", "A counsellor is a person whose job is to listen. They do not take sides. They do not mark you. You can talk about home, friends, loss, fear or just a bad week."),
        idea("music", "What is it like?", "You meet in a quiet room at school, most weeks. You can talk, draw, play or make music. You choose what to talk about. You can also say very little."),
        idea("lock", "Is it private?", "What you say stays in the room. Your friends and your teachers are not told. If you or someone else may get hurt, the counsellor has to tell. They talk to you about it first if they can."),
        idea("stop", "You can say no", "It is up to you. You can try it once. You can stop. You can ask for someone else. No one will be cross."),
        idea("list", "A short form", "At the start, and again later, you tick a short list. It asks how things are. It is not a test. There is no wrong box."),
        idea("quiet", "While you wait", "There may be a wait. You can still talk to a grown-up you trust. You can call or text the numbers here at any time."),
    ),
    next_steps="<p>Talk to a teacher you like, or to your head of year. You can say: “I would like to see the counsellor.”</p>",
)  # fmt: skip

FEELINGS = PageText(
    kind="children",
    slug="feelings-words",
    title="Words for feelings",
    lede="It can be hard to say how you feel. These words may help. You can point at one.",
    drawing="sun",
    body=(
        words(
            "How does it feel?",
            ("Sad", "You may want to cry. You may not want to play. Your chest can feel heavy."),
            ("Cross", "You feel hot. You want to shout. Your hands may make fists."),
            ("Scared", "Your heart goes fast. Your tummy hurts. You want to hide."),
            ("Worried", "You think the same thing again and again. It is hard to sleep."),
            ("Left out", "It feels as if no one sees you."),
            ("Mixed up", "You feel two things at once. That can be so."),
            ("Calm", "You can breathe. You feel safe."),
            ("Proud", "You did a hard thing. It feels warm."),
        ),
        idea("heart", "All feelings are all right", "There are no bad feelings. Some are just hard to hold on your own."),
    ),
    next_steps="<p>Pick one word. Show it to a grown-up you trust. You do not need to say more.</p>",
)  # fmt: skip

PRIVATE = PageText(
    kind="children",
    slug="what-we-keep",
    title="What we write down",
    lede="We write some things down so that we can help you well. You can ask to see them.",
    drawing="letter",
    body=(
        idea("letter", "What is it?", "Your name, your school, and the days you came. Your grown-up makes a few notes. They help them to think about you."),
        idea("lock", "Who can see it?", "Only people who help you. They see just what they need. Your friends do not see it."),
        idea("talk", "You can ask", "You can ask what we keep. You can ask us to put a wrong thing right. Someone can help you ask."),
        idea("heart", "This website", "It does not follow you. It does not know who you are. You can read it and go."),
    ),
    next_steps="<p>Do you want to know more? Ask your grown-up at school, or someone at home.</p>",
)  # fmt: skip

CHILDREN = PageText(
    kind="children",
    slug="for-children",
    title="For children",
    lede="Is something hard right now? There is someone at school to talk to. You can talk, play, draw or make music.",
    drawing="child",
    in_menu=True,
    body=(helplines("You can call", "child"),),
    next_steps="<p>Tell a grown-up you trust. A teacher is a good start.</p>",
    below=(YOUNGER, OLDER, FEELINGS, PRIVATE),
)  # fmt: skip
