"""The page of `pages.py` as HTML and CSS, for WeasyPrint: the same words, links and typeface, one A4 page, tagged."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import Final

from bench.pages import Evidence, Page, Part, Rich

CSS: Final = Template("""\
@font-face { font-family: Fira; font-weight: 400; src: url($regular) }
@font-face { font-family: Fira; font-weight: 600; src: url($semibold) }
@font-face { font-family: Fira; font-weight: 700; src: url($bold) }
@page { size: A4; margin: 17mm 20mm 15mm }
body { font: 10.4pt/1.22 Fira; color: #1d2733; margin: 0 }
p { margin: 0 0 5pt }
h1, h2, h3 { color: #0b5563; font-weight: 600; line-height: 1.15; margin: 11pt 0 4pt }
h1 { font-size: 24pt; font-weight: 700; color: #1d2733; margin: 5pt 0 7pt }
h2 { font-size: 13pt } h3 { font-size: 10.4pt; margin: 0 0 5pt }
.over { display: flex; justify-content: space-between; font-size: 9pt; color: #47525e }
.message { font-size: 13.5pt; color: #0b5563 }
.columns { display: grid; grid-template-columns: 8fr 4fr; column-gap: 8mm }
.cards { display: grid; grid-template-columns: 1fr 1fr 1fr; column-gap: 6pt; font-size: 9.2pt }
.cards section, .example { background: #e6f0f1; padding: 8pt }
.example { margin-top: 9pt } .example h2, .ask h2 { margin-top: 0 }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; border: solid #0b5563; border-width: .8pt 0 }
caption { text-align: left; color: #47525e; margin-bottom: 5pt }
th { text-align: left; font-weight: 600 } th, td { padding: 2.5pt 4pt } thead th { border-bottom: .5pt solid #0b5563 }
.number { text-align: right; white-space: nowrap }
.figure { background: #0b5563; color: white; padding: 12pt } .figure a { color: white }
.figure strong { font-size: 43pt; line-height: 1 } .note { font-size: 9pt }
.ask { border: 1.4pt solid #0b5563; padding: 12pt; margin-top: 14pt }
.sources { font-size: 8.5pt; color: #47525e; border-top: .5pt solid #0b5563; margin-top: 7pt }
.sources h2 { font-size: 10.5pt; margin-top: 6pt } ol { padding-left: 14pt; margin: 0 }
a { color: inherit; text-decoration: none } sup { font-size: 65%; line-height: 0 }
""")


def page_html(page: Page, fonts: dict[str, str]) -> str:
    """`page` as a document; `fonts` are the files of the typeface by the names in `CSS`."""
    css = CSS.substitute({name: Path(file).as_uri() for name, file in fonts.items()})
    head = f"<meta charset=utf-8><title>{escape(page.headline)}</title><style>{css}</style>"
    cards = "".join(f"<section><h3>{escape(card.heading)}</h3>{_text(card.text)}</section>" for card in page.cards)
    main = (
        f"{_part(page.problem)}<h2>{escape(page.works)}</h2><div class=cards>{cards}</div>"
        f'{_table(page.evidence)}<section class="example">{_part(page.example)}</section>'
    )
    contact = page.contact
    side = (
        f"<section class=figure><strong>{page.figure.value}</strong><p>{escape(page.figure.means)}</p>"
        f"<div class=note>{_text(page.figure.note)}</div></section>{_part(page.unknown)}"
        f"<section class=ask>{_part(page.ask)}<p class=note>{escape(contact.name)}, {escape(contact.role)}<br>"
        f'{contact.phone}<br><a href="mailto:{contact.email}">{contact.email}</a></p></section>'
    )
    sources = "".join(
        f'<li id="source-{number}">{escape(source.text)} <a href="{source.url}">{source.url}</a></li>'
        for number, source in enumerate(page.sources, 1)
    )
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><div class=over><span>{page.organisation}</span>"
        f"<span>{page.kind}</span></div><h1>{escape(page.headline)}</h1><p class=message>{escape(page.message)}</p>"
        f"<div class=columns><div>{main}</div><div>{side}</div></div><section class=sources><h2>Sources</h2>"
        f"<ol>{sources}</ol><p>{page.statement} {page.funding}</p></section></body></html>"
    )


def _part(part: Part) -> str:
    return f"<h2>{escape(part.heading)}</h2>{_text(part.text)}"


def _text(text: Rich) -> str:
    return f"<p>{_rich(text)}</p>"


def _rich(text: Rich) -> str:
    return "".join(
        escape(run) if isinstance(run, str) else f'<sup><a href="#source-{run}">{run}</a></sup>' for run in text
    )


def _table(evidence: Evidence) -> str:
    kinds = ("", " class=number", " class=number", "")
    head = "".join(f"<th scope=col{kind}>{escape(name)}</th>" for kind, name in zip(kinds, evidence.head, strict=True))
    rows = "".join(
        f"<tr><th scope=row>{_rich(row[0])}</th>"
        + "".join(f"<td{kind}>{_rich(cell)}</td>" for kind, cell in zip(kinds[1:], row[1:], strict=True))
        + "</tr>"
        for row in evidence.rows
    )
    return (
        f"<h2>{escape(evidence.heading)}</h2><table><caption>{escape(evidence.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
