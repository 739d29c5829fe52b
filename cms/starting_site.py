"""The website that a new service begins with: what must be there is public, all else is a draft to write over."""

from dataclasses import replace

from cms.demo_texts.for_children import CHILDREN
from cms.demo_texts.for_families import FORMS, NO_DIAGNOSIS, PRIVATE, WAITING, WORDS, YEAR_7
from cms.demo_texts.parts import HomeText, PageText, ServiceText
from cms.demo_texts.statements import ACCESSIBILITY, COMPLAINTS, PRIVACY

HOME = HomeText(
    hero_title="Someone to talk to, in school",
    hero_text="We help children in school when things are hard. Talk to your child’s school if you want our help.",
    buttons=(),
    doors=(),
    steps=(
        ("You talk to school", "Tell them what worries you, and what goes well."),
        ("We meet you", "You ask us all that you want to know."),
        ("Your child has time", "With the same person, most weeks, in a quiet room."),
        ("We look at how it goes", "Together with you and with school."),
    ),
)

PARENTS = PageText(
    kind="section",
    slug="for-parents",
    title="For parents and carers",
    lede="You know your child best. If you are worried, talk to school.",
    drawing="family",
    in_menu=True,
    next_steps="<p>Talk to your child’s school. They can ask us for you.</p>",
    below=(PRIVATE, FORMS, YEAR_7, NO_DIAGNOSIS, WAITING, WORDS),
)

TEAM = PageText(
    kind="team",
    slug="our-team",
    title="Our team",
    lede="Each of us is on a public register, and each of us is checked.",
    drawing="heart",
    in_menu=True,
)

OTHER_HELP = PageText(
    kind="directory",
    slug="other-help",
    title="Other help",
    lede="Help nearby and online.",
    drawing="sun",
    in_menu=True,
)

CONTACT = PageText(
    kind="contact",
    slug="contact",
    title="Write to us",
    lede="Ask us anything about the service. To ask for help for a child, talk to school first.",
    drawing="letter",
)


def text(*, contact_email: str) -> ServiceText:
    """Its words: none of them names a place, a person or a number of its own."""
    drafts = (PARENTS, CHILDREN, TEAM, OTHER_HELP, PRIVACY, ACCESSIBILITY, COMPLAINTS)
    return ServiceText(
        strapline="Help for children, in school",
        contact_email=contact_email,
        contact_telephone="",
        footer_text="",
        home=HOME,
        pages=(*(_draft(one) for one in drafts), CONTACT),
    )


def _draft(page: PageText) -> PageText:
    return replace(page, live=False, below=tuple(_draft(below) for below in page.below))
