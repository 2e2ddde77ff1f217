"""The arithmetic of facts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefpack.content.facts import Ledger, evaluate, names_in
from briefpack.project.fields import Text
from briefpack.project.models import Fact


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
