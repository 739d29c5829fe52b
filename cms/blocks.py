"""The blocks that an editor builds a page from: few, and each says in its name what a reader gets."""

from django.core.validators import URLValidator
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.directory import TOPICS
from cms.drawings import DRAWINGS

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


class IdeaBlock(blocks.StructBlock):
    """One idea beside a picture: our own drawing, or a picture of yours. Never one of a sad child."""

    drawing = blocks.ChoiceBlock(label="drawing", choices=DRAWINGS, default="talk")
    picture = ImageChooserBlock(label="or a picture of yours", required=False)
    heading = blocks.CharBlock(label="heading", max_length=80)
    text = blocks.RichTextBlock(label="text", features=SHORT_FEATURES)

    class Meta:
        label = "picture beside words"
        icon = "image"
        template = "cms/blocks/idea.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said. Never a real child, and nobody who could be known by it."""

    words = blocks.TextBlock(label="words", max_length=300)
    who = blocks.CharBlock(
        label="who", max_length=80, help_text="For example: a parent, or: a headteacher. Never a child’s words or name."
    )

    class Meta:
        label = "quotation"
        icon = "openquote"
        template = "cms/blocks/quote.html"


class WordBlock(blocks.StructBlock):
    """One word, explained."""

    word = blocks.CharBlock(label="word", max_length=60)
    meaning = blocks.TextBlock(label="what it means")

    class Meta:
        label = "word"
        icon = "info-circle"


class WordsBlock(blocks.StructBlock):
    """Words that people here use, explained: nothing to hover over."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    words = blocks.ListBlock(WordBlock(), label="words", min_num=1, max_num=20)

    class Meta:
        label = "words explained"
        icon = "info-circle"
        template = "cms/blocks/words.html"


class PictureBlock(blocks.StructBlock):
    """A picture as wide as the page. Never of a child who could be known."""

    picture = ImageChooserBlock(label="picture")
    caption = blocks.CharBlock(label="caption", max_length=160, required=False)

    class Meta:
        label = "picture"
        icon = "image"
        template = "cms/blocks/picture.html"


class TableBlock(blocks.StructBlock):
    """Rows and columns, where words would be harder to read."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    table = TypedTableBlock([("words", blocks.CharBlock()), ("text", blocks.RichTextBlock(features=SHORT_FEATURES))])

    class Meta:
        label = "table"
        icon = "table"
        template = "cms/blocks/table.html"


class HelplinesBlock(blocks.StructBlock):
    """Numbers to ring, from the list of helplines that somebody checks."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    audience = blocks.ChoiceBlock(
        label="for", choices=[("child", "Children"), ("adult", "Adults"), ("anyone", "Anyone")], default="child"
    )

    class Meta:
        label = "helplines"
        icon = "mobile-alt"
        template = "cms/blocks/helplines.html"


class PeopleBlock(blocks.StructBlock):
    """The team, from the register: those who agreed to be shown."""

    heading = blocks.CharBlock(label="heading", max_length=80)

    class Meta:
        label = "our team"
        icon = "group"
        template = "cms/blocks/people.html"


class OtherHelpBlock(blocks.StructBlock):
    """Entries of other help on one topic."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    topic = blocks.ChoiceBlock(label="topic", choices=TOPICS)

    class Meta:
        label = "other help"
        icon = "site"
        template = "cms/blocks/other_help.html"


class DownloadsBlock(blocks.StructBlock):
    """Files to download, from the website's list of them. Nothing of the library is on that list."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    readers = blocks.ChoiceBlock(
        label="for",
        choices=[
            ("families", "Parents and carers"),
            ("children", "Children"),
            ("schools", "Schools"),
            ("all", "Everybody"),
        ],
        default="families",
    )

    class Meta:
        label = "files to download"
        icon = "download"
        template = "cms/blocks/downloads.html"


class ContactBlock(blocks.StructBlock):
    """Whom to ask. The address comes from the site's settings, so that it is changed in one place."""

    heading = blocks.CharBlock(label="heading", max_length=80)
    text = blocks.TextBlock(label="text")

    class Meta:
        label = "contact"
        icon = "mail"
        template = "cms/blocks/contact.html"


class VideoBlock(blocks.StructBlock):
    """A film on another website: a picture and a link, for nothing of another host is shown here."""

    picture = ImageChooserBlock(label="picture", required=False)
    title = blocks.CharBlock(label="what it is called", max_length=100)
    length = blocks.CharBlock(label="how long", max_length=30, help_text="For example: 2 minutes, with sign language.")
    link = blocks.URLBlock(label="where it is", validators=[URLValidator(schemes=["https"])])
    in_words = blocks.RichTextBlock(label="what is said, in words", features=SHORT_FEATURES)

    class Meta:
        label = "film"
        icon = "media"
        template = "cms/blocks/video.html"


class PackageBlock(blocks.StructBlock):
    """Something that a school can ask for, without a price."""

    title = blocks.CharBlock(label="what it is", max_length=60)
    text = blocks.TextBlock(label="who it suits", max_length=240)
    holds = blocks.ListBlock(blocks.CharBlock(max_length=100), label="what is in it", max_num=6)

    class Meta:
        label = "package"
        icon = "box"


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
    ideas = IdeaBlock()
    steps = StepsBlock()
    expander = ExpanderBlock()
    callout = CalloutBlock()
    cards = CardsBlock()
    words = WordsBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    table = TableBlock()
    helplines = HelplinesBlock()
    people = PeopleBlock()
    other_help = OtherHelpBlock()
    downloads = DownloadsBlock()
    contact = ContactBlock()
    video = VideoBlock()

    class Meta:
        label = "page"
