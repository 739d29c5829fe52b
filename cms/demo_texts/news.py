"""What is new at each of the demo's services."""

from .parts import PageText, text

MUSIC = PageText(
    kind="news_item",
    slug="a-new-music-room",
    title="A new room for music",
    lede="Brackenfield has given us a room of its own, with drums, a piano and a soft rug.",
    days_before=9,
    body=(text(("Come and see it", "On the first Friday of each month the door is open after school. Bring your child, and try the drums.")),),
    next_steps="<p>No need to book. Ask at the school office which door to use.</p>",
)  # fmt: skip

QUESTIONS = PageText(
    kind="news_item",
    slug="you-asked-us",
    title="You asked us for shorter forms",
    lede="Parents told us that our first form was too long. Now it takes five minutes.",
    days_before=31,
    body=(text(("What we changed", "We took out each question that we did not need. You can fill in the form at school, and someone can help you.")),),
    next_steps="<p>What else could we do better? Please tell us.</p>",
)  # fmt: skip

NEWS_OF_COUNSELLING = PageText(
    kind="news",
    slug="news",
    title="News",
    lede="What is new with us, in short.",
    drawing="sun",
    next_steps="<p>Is there something that you would like to read about? Please tell us.</p>",
    below=(MUSIC, QUESTIONS),
)  # fmt: skip

PARENTS_COURSE = PageText(
    kind="news_item",
    slug="a-course-in-the-morning",
    title="The course for parents is now in the morning, too",
    lede="Some of you work in the evening. So Stepping Stones now meets on Tuesday mornings as well.",
    days_before=12,
    body=(text(("Who can come", "Every parent and carer of a child at our schools. There is someone who looks after the little ones.")),),
    next_steps="<p>Ask school to put your name down, or ring Stepping Stones.</p>",
)  # fmt: skip

NEWS_OF_CLUSTER = PageText(
    kind="news",
    slug="news",
    title="News",
    lede="What is new in the cluster, in short.",
    drawing="sun",
    next_steps="<p>Do you have news for families? Please send it to us.</p>",
    below=(PARENTS_COURSE,),
)  # fmt: skip
