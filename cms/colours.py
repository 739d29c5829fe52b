"""A service's own colours: whether its words can be read on them, and the style sheet that they make."""

import re
from collections.abc import Mapping

WHITE, PAPER, INK, NIGHT = "#ffffff", "#fffdf8", "#1d2430", "#12171b"
WORDS = 4.5  # WCAG 2.2, 1.4.3
COLOUR = re.compile(r"\A#[0-9a-f]{6}\Z")

OURS = {
    "brand": "#1f5c57",
    "link": "#174b8f",
    "help": "#7a1f2b",
    "accent": "#f3b73e",
    "wash": "#e6f0ec",
    "foot": "#12403c",
}
"""The six colours, as `public/site.css` has them."""

PAIRS = [
    ("brand", WHITE, "Buttons are white on it."),
    ("brand", PAPER, "Headings and links of the menu stand on the page in it."),
    ("brand", "wash", "It stands on the soft ground."),
    ("link", PAPER, "Links stand on the page in it."),
    ("link", "wash", "Links stand on the soft ground in it."),
    ("help", WHITE, "“Get help now” is white on it."),
    ("accent", INK, "Numbers and news stand on it."),
    ("wash", INK, "Words stand on it."),
    ("foot", WHITE, "The foot of the page is white on it."),
]
"""Which colours meet, and where."""


def contrast(first: str, second: str) -> float:
    """How well one colour is read on the other, from 1 to 21."""
    dark, light = sorted((_brightness(first), _brightness(second)))
    return (light + 0.05) / (dark + 0.05)


def objections(chosen: Mapping[str, str]) -> dict[str, str]:
    """For each colour that words could not be read on: what meets there, and how little the two differ."""
    palette = OURS | {name: colour for name, colour in chosen.items() if colour}
    found: dict[str, str] = {}
    for name, other, where in PAIRS:
        measured = contrast(palette[name], palette.get(other, other))
        if measured < WORDS:
            found.setdefault(
                name, f"{where} They differ by {measured:.1f}, and need {WORDS}: take a darker or a lighter one."
            )
    return found


def style_sheet(chosen: Mapping[str, str]) -> str:
    """The colours as a style sheet, in light and in dark; empty where none is chosen."""
    chosen = {name: colour for name, colour in chosen.items() if colour}
    if not chosen:
        return ""
    light, dark = dict(chosen), {}
    if brand := chosen.get("brand"):
        light["brand-strong"] = mixed(brand, "#000000", 0.25)
        dark["brand"] = readable_at_night(brand)
        dark["brand-strong"] = mixed(dark["brand"], WHITE, 0.4)
        dark["wash"] = mixed(brand, NIGHT, 0.8)
    if link := chosen.get("link"):
        dark["link"] = readable_at_night(link)
    if help_colour := chosen.get("help"):
        light |= {"help-ink": help_colour, "help-wash": mixed(help_colour, WHITE, 0.91)}
        dark |= {"help-ink": readable_at_night(help_colour), "help-wash": mixed(help_colour, NIGHT, 0.75)}
    if "wash" in chosen:
        dark.setdefault("wash", mixed(chosen["wash"], NIGHT, 0.9))
    if foot := chosen.get("foot"):
        light["foot-soft"] = mixed(foot, WHITE, 0.8)
        dark |= {"foot": mixed(foot, NIGHT, 0.6), "foot-soft": mixed(foot, WHITE, 0.7)}
    return f":root{{{_written(light)}}}@media(prefers-color-scheme:dark){{:root{{{_written(dark)}}}}}\n"


def readable_at_night(colour: str) -> str:
    """The colour, as much lighter as it takes to be read on a dark page."""
    share = 0.0
    while contrast(mixed(colour, WHITE, share), NIGHT) < 7 and share < 1:
        share += 0.05
    return mixed(colour, WHITE, share)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another in it."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in parts)


def _written(palette: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _brightness(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
