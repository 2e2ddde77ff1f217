"""Punctuation and the arithmetic of facts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefpack.content.facts import Ledger, evaluate, names_in
from briefpack.content.punctuation import polish
from briefpack.project.fields import Text
from briefpack.project.models import Fact


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"8,760" hours', "“8,760” hours"),
        ('she said "yes" (and "no")', "she said “yes” (and “no”)"),
        ("it's the peers' work", "it’s the peers’ work"),
        ("'quoted' words", "‘quoted’ words"),
        ("""'"Yes," she said'""", "‘“Yes,” she said’"),
        ("the '90s", "the ’90s"),
        ("pages 2--4", "pages 2–4"),
        ("peers -- and more", "peers\u00a0– and more"),
        ("peers - and more", "peers\u00a0– and more"),
        ("24 - 6", "24 - 6"),
        ("wait...", "wait…"),
        ("fell by -0.5 points", "fell by −0.5\u00a0points"),
        ("as many as 6 hours", "as many as 6\u00a0hours"),
        ("0.16 to 0.57 lower", "0.16\u00a0to\u00a00.57 lower"),
        ("in 2015 pointless", "in 2015 pointless"),
        ("-3", "−3"),
        ("555-0142", "555-0142"),
        ("----", "----"),
    ],
)
def test_english_punctuation(typed: str, expected: str) -> None:
    assert polish(typed, "en") == expected


def test_a_number_that_is_a_fact_is_bound_to_what_follows() -> None:
    assert polish(" hours a year", "en", "0") == "\u00a0hours a year"
    assert polish(" to ", "en", "6") == "\u00a0to\u00a0"
    assert polish(" hours a year", "en", "y") == " hours a year"
    assert polish(" hours a year", "es", "0") == " hours a year"


def test_quotes_look_at_what_is_before_the_text() -> None:
    assert polish('" he said', "en", "d") == "” he said"
    assert polish('"Yes', "en", " ") == "“Yes"


def test_other_languages_keep_their_quotes() -> None:
    assert polish('l\'espoir "x"', "fr") == 'l’espoir "x"'


def value_of(written: str) -> Decimal | None:
    return evaluate(Text(written), lambda name, span: {"a": Decimal(6), "a-b": Decimal(2)}.get(name))[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("24 * 365.25 - 6", "8760"),
        ("24 × 365.25 − a", "8760"),
        ("a-b * a", "12"),
        ("8-6", "2"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("10 / 4", "2.5"),
        ("10 - 4 - 3", "3"),
        ("-a + 10", "4"),
        ("0.1 + 0.2", "0.3"),
    ],
)
def test_arithmetic(written: str, expected: str) -> None:
    assert value_of(written) == Decimal(expected)


@pytest.mark.parametrize(
    "written",
    ["", "1 +", "(1", "1)", "__import__('os')", "1 ** 2", "2 ^ 3", "a.b", "1 / 0", "nope", "(" * 200, "1" * 600],
)
def test_what_is_not_arithmetic_has_no_value(written: str) -> None:
    assert value_of(written) is None


OPERANDS = st.integers(0, 999).map(str) | st.decimals("0.01", 99, places=2).map(str)


@given(st.lists(st.tuples(st.sampled_from("+-*/"), OPERANDS), max_size=6), OPERANDS)
@settings(max_examples=100, deadline=None)
def test_arithmetic_is_that_of_fractions(steps: list[tuple[str, str]], first: str) -> None:
    written = first + "".join(f" {sign} {operand}" for sign, operand in steps)
    assume(not any(sign == "/" and not Fraction(operand) for sign, operand in steps))
    terms = [Fraction(first)]
    for sign, operand in steps:
        number = Fraction(operand)
        match sign:
            case "*":
                terms[-1] *= number
            case "/":
                terms[-1] /= number
            case _:
                terms.append(number if sign == "+" else -number)
    result = sum(terms, Fraction(0))
    assume(abs(result) < 10**15)
    value = value_of(written)
    assert value is not None
    assert abs(Fraction(value) - result) <= Fraction(1, 10**9)


def test_a_fact_without_a_value_has_that_of_its_derivation() -> None:
    ledger = Ledger(
        {"a": Fact(value=Decimal(6)), "b": Fact(derivation=Text("24 - a")), "c": Fact(derivation=Text("b * 2"))}
    )
    assert ledger.value("c") == 36
    assert ledger.findings("c") == ()


def test_a_long_chain_of_facts_is_refused_and_not_a_crash() -> None:
    facts = {f"f{n}": Fact(derivation=Text(f"f{n + 1} + 1")) for n in range(500)} | {"f500": Fact(value=Decimal(1))}
    ledger = Ledger(facts)
    assert ledger.value("f0") is None
    assert ledger.findings("f0")[0].rule == "fact-derivation"


def test_names_in_arithmetic() -> None:
    assert names_in(Text("24 * a-b - c + a-b")) == ("a-b", "c")
