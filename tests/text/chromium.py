"""Chromium, an engine to compare with: what it makes of texts in given font files, in one run of its headless shell.

A line is set a thousand pixels to the em, so that all it tells is in thousandths of the type size.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Final, NamedTuple

_NAMES: Final = ("chromium-headless-shell", "chromium", "google-chrome")


class ChromiumMissing(Exception):
    """No Chromium is installed."""


class Asked(NamedTuple):
    """A text, its language and direction, and the font file that draws it."""

    text: str
    language: str
    font: Path
    rtl: bool = False


class Told(NamedTuple):
    """What Chromium says of a text: how wide it is on one line; where each character stands there, from the left
    to the right; and before which characters a line may end."""

    width: float
    places: tuple[tuple[float, float], ...]
    ends: frozenset[int]


_SCRIPT: Final = """
function places(element) {
  const node = element.firstChild, found = [], range = document.createRange();
  const left = element.getBoundingClientRect().left;
  let at = 0;
  for (const character of node.data) {
    range.setStart(node, at);
    range.setEnd(node, at += character.length);
    const rectangles = range.getClientRects(), last = rectangles[rectangles.length - 1];
    found.push(last ? [last.left - left, last.right - left, last.top] : null);
  }
  return found;
}
document.fonts.ready.then(() => {
  const told = [];
  for (const each of document.querySelectorAll("p")) {
    each.className = "line";
    const line = places(each), width = each.getBoundingClientRect().width;
    each.className = "narrow";
    const narrow = places(each), ends = [];
    for (let at = 1, top = narrow[0] && narrow[0][2]; at < narrow.length; at++) {
      if (narrow[at] && narrow[at][2] > top + 1) { ends.push(at); top = narrow[at][2]; }
    }
    told.push([width, line.map(place => place ? place.slice(0, 2) : [0, 0]), ends]);
  }
  document.body.textContent = "told:" + JSON.stringify(told) + ":told";
});
"""
_STYLE: Final = """
p { font-size: 1000px; line-height: 2; margin: 0; text-rendering: geometricPrecision; font-variant-ligatures: normal }
p.line { white-space: pre; display: inline-block }
p.narrow { white-space: normal; display: block; width: 0; line-break: strict }
p:lang(zh), p:lang(ja) { text-autospace: normal }
p:lang(ko) { word-break: keep-all }
"""


def told(texts: Sequence[Asked], folder: Path) -> list[Told]:
    """What Chromium makes of each of `texts`; `folder` is for the page that it is asked by. Raises ChromiumMissing."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise ChromiumMissing("Chromium is not here")
    fonts = {font: f"font{at}" for at, font in enumerate(dict.fromkeys(asked.font for asked in texts))}
    faces = "".join(
        f'@font-face {{ font-family: {name}; src: url("{font.as_uri()}") }}\n' for font, name in fonts.items()
    )
    lines = "".join(
        f'<p lang="{asked.language}" dir="{"rtl" if asked.rtl else "ltr"}" style="font-family: {fonts[asked.font]}">'
        f"{escape(asked.text)}</p>\n"
        for asked in texts
    )
    page = folder / "page.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{faces}{_STYLE}</style><body>{lines}<script>{_SCRIPT}</script>",
        encoding="utf-8",
    )
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", "--dump-dom", page.as_uri()]
    shown = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8", timeout=120).stdout
    answers = json.loads(unescape(shown.partition("told:")[2].partition(":told")[0]))
    assert len(answers) == len(texts)
    return [
        Told(width, tuple((left, right) for left, right in places), frozenset(_begins(asked.text, ends)))
        for asked, (width, places, ends) in zip(texts, answers, strict=True)
    ]


def _begins(text: str, ends: Sequence[int]) -> Iterator[int]:
    """The characters that begin a line: what is seen to go over is the space before them."""
    return (at + 1 if text[at] == " " else at for at in ends)
