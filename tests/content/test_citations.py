"""References as they are printed."""

from __future__ import annotations

from briefpack.content.citations import Numbering, reference, short_reference
from briefpack.document import Link, plain_text
from briefpack.project.models import Reference, Sources
from briefpack.project.validation import validate
from briefpack.project.yaml import parse_yaml

SOURCES = """\
references:
  - id: article
    type: article-journal
    author: [{family: Qi, given: Li Xia}, {family: Liu, given: Q.}]
    title: "Peer support: does it \\"work\\"?"
    container-title: BMC Public Health
    volume: 15
    issue: 6
    page: 540-551
    issued: 2015-03-12
    DOI: https://doi.org/10.1186/s12889-015-1798-y
  - id: many
    type: article-journal
    author: [{family: A}, {family: B}, {family: C}, {family: D}, {family: E}, {family: F}, {family: G}]
    title: Seven authors
    container-title: Health Affairs
    issued: 2020
  - id: report
    type: report
    author: [{literal: World Health Organization}]
    title: Global experience
    publisher: WHO
    publisher-place: Geneva
    issued: {year: 2010, month: 5}
    URL: https://example.org/report/
    accessed: 2026-11-22
  - id: page
    type: webpage
    author: [{literal: Peers for Progress}]
    title: Key Messages
    container-title: Program Development Guide
    URL: http://www.peersforprogress.org/key-messages/
    accessed: 2026-11-22
  - id: law
    type: legislation
    title: Community health worker services
    container-title: Minn. Stat.
    section: 256B.0625 subd. 49
    issued: 2007
  - id: chapter
    type: chapter
    author: [{family: Fisher, given: Edwin B., suffix: Jr}]
    title: Peer support
    editor: [{family: Gogh, given: Jean-Paul, non-dropping-particle: van}, {literal: The Institute}]
    container-title: Behavioral medicine
    edition: 2
    publisher: Springer
    publisher-place: New York
    page: 10-20
    issued: 2014
  - id: book
    type: book
    editor: [{family: Ford, given: Ann}]
    title: Together
    edition: 3rd ed.
    publisher: Press
    issued: 1999
"""

EXPECTED = """\
article: Qi LX, Liu Q. Peer support: does it “work”? BMC Public Health. 2015 Mar 12;15(6):540–51. doi: \
10.1186/s12889-015-1798-y
many: A, B, C, D, E, F, et al. Seven authors. Health Affairs. 2020.
report: World Health Organization. Global experience [Internet]. Geneva: WHO; 2010 May [cited 2026 Nov 22]. \
Available from: https://example.org/report/
page: Peers for Progress. Key Messages [Internet]. Program Development Guide. [cited 2026 Nov 22]. Available from: \
http://www.peersforprogress.org/key-messages/
law: Community health worker services, Minn. Stat. Sect. 256B.0625 subd. 49 (2007).
chapter: Fisher EB Jr. Peer support. In: van Gogh JP; The Institute, editors. Behavioral medicine. 2nd ed. New \
York: Springer; 2014. p. 10–20.
book: Ford A, editor. Together. 3rd ed. Press; 1999.
"""

SHORT = """\
article: Qi LX, Liu Q. BMC Public Health. 2015;15(6):540–51. doi:10.1186/s12889-015-1798-y
many: A, et al. Health Affairs. 2020.
report: World Health Organization. Global experience. 2010. example.org/report
page: Peers for Progress. Key Messages. peersforprogress.org/key-messages
law: Community health worker services. 2007.
chapter: Fisher EB Jr. Peer support. 2014.
book: Ford A. Together. 1999.
"""


def works() -> tuple[Reference, ...]:
    tree, found = parse_yaml(SOURCES, "briefs/sources.yaml")
    assert tree is not None, found
    sources, found = validate(Sources, tree)
    assert sources is not None, found
    return sources.references


def test_references_of_each_type() -> None:
    assert "".join(f"{work.id}: {plain_text(reference(work, 'en'))}\n" for work in works()) == EXPECTED


def test_short_references() -> None:
    assert "".join(f"{work.id}: {plain_text(short_reference(work, 'en'))}\n" for work in works()) == SHORT


def test_words_of_another_language() -> None:
    page = next(work for work in works() if work.id == "page")
    assert "[citado 2026 nov 22]. Disponible en: http" in plain_text(reference(page, "es"))


def test_a_reference_links_to_its_doi_or_address() -> None:
    urls = [node.url for work in works() for node in reference(work, "en") if isinstance(node, Link)]
    assert urls == [
        "https://doi.org/10.1186/s12889-015-1798-y",
        "https://example.org/report/",
        "http://www.peersforprogress.org/key-messages/",
    ]


def test_numbers_follow_the_first_citation() -> None:
    numbering = Numbering()
    assert numbering.numbers_of(["c"]) == (1,)
    assert numbering.numbers_of(["a", "c", "b", "a"]) == (1, 2, 3)
    assert numbering.number("b") == 3
