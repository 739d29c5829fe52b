"""What both services owe their readers in writing: privacy, accessibility, complaints."""

from .parts import PageText, steps, text

PRIVACY = PageText(
    kind="policy",
    slug="privacy",
    title="Privacy and cookies",
    lede="You can read this website without being followed. We set no cookies when you visit, and we count no visitors.",
    body=(
        text(
            ("This website", "We use no trackers. We show nothing from other websites. When staff sign in, one cookie keeps them signed in. It goes when they sign out. If you write to us, we keep your message for 90 days. One person reads it."),
            ("When your child works with us", "We keep notes, so that we can help well and safely. We keep only what we need. People see only what their job needs. Your child’s therapist keeps their own notes private."),
            ("What you can ask for", "<ul><li>You can ask what we hold about you or your child.</li><li>You can ask us to put a mistake right.</li><li>You can take back your yes at any time.</li></ul>"),
            ("When we share", "We share when you agree. If we fear that someone may be hurt, we may have to share at once. We tell you, unless that would put someone at risk."),
            ("How long we keep it", "As long as the law asks for, and no longer. For most notes that is until your child is 25. Then a person looks at them and wipes them."),
        ),
    ),
    next_steps="<p>To ask for what we hold, write to us. We answer within one month. There is also a page about this for children.</p>",
)  # fmt: skip

ACCESSIBILITY = PageText(
    kind="policy",
    slug="accessibility",
    title="Accessibility",
    lede="We want everyone to be able to use this website. Tell us if some of it does not work for you.",
    body=(
        text(
            ("What you can do", "<ul><li>Make the words up to four times as big.</li><li>Use only a keyboard.</li><li>Listen with a screen reader.</li><li>Use it on a small phone, in light or dark colours.</li><li>Turn off moving things.</li></ul>"),
            ("What we aim for", "We build to a standard called WCAG 2.2, level AA. We use short words and short sentences. Each page is tested by a program and by people with a keyboard. A page that falls short is a fault, and we put it right."),
            ("What does not work yet", "We know of nothing that does not work. Films on other websites may have no sign language. We write what is said in them below the link."),
            ("Another way to read this", "We can read a page to you by phone, or send it in large print. We have pages in easy read and in other languages."),
        ),
    ),
    next_steps="<p>Tell us which page it was and what went wrong. We reply within five school days.</p>",
)  # fmt: skip

COMPLAINTS = PageText(
    kind="policy",
    slug="if-something-goes-wrong",
    title="If something goes wrong",
    lede="If you are not happy with us, please say so. It will not change how we treat you or your child.",
    fields={"offers_leave": True},
    body=(
        steps(
            "What you can do",
            ("Talk to the person", "Tell the therapist, or someone at school. Many things can be put right at once."),
            ("Write to the coordinator", "Say what happened, and what you would like. You get an answer within ten school days."),
            ("Ask the steering group", "If you are still not happy, they look at it. They did not do the work, so they can see it from outside."),
            ("Go to the professional body", "Each of us is on a public register. It can look into what we did."),
        ),
        text(
            ("Are you worried about how an adult treats a child?", "Tell the headteacher, or children’s services at your council. You need not be sure. You can also ring the NSPCC. The number is on our help page."),
            ("Can a child complain?", "Yes. A child can tell any grown-up. We write down what they say, in their words."),
        ),
    ),
    next_steps="<p>Do you want someone with you when we talk? Bring a friend, or ask us to find someone.</p>",
)  # fmt: skip
