"""The colours of the public site: every pair that is used together can be read, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PUBLIC = settings.BASE_DIR / "templates" / "static" / "public"
CSS = (PUBLIC / "site.css").read_text()

WORDS = 4.5
SHAPES = 3.0
PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "card", 7.0),
    ("ink", "wash", 7.0),
    ("ink", "warm", 7.0),
    ("ink", "help-wash", 7.0),
    ("ink-soft", "paper", WORDS),
    ("ink-soft", "card", WORDS),
    ("link", "paper", WORDS),
    ("link", "card", WORDS),
    ("link", "wash", WORDS),
    ("link", "warm", WORDS),
    ("link", "help-wash", WORDS),
    ("brand", "card", WORDS),
    ("brand", "paper", WORDS),
    ("brand", "wash", WORDS),
    ("brand-strong", "wash", WORDS),
    ("on-brand", "brand", WORDS),
    ("on-brand", "brand-strong", WORDS),
    ("on-help", "help", WORDS),
    ("help-ink", "help-wash", WORDS),
    ("help-ink", "card", WORDS),
    ("on-accent", "accent", WORDS),
    ("on-foot", "foot", WORDS),
    ("foot-soft", "foot", WORDS),
    ("ink-soft", "paper", SHAPES),
    ("focus", "focus-ring", SHAPES),
]


def palettes() -> dict[str, dict[str, str]]:
    light_rule, dark_rule = re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light_rule))
    return {"light": light, "dark": light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark_rule))}


def brightness(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    dark, light = sorted((brightness(first), brightness(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_pair_can_be_read(scheme, front, back, least):
    colours = palettes()[scheme]
    assert contrast(colours[front], colours[back]) >= least


def test_rules_name_colours_by_their_part_only():
    rules = CSS.split("/* --- Ground --- */")[1].split("/* --- People's own settings")[0]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)


@pytest.mark.parametrize(
    "path", sorted(set(PUBLIC.glob("*.*")) - set(PUBLIC.glob("*.png"))), ids=lambda path: path.name
)
def test_file_asks_no_other_host(path: Path):
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in text and "https:" not in text
    assert "<script" not in text


def test_every_rule_of_every_style_sheet_is_closed():
    for path in PUBLIC.parent.rglob("*.css"):
        text = path.read_text()
        assert text.count("{") == text.count("}"), path.name


def test_style_respects_people_and_paper():
    for words in ("prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "@media print"):
        assert words in CSS
