"""What is typed on a keyboard is printed as each language prints it, and nothing but punctuation changes."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

import pytest
from babel import Locale
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefpack.content.conventions import SYMBOLS, conventions
from briefpack.content.numbers import marks
from briefpack.content.punctuation import Pen, polish

LANGUAGES: Final = (
    *("en", "en-US", "es", "es-MX", "fr", "fr-CA", "fr-CH", "de", "de-CH", "it", "nl", "pt", "pt-PT", "pl", "cs", "sk"),
    *("ru", "uk", "bg", "el", "sv", "da", "nb", "fi", "hu", "ro", "tr", "he", "ar", "fa", "ur", "hi", "bn", "am", "zh"),
    *("zh-Hant", "ja", "ko", "vi", "so", "sw", "ht", "hr", "sr", "sl", "et", "lt", "lv", "ca", "xx"),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"8,760" hours', "“8,760” hours"),
        ('she said "yes" (and "no")', "she said “yes” (and “no”)"),
        ("it's the peers' work", "it’s the peers’ work"),
        ("'quoted' words", "‘quoted’ words"),
        ("""'"Yes," she said'""", "‘“Yes,” she said’"),
        ("""she said: "it's 'fine'".""", "she said: “it’s ‘fine’”."),
        ('"I was--"', "“I was–”"),
        ("the '90s", "the ’90s"),
        ("'tis the peers'", "’tis the peers’"),
        ("pages 2--4", "pages 2–4"),
        ("peers -- and more", "peers\u00a0– and more"),
        ("peers - and more", "peers\u00a0– and more"),
        ("peers---and more", "peers—and more"),
        ("24 - 6", "24 - 6"),
        ("wait...", "wait…"),
        ("fell by -0.5 points", "fell by −0.5\u00a0points"),
        ("as many as 6 hours", "as many as 6\u00a0hours"),
        ("0.16 to 0.57 lower", "0.16\u00a0to\u00a00.57 lower"),
        ("-0.4% to -0.1%", "−0.4%\u00a0to\u00a0−0.1%"),
        ("in 2015 pointless", "in 2015 pointless"),
        ("-3", "−3"),
        ("555-0142", "555-0142"),
        ("2026-11-23", "2026-11-23"),
        ("COVID-19", "COVID-19"),
        ("from 2015-2019", "from 2015–2019"),
        ("open 9:30-12:00", "open 9:30–12:00"),
        ("5-7 days", "5–7\u00a0days"),
        ("pp. 12-14", "pp.\u00a012–14"),
        ("5-7 of them", "5-7 of them"),
        ("----", "----"),
        ("briefpack build --large-print", "briefpack build --large-print"),
        ("see a_b--c_d", "see a_b--c_d"),
        ("a 5 mg dose, 5 kg and 5 %", "a 5\u00a0mg dose, 5\u00a0kg and 5%"),
        ("take 3 x 5 mg", "take 3\u00a0×\u00a05\u00a0mg"),
        ("a 3x5 card, 0x10", "a 3×5 card, 0x10"),
        ("""she is 5'10" tall""", "she is 5′10″ tall"),
        ('a 12" screen', "a 12″ screen"),
        ("type 2 diabetes, chapter 6.", "type\u00a02 diabetes, chapter\u00a06."),
        ("stages of 3 weeks; the type is 2", "stages of 3\u00a0weeks; the type is 2"),
        ("Dr. Lee and Dr Lee, No. 5, p. 12, § 3", "Dr.\u00a0Lee and Dr\u00a0Lee, No.\u00a05, p.\u00a012, §\u00a03"),
        ("by E. B. Fisher", "by E.\u00a0B.\u00a0Fisher"),
        ("No. It is vitamin B. The dose", "No. It is vitamin B. The dose"),
        ("at https://x.org/a--b?c=d-5", "at https://x.org/a--b?c=d-5"),
        ("write to o.brien--x@y-z.org...", "write to o.brien--x@y-z.org…"),
        ('"doi:10.1186/s40842-017--3".', "“doi:10.1186/s40842-017--3”."),
    ],
)
def test_english(typed: str, expected: str) -> None:
    assert polish(typed, "en") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c”"),
        ("es", "“a ‘b’ c”"),
        ("fr", "«\u202fa «\u202fb\u202f» c\u202f»"),
        ("fr-CA", "«\u00a0a “b” c\u00a0»"),
        ("fr-CH", "«\u202fa ‹\u202fb\u202f› c\u202f»"),
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "„a ‚b‘ c“"),
        ("it", "«a “b” c»"),
        ("nl", "‘a ‘b’ c’"),
        ("pt", "“a ‘b’ c”"),
        ("pt-PT", "«a “b” c»"),
        ("pl", "„a\u00a0«b» c”"),
        ("cs", "„a\u00a0‚b‘ c“"),
        ("ru", "«a „b“ c»"),
        ("uk", "«a „b“ c»"),
        ("el", "«a “b” c»"),
        ("sv", "”a ’b’ c”"),
        ("fi", "”a ’b’ c”"),
        ("da", "“a ‘b’ c”"),
        ("nb", "«a ‘b’ c»"),
        ("hu", "„a »b« c”"),
        ("ro", "„a «b» c”"),
        ("tr", "“a ‘b’ c”"),
        ("he", "”a ’b’ c”"),
        ("ar", "”a ’b‘ c“"),
        ("fa", "«a ‹b› c»"),
        ("hi", "“a ‘b’ c”"),
        ("bn", "“a ‘b’ c”"),
        ("am", "«a ‹b› c»"),
        ("zh", "“a ‘b’ c”"),
        ("zh-Hant", "「a 『b』 c」"),
        ("ja", "「a 『b』 c」"),
        ("ko", "“a ‘b’ c”"),
        ("vi", "“a ‘b’ c”"),
        ("sw", "“a ‘b’ c”"),
        ("so", "“a ‘b’ c”"),
        ("ht", "«a «b» c»"),
        ("xx", "“a ‘b’ c”"),
    ],
)
def test_quotation_marks(language: str, expected: str) -> None:
    """Those of CLDR 48."""
    assert polish("\"a 'b' c\"", language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("fr", "Vraiment ? Oui ! C'est fini; bien", "Vraiment\u202f? Oui\u202f! C’est fini\u202f; bien"),
        ("fr", "Attention: « peu »  : fini", "Attention\u00a0: «\u202fpeu\u202f»\u00a0: fini"),
        ("fr", "à 12:30, voir https://a.org/?b=c;d", "à 12:30, voir https://a.org/?b=c;d"),
        ("fr", "l'\"espoir\" d'aujourd'hui?!", "l’«\u202fespoir\u202f» d’aujourd’hui\u202f?!"),
        ("fr", "24 500 personnes, 5 kg et 5%", "24\u202f500\u00a0personnes, 5\u202fkg et 5\u00a0%"),
        ("fr", "de 5 à 10 jours - ou plus", "de 5\u00a0à\u00a010\u00a0jours\u00a0– ou plus"),
        ("fr", "M. Petit, Mme Roy, n° 5", "M.\u00a0Petit, Mme\u00a0Roy, n°\u00a05"),
        ("fr-CA", "Vraiment ? Oui! Note : 5 %", "Vraiment? Oui! Note\u00a0: 5\u00a0%"),
        ("fr-CH", "Vraiment? Note: 5 %", "Vraiment\u202f? Note\u202f: 5%"),
        ("de", "Hans' Buch, z. B. 5 kg, 5% und 5%ig", "Hans’ Buch, z.\u00a0B. 5\u202fkg, 5\u00a0% und 5%ig"),
        (
            "de",
            "5 bis 7 Tage - S. 12, Nr. 5, Dr. Lee",
            "5\u00a0bis\u00a07\u00a0Tage\u00a0– S.\u00a012, Nr.\u00a05, Dr.\u00a0Lee",
        ),
        ("es", "los pares -que viven con diabetes- ayudan", "los pares —que viven con diabetes— ayudan"),
        ("es", "los pares - que viven así - ayudan. Y más", "los pares —que viven así— ayudan. Y más"),
        ("es", "los pares --que viven así--, ayudan", "los pares —que viven así—, ayudan"),
        (
            "es",
            "de 5 a 10 horas, 5%, pág. 3, p. ej.",
            "de 5\u00a0a\u00a010\u00a0horas, 5\u00a0%, pág.\u00a03, p.\u00a0ej.",
        ),
        ("es-MX", "5 % de 8 horas", "5% de 8\u00a0horas"),
        ("en-US", "peers - and more -- here--there", "peers—and more—here—there"),
        ("it", "l'amica dice \"sì\", un po'", "l’amica dice «sì», un po’"),
        ("nl", "'s morgens zo'n 5 uur", "’s morgens zo’n 5\u00a0uur"),
        ("pl", "idę z psem i w domu", "idę z\u00a0psem i\u00a0w\u00a0domu"),
        ("cs", "5% a 5 %, v domě", "5% a\u00a05\u00a0%, v\u00a0domě"),
        ("ru", "Диабет - это 24 500 человек", "Диабет\u00a0— это 24\u00a0500\u00a0человек"),
        ("uk", "п'ять років, 5 кг", "п’ять років, 5\u00a0кг"),
        ("sv", "5% av 8 timmar", "5\u00a0% av 8\u00a0timmar"),
        ("tr", "%5 ve 5 %", "%5 ve 5 %"),
        ("he", 'ארה"ב אמרה "כן"', "ארה״ב אמרה ”כן”"),
        ("zh", '他说"你好"...', "他说“你好”……"),
        ("ja", '彼は"はい"と言った', "彼は「はい」と言った"),
    ],
)
def test_other_languages(language: str, typed: str, expected: str) -> None:
    assert polish(typed, language) == expected


def test_a_number_that_is_a_fact_is_bound_to_what_follows() -> None:
    assert polish(" hours a year", "en", "0") == "\u00a0hours a year"
    assert polish(" to ", "en", "6") == "\u00a0to\u00a0"
    assert polish(" hours a year", "en", "y") == " hours a year"
    assert polish(" horas al año", "es", "0") == "\u00a0horas al año"
    assert polish("% der Zeit", "de", "5") == "\u00a0% der Zeit"
    assert polish("? Oui", "fr", "5") == "\u202f? Oui"


def test_quotes_look_at_what_is_before_the_text() -> None:
    assert polish('" he said', "en", "d") == "” he said"
    assert polish('"Yes', "en", " ") == "“Yes"


def test_a_pen_remembers_the_quotes_that_are_open() -> None:
    pen = Pen("de")
    assert [pen.write('Er sagte "'), pen.leave("8760"), pen.write('" und ging')] == ["Er sagte „", "8760", "“ und ging"]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language not in ("xx", "eu")])
def test_shares_and_thousands_are_spaced_as_written_numbers_are(language: str) -> None:
    """What is typed looks like what Babel writes."""
    own, written = conventions(language), marks(language)
    if own.percent is not None:
        assert written.percent == f"{{}}{own.percent}%"
    assert own.group == (written.group if written.group in "\u00a0\u202f" else None)


@pytest.mark.parametrize(
    "language", ["en", "es", "fr", "de", "it", "nl", "pt", "pl", "cs", "sv", "da", "nb", "ru", "uk"]
)
@pytest.mark.parametrize(
    "unit", ["mass-kilogram", "mass-gram", "length-kilometer", "length-meter", "length-centimeter", "volume-milliliter"]
)
def test_symbols_of_units_are_known(language: str, unit: str) -> None:
    symbol = str(Locale.parse(language)._data["unit_patterns"][unit]["short"]["other"]).replace("{0}", "").strip()
    assert symbol in SYMBOLS
    assert " " not in polish(f"5 {symbol}", language)


# ---------------------------------------------------------------------------------------------- properties

PIECES: Final = st.sampled_from(
    [
        *(
            '"',
            "'",
            "-",
            "--",
            "---",
            ".",
            "...",
            " ",
            " ",
            "?",
            "!",
            ";",
            ":",
            "(",
            ")",
            "«",
            "»",
            "x",
            "5",
            "12",
            "%",
        ),
        *("kg", "p.", "Dr.", "a", "peers", "Été", "2015", "à", "to", "—", "–", "\u00a0", "\u202f", "и", "說", "א", "_"),
        *("/", "@", "§", "B.", "=", "№", ",", "“", "’"),
    ]
)
TYPED: Final = st.lists(PIECES, max_size=14).map("".join)


def letters(text: str) -> str:
    """The letters and digits of `text`; an `x` between numbers is a product's sign."""
    text = re.sub(r"(?<=\d)([ \u00a0]?)[x×]\1(?=\d)", "×", text)
    return "".join(char for char in text if unicodedata.category(char)[0] in "LMN" and char not in "ºª")


def words(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", text.replace("×", "x")) if word]


@settings(max_examples=1500, deadline=None)
@given(TYPED, st.sampled_from(LANGUAGES), st.sampled_from(["", " ", "a", "5", "(", "”"]))
@example('"-5', "fr", "")
@example("5 x 5 x 5", "en", "")
def test_polishing_twice_is_polishing_once(typed: str, language: str, before: str) -> None:
    once = polish(typed, language, before)
    assert polish(once, language, before) == once


@settings(max_examples=1500, deadline=None)
@given(TYPED, st.sampled_from(LANGUAGES), st.sampled_from(["", " ", "a", "5", "(", "”"]))
def test_no_letter_and_no_digit_changes(typed: str, language: str, before: str) -> None:
    assert letters(before + polish(typed, language, before)) == letters(before + typed)


@settings(max_examples=1500, deadline=None)
@given(TYPED, st.sampled_from(LANGUAGES))
def test_words_are_those_that_were_typed(typed: str, language: str) -> None:
    assert words(polish(typed, language)) == words(typed)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_any_text_is_kept(typed: str, language: str) -> None:
    once = polish(typed, language)
    assert letters(once) == letters(typed)
    assert polish(once, language) == once


@settings(max_examples=300, deadline=None)
@given(st.lists(TYPED, min_size=2, max_size=4), st.sampled_from(LANGUAGES))
def test_texts_in_pieces_keep_what_was_written_before(pieces: list[str], language: str) -> None:
    """No text changes one that was written already: their letters come one after the other."""
    pen = Pen(language)
    written = [pen.write(piece) for piece in pieces]
    assert [letters(text) for text in written] == [letters(piece) for piece in pieces]
    assert all(isinstance(text, str) for text in written)
    assert all(pen.before or not text for _, text in pairwise(written))
