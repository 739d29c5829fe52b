"""The blocks that an editor builds a page from: few, and each says in its name what a reader gets."""

from wagtail import blocks

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
SHORT_FEATURES = ["bold", "italic", "ul", "link"]


class StepBlock(blocks.StructBlock):
    """One step: a few words and a sentence or two."""

    title = blocks.CharBlock(label="in a few words", max_length=60)
    text = blocks.TextBlock(label="in a sentence or two")

    class Meta:
        label = "step"
        icon = "list-ol"


class StepsBlock(blocks.StructBlock):
    """What happens, in order."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    steps = blocks.ListBlock(StepBlock(), label="steps", min_num=2, max_num=6)

    class Meta:
        label = "steps"
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class CalloutBlock(blocks.StructBlock):
    """Something that must not be missed."""

    kind = blocks.ChoiceBlock(label="kind", choices=[("info", "Good to know"), ("urgent", "Urgent")], default="info")
    heading = blocks.CharBlock(label="heading", max_length=80)
    text = blocks.RichTextBlock(label="text", features=SHORT_FEATURES)

    class Meta:
        label = "callout"
        icon = "warning"
        template = "cms/blocks/callout.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer, folded away until it is asked."""

    question = blocks.CharBlock(label="question", max_length=120)
    answer = blocks.RichTextBlock(label="answer", features=SHORT_FEATURES)

    class Meta:
        label = "question"
        icon = "help"


class ExpanderBlock(blocks.StructBlock):
    """Questions that people ask, each opening on a press."""

    heading = blocks.CharBlock(label="heading", max_length=80, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label="questions")

    class Meta:
        label = "questions and answers"
        icon = "collapse-down"
        template = "cms/blocks/expander.html"


class CardsBlock(blocks.StructBlock):
    """Things side by side, for example the kinds of therapy."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    cards = blocks.ListBlock(StepBlock(), label="cards", min_num=2, max_num=6)

    class Meta:
        label = "cards"
        icon = "grip"
        template = "cms/blocks/cards.html"


class ContactBlock(blocks.StructBlock):
    """Whom to ask. The address comes from the site's settings, so that it is changed in one place."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    text = blocks.TextBlock(label="text")

    class Meta:
        label = "contact"
        icon = "mail"
        template = "cms/blocks/contact.html"


class DoorBlock(blocks.StructBlock):
    """A way in from the home page, for one kind of reader."""

    picture = blocks.ChoiceBlock(
        label="drawing",
        choices=[("family", "Two people"), ("child", "A smile"), ("school", "A school")],
        default="family",
    )
    title = blocks.CharBlock(label="who they are", max_length=40)
    text = blocks.CharBlock(label="what they find", max_length=120)
    page = blocks.PageChooserBlock(label="page")

    class Meta:
        label = "door"
        icon = "link"


class ButtonBlock(blocks.StructBlock):
    """A button that says what it does."""

    text = blocks.CharBlock(label="words on it", max_length=40)
    page = blocks.PageChooserBlock(label="page")

    class Meta:
        label = "button"
        icon = "link"


class PageBlocks(blocks.StreamBlock):
    """All that a page of the website is built from."""

    text = blocks.RichTextBlock(label="text", features=TEXT_FEATURES, icon="pilcrow", template="cms/blocks/text.html")
    steps = StepsBlock()
    callout = CalloutBlock()
    expander = ExpanderBlock()
    cards = CardsBlock()
    contact = ContactBlock()

    class Meta:
        label = "page"
