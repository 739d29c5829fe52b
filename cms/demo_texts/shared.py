"""What both services say in the same words: children, help now, privacy, accessibility, and the helplines."""

from typing import Any

from .parts import PageText, callout, questions, steps

CHILDREN = PageText(
    slug="for-children",
    title="For children",
    lede="Is something hard right now? There is someone at school to talk to. You can talk, play, draw or make music.",
    in_menu=True,
    offers_contact=False,
    body=(
        steps(
            "What it is like",
            ("You meet your person", "It is the same grown-up each time. They will not be cross. You are not in trouble."),
            ("You choose what to do", "You can talk. You can play or draw. You can be quiet too."),
            ("You come back", "You come most weeks. You stop when you feel ready."),
        ),
        questions(
            "Things you may want to ask",
            ("Do I have to go?", "No. You can say no. You can stop at any time."),
            ("Will you tell my mum or dad?", "What you say stays with us. If we think you may get hurt, we must tell someone who can help. We will tell you first if we can."),
            ("Will my friends know?", "Only if you tell them. We find a quiet way for you to come."),
            ("What do I say?", "Say what you like. You can start with “I do not know what to say”. That is fine."),
            ("What if I do not like it?", "Tell us, or tell a grown-up you trust. We will try to make it better."),
        ),
        callout("Do you feel unsafe?", "Tell a grown-up now. You can call Childline on <a href=\"tel:08001111\">0800 1111</a>. It is free, day and night. If you are in danger, call <a href=\"tel:999\">999</a>.", kind="urgent"),
    ),
    next_steps="<p>Tell a grown-up you trust at school. You can say: “I would like to talk to someone.” That is all you need to say.</p>",
)  # fmt: skip

PRIVACY = PageText(
    slug="privacy",
    title="Privacy and cookies",
    lede="You can read this website without being followed. We set no cookies when you visit, and we count no visitors.",
    in_footer=True,
    body=(
        (
            "text",
            "<h2>This website</h2><p>We use no trackers. We show nothing from other websites. When staff sign in, one cookie "
            "keeps them signed in. It goes when they sign out.</p>"
            "<h2>When your child works with us</h2><p>We keep notes, so that we can help well and safely. We keep only what "
            "we need. People see only what their job needs. Your child’s therapist keeps their own notes private.</p>"
            "<h2>What you can ask for</h2><ul><li>You can ask what we hold about you or your child.</li>"
            "<li>You can ask us to put a mistake right.</li><li>You can take back your yes at any time.</li></ul>"
            "<h2>When we share</h2><p>We share when you agree. If we fear that someone may be hurt, we may have to share "
            "at once. We tell you, unless that would put someone at risk.</p>",
        ),
    ),
    next_steps="<p>To ask for what we hold, write to us. We answer within one month.</p>",
)

ACCESSIBILITY = PageText(
    slug="accessibility",
    title="Accessibility",
    lede="We want everyone to be able to use this website. Tell us if some of it does not work for you.",
    in_footer=True,
    body=(
        (
            "text",
            "<h2>What you can do</h2><ul><li>Make the words up to four times as big.</li><li>Use only a keyboard.</li>"
            "<li>Listen with a screen reader.</li><li>Use it on a small phone, in light or dark colours.</li></ul>"
            "<h2>What we aim for</h2><p>We build to a standard called WCAG 2.2, level AA. We use short words and short "
            "sentences. A page that falls short is a fault, and we put it right.</p>"
            "<h2>Another way to read this</h2><p>We can read a page to you by phone, or send it in large print.</p>",
        ),
    ),
    next_steps="<p>Tell us which page it was and what went wrong. We reply within five school days.</p>",
)

HELP: dict[str, Any] = {
    "title": "Get help now",
    "lede": "You do not need to be sure that it is serious. If you are worried, ask someone now.",
    "emergency_text": "Is someone badly hurt, or about to be? Do not wait for us. Call now.",
}

LIBRARY: dict[str, Any] = {
    "title": "Safeguarding library",
    "intro": "<p>Documents for the people who work with us. You see those of the team and of your own schools. "
    "Each time you open one, we write it down.</p>",
}

HELPLINES: tuple[dict[str, Any], ...] = (
    {"name": "Police, ambulance, fire", "number": "999", "who_for": "When someone is in danger now.", "hours": "Day and night", "emergency": True, "position": 1},
    {"name": "Samaritans", "number": "116 123", "who_for": "If you need to talk to someone, about anything.", "hours": "Day and night, free", "position": 3},
    {"name": "SHOUT", "way": "text", "word": "SHOUT", "number": "85258", "who_for": "If you would rather text than talk.", "hours": "Day and night, free from most phones", "position": 4},
    {"name": "Childline", "number": "0800 1111", "audience": "child", "who_for": "For anyone under 19, about anything at all.", "hours": "Day and night, free", "position": 1},
    {"name": "NSPCC", "number": "0808 800 5000", "audience": "adult", "who_for": "If you are worried about a child.", "hours": "Weekdays, in the day", "position": 1},
    {"name": "YoungMinds for parents", "number": "0808 802 5544", "audience": "adult", "who_for": "If you are worried about how your child feels.", "hours": "Weekdays, in the day", "position": 2},
)  # fmt: skip

CRISIS_LINE = {
    "crisis_line_name": "Your local NHS crisis team",
    "crisis_line_number": "111",
    "crisis_line_note": "Choose the mental health option. They know the teams near you.",
}
