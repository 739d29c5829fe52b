"""Our own drawings, by the name that they have in `public/drawings.svg`."""

DRAWINGS = [
    ("talk", "Two speech bubbles"),
    ("play", "Building blocks"),
    ("draw", "A pencil and a drawing"),
    ("music", "Notes and a drum"),
    ("quiet", "A moon and stars"),
    ("lock", "A closed door"),
    ("stop", "A raised hand"),
    ("week", "A calendar"),
    ("heart", "A heart"),
    ("path", "A path to a door"),
    ("table", "People round a table"),
    ("letter", "A letter"),
    ("phone", "A telephone"),
    ("school", "A school"),
    ("family", "Two people"),
    ("child", "A smile"),
    ("sun", "The sun and a cloud"),
    ("list", "A list with ticks"),
]
