"""What a template made once is taken again only where it would make the same of other values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.content import RichText
from briefpack.content.values import MessageValue, Section
from briefpack.dataclass import dataclass
from briefpack.document import Text
from briefpack.templates import Rendered, TemplateFailure, Templates

PATH: Final = "layouts/trial/template.xml.j2"
PLAIN: Final = (
    "<document><heading level='1'>{{ slots.head }}</heading>{{ slots.part.heading }}{{ brief.title }}</document>"
)
CURIOUS: Final = (
    PLAIN,
    "{% for text in slots.part.paragraphs %}<paragraph>{{ text }}{{ loop.index }}</paragraph>{% endfor %}",
    "{% if slots.head | string == 'a' %}{{ slots.head }}{% else %}{{ slots.part.heading }}{% endif %}",
    "{% if slots.head == slots.part.heading %}{{ slots.head }}{% endif %}",
    "{{ slots.head | string | length }}{{ slots.head }}",
    "{% if slots.head.words > 1 %}{{ slots.head }}{% endif %}",
    "{{ slots.head }}{{ slots.part.paragraphs | length }}",
    "{{ slots.head ~ 'b' }}",
    "{% if slots.head in slots.part.paragraphs %}{{ slots.head }}{% endif %}",
    "{% for name in slots %}{{ name }}{{ slots[name] is mapping }}{% endfor %}",
    "{% if slots.more %}{{ slots.more }}{% endif %}{{ slots.head }}",
    "{% if slots.head is sameas slots.part.heading %}{{ slots.head }}{% endif %}",
    "{{ [slots.head, slots.part.heading] | join('-') }}",
    "{{ slots.part }}{{ brief }}",
    "{% macro shown(of, text) %}{{ of.title }}{{ text }}{% endmacro %}{{ shown(brief, slots.head) }}",
    "{{ {'a': slots.head} | tojson }}",
    "{{ brief.absent }}",
    "{{ '%s' | format(slots.head) }}{{ slots.head | pprint }}",
    "{{ slots.part.paragraphs | map(attribute='slot') | list }}{{ slots.head | attr('slot') }}",
    "{{ slots.said.text }}{% if slots.said.gloss %}{{ slots.said.gloss }}{% endif %}",
    "{{ slots.said.id }}{{ slots.said.text }}{{ slots.said.absent }}",
    "{{ slots.said | attr('id') }}{{ [slots.said] | map(attribute='id') | list }}",
    "{% if slots.said == slots.said %}a{% endif %}{% if slots.said in [slots.part] %}b{% endif %}",
    "{{ slots.said is sameas slots.said }}{{ slots.said is sameas slots.part }}",
    "{{ slots.said is iterable }}{{ slots.said is sequence }}{{ slots.said is none }}{{ slots.said is callable }}",
    "{% for each in slots.said %}{{ each }}{% endfor %}",
    "{{ slots.said | length }}",
    "{{ slots.said ~ slots.said.text }}",
    "{{ slots.values() | map(attribute='text') | list | length }}",
)


@dataclass(frozen=True)
class Brief:
    """Stands for a brief, whose title is mostly not printed."""

    title: str
    text: RichText


TEXTS: Final = st.sampled_from(("a", "b", "a b", "<&>")).map(lambda text: RichText((Text(text),)))
VALUES: Final = st.fixed_dictionaries(
    {
        "slots": st.fixed_dictionaries(
            {
                "head": TEXTS,
                "part": st.builds(Section, TEXTS, st.lists(TEXTS, max_size=2).map(tuple)),
                "said": st.builds(MessageValue, st.sampled_from(("one", "two")), TEXTS, st.none() | TEXTS),
            },
            optional={"more": st.none() | TEXTS},
        ),
        "brief": st.builds(Brief, st.sampled_from(("x", "y")), TEXTS),
    }
)


def rendered(templates: Templates, values: Mapping[str, object]) -> Rendered | str:
    try:
        return templates.render(PATH, values)
    except TemplateFailure as failure:
        return str(failure.diagnostic)


@settings(max_examples=25, deadline=None)
@given(st.lists(VALUES, min_size=4, max_size=12))
def test_a_template_makes_of_values_what_it_makes_of_them_alone(several: list[Mapping[str, object]]) -> None:
    """However a template looks at them, and whatever it was given before."""
    for source in CURIOUS:
        warm = Templates({PATH: source}.__getitem__)
        for values in several:
            assert rendered(warm, values) == rendered(Templates({PATH: source}.__getitem__), values)


def test_the_xml_is_the_same_object_where_only_printed_texts_are_others() -> None:
    templates = Templates({PATH: CURIOUS[1]}.__getitem__)
    several = [
        templates.render(PATH, {"slots": {"part": Section(RichText(()), (RichText((Text(str(at)),)),))}})
        for at in range(4)
    ]
    assert several[2].xml is several[3].xml
    assert [str(each.texts[0]) for each in several] == ["0", "1", "2", "3"]


def test_a_part_of_a_value_that_is_not_asked_for_may_be_another() -> None:
    """Two documents print the words of two messages, by one template that asks for neither's id."""
    templates = Templates({PATH: "<document>{{ slots.said.text }}</document>"}.__getitem__)
    several = [
        templates.render(PATH, {"slots": {"said": MessageValue(f"message-{at}", RichText((Text(str(at)),)))}})
        for at in range(4)
    ]
    assert several[2].xml is several[3].xml
    assert str(several[3].texts[0]) == "3"


@pytest.mark.parametrize("source", ["{% for a in range(9) %}{{ slots.head }}{% endfor %}"])
def test_a_text_that_is_printed_often_is_another_everywhere(source: str) -> None:
    templates = Templates({PATH: source}.__getitem__)
    made = [templates.render(PATH, {"slots": {"head": RichText((Text(str(at)),))}}) for at in range(4)]
    assert {str(text) for text in made[3].texts} == {"3"}
