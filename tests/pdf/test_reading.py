"""What is read from a file is what was written, in every script: letters, marks, brackets, digits, mixed at will."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from briefpack.layout import Result, lay_out
from briefpack.pdf.inks import Inks
from briefpack.preflight.text import page_text
from tests.layout.trial import job, with_fit
from tests.pdf.pages import made

INKS: Final = Inks()
LAYOUT: Final = with_fit("{pages: 60, exactly: no}")

# Words and letters by language: ligatures, marks that are typed apart, brackets, quotes, digits of their own.
WORDS: Final = MappingProxyType(
    {
        "en": "office AVATAR efficient naïve e\u0301a\u0308 1,250.5 (a)[b]{c} “q” — it’s 50% a/b x² ½ ﬁne 24\u00a0h",
        "el": "Υποστήριξη ομοτίμων α\u0313 (ΔΕΝ) ᾳ «ναι»",
        "ru": "Поддержка и\u0306 (равных) «ё»",
        "ar": "الأقران لا للسلام مُحَمَّد (من) ٢٠٢٦ [١]، لله",
        "he": 'עמיתים שָׁלוֹם (בְּרֵאשִׁית) "כן" [ב]',
        "hi": "क्लिनिक श्री र्क (हिन्दी) ज\u093c ड़ १२।",
        "bn": "চিকিৎসক ক্ষ (র্ক) ড\u09bc কো ১২",
        "th": "เพื่อนไม่ได้มาแทนแพทย์ (น้ำ) ๑๒ กำ",
        "am": "ስኳር ሰላም፡ (እና)።",
        "zh": "糖尿病、「人」（毎日）。《书》“是” ＨｂＡ１ｃ",
        "ja": "ひとりピア「です」。（ﾊﾟ）か\u3099 々",
        "ko": "한국어 동료는 (당뇨병) 8,760시간 書籍 각",
    }
)


def _mixed(language: str) -> st.SearchStrategy[str]:
    """Words and single characters, mostly of one language, with spaces between them or none."""
    own = WORDS[language]
    others = " ".join(WORDS.values())
    word = st.sampled_from(own.split()) | st.sampled_from(others.split())
    loose = st.text(st.sampled_from(own.replace(" ", "")), max_size=6)
    mixed = st.text(st.sampled_from(others), max_size=6)
    part = st.one_of(word, word, loose, mixed, word.map("({})".format), st.sampled_from([" ", "\u00a0", "(", "]", "7"]))
    return st.lists(st.tuples(part, st.sampled_from(["", " ", " "])).map("".join), min_size=1, max_size=12).map("".join)


TEXTS: Final = st.sampled_from(list(WORDS)).flatmap(lambda language: st.tuples(st.just(language), _mixed(language)))

# Every letter, mark and digit of the scripts, whether a typeface has it or not.
_RANGES: Final = (
    (0x21, 0x7E), (0xA1, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x5D0, 0x5EA), (0x5B0, 0x5C2), (0x620, 0x669),
    (0x900, 0x97F), (0x980, 0x9FB), (0xE01, 0xE5B), (0x1200, 0x137C), (0x1E00, 0x1FFF), (0x3041, 0x30FF),
    (0x4E00, 0x5FFF), (0xAC00, 0xD7A3), (0xFF01, 0xFF9F),
)  # fmt: skip
ANY: Final = st.text(
    st.one_of(
        *(st.characters(min_codepoint=a, max_codepoint=b, categories=["L", "M", "N", "P"]) for a, b in _RANGES),
        st.just(" "),
    ),
    min_size=1,
    max_size=24,
)


def result_of(text: str, language: str) -> Result:
    of = job("<heading>A</heading><paragraph>{{ slots.text }}</paragraph>", LAYOUT, slots={"text": text})
    return lay_out(replace(of, document=replace(of.document, language=language)))


def plain(text: str) -> str:
    """`text` without what only steers it, each blank one space, and what is written in two ways in one."""
    text = re.sub("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\xad]", "", text)
    text = re.sub("[\ufb00-\ufb06]", lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return " ".join(unicodedata.normalize("NFC", text.translate({0x2010: "-", 0x2011: "-"})).split())


def read(data: bytes) -> str:
    """As a screen reader meets it: the marked sequences of the pages in order."""
    pages = PdfReader(BytesIO(data)).pages
    words = "".join("".join(page_text(page).by_mcid.values()) for page in pages)
    return plain(words.removeprefix("A")).strip()  # before a mark on its own would come to stand on that letter


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_what_is_read_is_what_was_written(text: tuple[str, str]) -> None:
    language, written = text
    result = result_of(written, language)
    if result.laid_out is None:
        # Marks may come together on one letter by chance, or on one of a script that has none.
        assert {item.rule for item in result.diagnostics} <= {"stacked-marks", "missing-character"}
        return
    assert read(made(result.laid_out, inks=INKS)) == plain(written)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(ANY, st.sampled_from(list(WORDS)))
def test_any_character_is_read_as_it_was_written_or_named(text: str, language: str) -> None:
    result = result_of(text, language)
    if result.laid_out is None:
        named = [item for item in result.diagnostics if item.rule == "missing-character"]
        assert named or any(item.rule == "stacked-marks" for item in result.diagnostics)
        assert all(item.help for item in named)
        return
    assert read(made(result.laid_out, inks=INKS)) == plain(text)


# Poppler puts glyphs in order by their places. So of what is read from right to left words alone are compared: it sets
# their points apart, and the brackets beside them on the wrong side.
_FROM_RIGHT: Final = re.compile("[\u0590-\u06ff]")
_WORDS: Final = ("الأقران", "لا", "للسلام", "محمد", "لله", "شلل", "עמיתים", "שלום", "כן", "2026", "BMC")
_RIGHT_WORDS: Final = st.lists(st.sampled_from(_WORDS), min_size=1)
BY_PLACES: Final = TEXTS.filter(lambda text: not _FROM_RIGHT.search(text[1])) | st.tuples(
    st.sampled_from(["ar", "he"]), _RIGHT_WORDS.map(" ".join)
)


@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(st.lists(BY_PLACES, min_size=12, max_size=12))
def test_another_reader_finds_the_same_letters(texts: list[tuple[str, str]]) -> None:
    """Poppler's pdftotext, in the order of the content; where it puts spaces is its own guess."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not here")
    documents, written = [], ""
    for at, (language, text) in enumerate(texts):
        laid_out = result_of(text, language).laid_out
        if laid_out is not None:
            documents.append(replace(laid_out, name=f"text-{at}"))
            written += f" A {text}"
    if not documents:
        return
    data = made(*documents, inks=INKS)
    shown = subprocess.run([tool, "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert "".join(plain(shown).split()) == "".join(plain(written).split())
