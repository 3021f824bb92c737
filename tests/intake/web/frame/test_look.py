"""The look: readable in every theme, without anything from outside."""

import re
from pathlib import Path

import pytest

from intake.web.frame import assets

STATIC = Path("intake/web/static")
THEMES = sorted(folder.name for folder in (STATIC / "themes").iterdir())
NEUTRAL = "neutraal"
TEXT = 4.5
OUTLINE = 3.0
PAIRS = (
    ("--toegang-brand-color", "--toegang-paper-color", TEXT),
    ("--toegang-brand-color", "--toegang-ground-color", TEXT),
    ("--toegang-brand-color", "--toegang-brand-tint-color", TEXT),
    ("--toegang-brand-color", "--toegang-brand-contrast-color", TEXT),
    ("--toegang-brand-dark-color", "--toegang-brand-contrast-color", TEXT),
    ("--toegang-ink-color", "--toegang-brand-tint-color", TEXT),
    ("--toegang-ink-color", "--toegang-ground-color", TEXT),
    ("--toegang-muted-color", "--toegang-ground-color", TEXT),
    ("--toegang-muted-color", "--toegang-brand-tint-color", TEXT),
    ("--toegang-line-strong-color", "--toegang-paper-color", OUTLINE),
    ("--toegang-line-strong-color", "--toegang-ground-color", OUTLINE),
    *((f"--toegang-{tone}-color", f"--toegang-{tone}-tint-color", TEXT)
      for tone in ("danger", "warning", "success", "info", "quiet")),
)  # fmt: skip


def tokens(theme: str) -> dict[str, str]:
    text = (STATIC / "themes" / theme / "tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"(--[a-z0-9-]+):\s*([^;]+);", text))


def luminance(colour: str) -> float:
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), colour
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_in_every_theme(theme):
    values = {**tokens(NEUTRAL), **tokens(theme)}
    poor = [(one, other) for one, other, least in PAIRS if contrast(values[one], values[other]) < least]
    assert not poor


@pytest.mark.parametrize("theme", [name for name in THEMES if name != NEUTRAL])
def test_a_theme_changes_tokens_and_nothing_else(theme):
    folder = STATIC / "themes" / theme
    assert [path.name for path in folder.iterdir()] == ["tokens.css"]
    assert set(tokens(theme)) <= set(tokens(NEUTRAL))
    rules = re.findall(r"^[^\s/}].*\{", (folder / "tokens.css").read_text(encoding="utf-8"), re.MULTILINE)
    assert rules == [":root {"]


def test_every_token_that_is_used_exists():
    known = set(tokens(NEUTRAL))
    for sheet in (STATIC / "css").glob("*.css"):
        used = set(re.findall(r"var\((--[a-z0-9-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= known, sheet.name


def test_nothing_is_fetched_from_outside():
    for path in STATIC.rglob("*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"https?://|//[a-z]+\.", text), path
            assert "@import" not in text, path
            assert all((path.parent / link).resolve().exists() or link.startswith("../static/")
                       for link in re.findall(r'url\("([^"]+)"\)', text)), path  # fmt: skip


def test_no_script_turns_text_into_markup():
    for path in (STATIC / "js").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser",
            path.read_text(encoding="utf-8"),
        ), path


def test_the_stylesheet_is_named_by_its_content():
    assert assets.stylesheet().name != assets.stylesheet("rotterdam").name
    assert assets.themes() == frozenset(THEMES)
