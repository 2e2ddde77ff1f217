"""Works from other programs: BibTeX, BibLaTeX and CSL-JSON into entries of `sources.yaml`.

In comes the text of a file, out go works in the names of CSL, each with the line it begins at, and what is wrong
with the file. How works become text is here too: they are added at the end of `sources.yaml`, and not a byte of what
stands there changes. BibTeX needs the library bibtexparser (`pip install briefpack[bibtex]`).
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.expressions import expression

Person = Mapping[str, str]
Value = str | tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A work to be added: its id, its fields in the names and the order of CSL, and where it was read."""

    id: str
    fields: Mapping[str, Value]
    span: Span

    def text(self, name: str) -> str:
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""


Read = tuple[tuple[Work, ...], tuple[Diagnostic, ...]]

# The fields that are taken over, in the order they are written.
_TAKEN: Final = (
    "type",
    "author",
    "title",
    "title-short",
    "editor",
    "container-title",
    "container-title-short",
    "collection-title",
    "edition",
    "volume",
    "issue",
    "number",
    "section",
    "page",
    "genre",
    "publisher",
    "publisher-place",
    "jurisdiction",
    "issued",
    "status",
    "accessed",
    "DOI",
    "PMID",
    "PMCID",
    "ISBN",
    "URL",
    "language",
)

_CSL_TYPES: Final = {
    **dict.fromkeys(
        ("article-journal", "article", "article-magazine", "article-newspaper", "review", "periodical"),
        "article-journal",
    ),
    **dict.fromkeys(("report", "standard", "document", "speech"), "report"),
    **dict.fromkeys(("webpage", "post", "post-weblog", "dataset", "software"), "webpage"),
    **dict.fromkeys(("legislation", "bill", "legal_case", "regulation", "treaty", "hearing"), "legislation"),
    **dict.fromkeys(("chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"), "chapter"),
    **dict.fromkeys(("book", "thesis", "pamphlet", "manuscript", "collection"), "book"),
}
_BIBTEX_TYPES: Final = {
    **dict.fromkeys(("article", "periodical", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("techreport", "report", "manual", "standard", "unpublished"), "report"),
    **dict.fromkeys(("online", "electronic", "www", "software", "dataset"), "webpage"),
    **dict.fromkeys(("legislation", "jurisdiction", "legal", "legadminmaterial"), "legislation"),
    **dict.fromkeys(("incollection", "inbook", "inproceedings", "conference", "inreference"), "chapter"),
    **dict.fromkeys(
        ("book", "booklet", "collection", "mvbook", "proceedings", "phdthesis", "mastersthesis", "thesis"), "book"
    ),
}


def read_bibliography(text: str, path: str) -> Read:
    """The works in the file `path`, which is BibTeX unless it begins as JSON does."""
    return _read_json(text, path) if text.lstrip()[:1] in ("[", "{") else _read_bibtex(text, path)


def _line(text: str, at: int, path: str, width: int = 1) -> Span:
    """The place of the character `at` of `text`."""
    row, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Span(path, row, column, row, column + width)


def _kept(fields: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name in _TAKEN if (value := fields.get(name))}


# ---------------------------------------------------------------------------------------------- CSL-JSON


def _read_json(text: str, path: str) -> Read:
    works: list[Work] = []
    found: list[Diagnostic] = []
    try:
        for at, item in _json_items(text):
            work = _from_csl(item, _line(text, at, path), found)
            works += [work] if work is not None else []
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg.lower()}"
        help = "export the file again"
        found.append(finding("bibliography", message, _line(text, error.pos, path), help=help))
    return tuple(works), tuple(found)


def _json_items(text: str) -> Iterator[tuple[int, Any]]:
    """The items of a list, or the one item, each with the place it begins at."""
    decoder = json.JSONDecoder()
    at = _blank(text, 0)
    if text[at] == "{":
        yield at, decoder.raw_decode(text, at)[0]
        return
    at = _blank(text, at + 1)
    while text[at : at + 1] != "]":
        item, end = decoder.raw_decode(text, at)
        yield at, item
        end = _blank(text, end)
        if text[end : end + 1] not in (",", "]"):
            raise json.JSONDecodeError("Expecting ',' delimiter", text, end)
        at = _blank(text, end + (text[end] == ","))


def _blank(text: str, at: int) -> int:
    """The place of the first character from `at` that is no blank."""
    return at + len(text[at:]) - len(text[at:].lstrip())


def _from_csl(item: Any, span: Span, found: list[Diagnostic]) -> Work | None:
    if not isinstance(item, dict) or not isinstance(item.get("title"), str):
        help = "give it a `title`"
        found.append(finding("bibliography", "this is not a work with a title", span, help=help))
        return None
    fields: dict[str, Value | None] = {
        name: " ".join(str(value).split())
        for name, value in item.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    fields["type"] = _type(str(item.get("type", "")), _CSL_TYPES, fields, span, found)
    if item.get("type") == "thesis":
        fields["genre"] = "dissertation"
    fields |= {name: _csl_people(item.get(name)) for name in ("author", "editor")}
    fields |= {name: _csl_date(item.get(name)) for name in ("issued", "accessed")}
    short = item.get("journalAbbreviation") or item.get("container-title-short")
    fields["container-title-short"] = short if isinstance(short, str) else None
    return Work(str(item.get("citation-key") or item.get("id") or ""), _kept(fields), span)


def _csl_people(value: Any) -> tuple[Person, ...]:
    known = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
    people = value if isinstance(value, list) else []
    named = [
        {name: str(person[name]) for name in known if person.get(name)} for person in people if isinstance(person, dict)
    ]
    return tuple(person for person in named if person)


def _csl_date(value: Any) -> str | None:
    if isinstance(value, str):
        return _date(value)
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return _date("-".join(str(part) for part in parts[0] if part))
    return _date(str(value.get("raw") or value.get("literal") or ""))


_DATE: Final = expression(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")


def _date(text: str) -> str | None:
    """`text` as a year or a date; None when it is neither."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])


def _type(
    name: str, known: Mapping[str, str], fields: Mapping[str, Value | None], span: Span, found: list[Diagnostic]
) -> str:
    """Our type for another program's; a guess, and a finding, where there is none."""
    if name in known:
        return known[name]
    guess = "webpage" if fields.get("URL") and not fields.get("publisher") else "book"
    if name not in ("misc", ""):
        help = f"change `type:` in `sources.yaml` if it is not a {guess}"
        found.append(
            finding("bibliography-type", f"`{name}` is not a type we know, taken for a {guess}", span, help=help)
        )
    return guess


# ------------------------------------------------------------------------------------------------ BibTeX


def _read_bibtex(text: str, path: str) -> Read:
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
    except ImportError:
        help = "run `pip install 'briefpack[bibtex]'`, or export the file as CSL-JSON"
        message = "reading BibTeX needs a library that is not installed"
        return (), (finding("bibliography", message, path=path, help=help),)
    # What it has to say about a file is said here, with the place.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    library = parse_string(
        text, append_middleware=[SeparateCoAuthors(name_fields=_NAMES), SplitNameParts(name_fields=_NAMES)]
    )
    found: list[Diagnostic] = []
    works = [_from_bibtex(entry, path, found) for entry in library.entries]
    found += [_broken(block, path) for block in library.failed_blocks]
    return tuple(work for work in works if work is not None), tuple(found)


_NAMES: Final = ("author", "editor")


def _broken(block: Any, path: str) -> Diagnostic:
    span = Span(path, block.start_line + 1, 1, block.start_line + 1, 2)
    if type(block).__name__ == "DuplicateBlockKeyBlock":
        help = "give one of the two another key"
        return finding("bibliography", f"the key `{block.key}` is used twice, so this was left out", span, help=help)
    help = "look for a brace or a quote that is not closed"
    return finding("bibliography", "this entry cannot be read, so it was left out", span, help=help)


def _from_bibtex(entry: Any, path: str, found: list[Diagnostic]) -> Work | None:
    span = Span(path, entry.start_line + 1, 1, entry.start_line + 1, len(entry.entry_type) + 2)
    raw = {field.key.lower(): field.value for field in entry.fields}
    plain = {name: _unlatexed(value) for name, value in raw.items() if isinstance(value, str)}
    if "title" not in plain:
        help = "give it a `title`"
        found.append(finding("bibliography", f"`{entry.key}` has no title", span, help=help))
        return None
    kind = entry.entry_type.lower()
    fields = _bibtex_fields(plain, kind)
    fields["type"] = _type(kind, _BIBTEX_TYPES, fields, span, found)
    fields |= {name: _bibtex_people(raw.get(name)) for name in _NAMES}
    return Work(entry.key, _kept(fields), span)


_THESES: Final = {"phdthesis": "dissertation", "thesis": "dissertation", "mastersthesis": "master's thesis"}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _bibtex_fields(plain: Mapping[str, str], kind: str) -> dict[str, Value | None]:
    """The fields of BibTeX and BibLaTeX in the names of CSL."""

    def first(*names: str) -> str | None:
        return next((plain[name] for name in names if plain.get(name)), None)

    article = _BIBTEX_TYPES.get(kind) == "article-journal"
    subtitle = first("subtitle")
    medline = plain.get("eprinttype", "").lower() == "pubmed"
    return {
        "title": f"{plain['title']}: {subtitle}" if subtitle else plain["title"],
        "title-short": first("shorttitle"),
        "container-title": first("journal", "journaltitle", "booktitle", "maintitle"),
        "container-title-short": first("shortjournal", "journalabbr"),
        "collection-title": first("series"),
        "edition": first("edition"),
        "volume": first("volume"),
        "issue": first("number", "issue") if article else first("issue"),
        "number": None if article else first("number"),
        "page": re.sub(r"\s*[-–]+\s*", "-", first("pages") or "") or None,
        "genre": _THESES.get(kind),
        "publisher": first("publisher", "institution", "school", "organization"),
        "publisher-place": first("address", "location"),
        "issued": _issued(plain),
        "status": "forthcoming"
        if plain.get("pubstate", "").lower() in ("forthcoming", "inpress", "in press")
        else None,
        "accessed": _date(plain.get("urldate", "")),
        "DOI": first("doi"),
        "PMID": first("pmid") or (first("eprint") if medline else None),
        "PMCID": first("pmcid"),
        "ISBN": first("isbn"),
        "URL": first("url"),
        "language": first("langid", "language"),
    }


def _issued(plain: Mapping[str, str]) -> str | None:
    if plain.get("date"):
        return _date(plain["date"])
    year, month = _date(plain.get("year", "")), plain.get("month", "").lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdecimal() else None
    return f"{year}-{number:02}" if year is not None and number is not None and 1 <= number <= 12 else year


def _bibtex_people(parts: Any) -> tuple[Person, ...]:
    """Names taken apart; one that is all in braces is that of an organisation."""
    return tuple(_bibtex_person(part) for part in parts) if isinstance(parts, list) else ()


def _bibtex_person(part: Any) -> Person:
    first, von, last, jr = (" ".join(words) for words in (part.first, part.von, part.last, part.jr))
    if not first and not von and (last.startswith("{") or last == "others"):
        return {"literal": "et al" if last == "others" else _unlatexed(last)}
    named = {"family": last, "given": first, "non-dropping-particle": von, "suffix": jr}
    return {name: _unlatexed(words) for name, words in named.items() if words}


def _unlatexed(text: str) -> str:
    """`text` with LaTeX's accents, marks and dashes as characters."""
    from pylatexenc.latex2text import LatexNodes2Text

    plain = LatexNodes2Text(keep_comments=True).latex_to_text(text) if re.search(r"[\\{}$~`'-]", text) else text
    return unicodedata.normalize("NFC", " ".join(plain.replace("\u00a0", " ").split()))


# ------------------------------------------------------------------------------------- into `sources.yaml`


def added(known: str, works: Iterable[Work]) -> str:
    """What `sources.yaml` holds with `works` at its end. `known` is what it holds now, and stays as it is."""
    ending = "\r\n" if "\r\n" in known else "\n"
    body = re.sub(r"(?m)^references:[ \t]*\[\s*\][ \t]*$", "references:", known)
    body = _ended(body, ending)
    begun = re.search(r"(?m)^references:", body)
    if begun is None:
        body += f"references:{ending}"
    first = re.search(r"(?m)^([ \t]*)- ", body[begun.start() if begun is not None else 0 :])
    indent = first[1] if first is not None else "  "
    blocks = [ending.join(["", *(f"{indent}{line}" for line in _lines(work)), ""]) for work in works]
    return body + "".join(blocks)


def _ended(text: str, ending: str) -> str:
    """`text` with its last line ended."""
    return text if not text or text.endswith("\n") else text + ending


def _lines(work: Work) -> Iterator[str]:
    yield f"- id: {work.id}"
    for name, value in work.fields.items():
        if isinstance(value, str):
            yield f"  {name}: {_scalar(value)}"
            continue
        yield f"  {name}:"
        for person in value:
            yield f"    - {{{', '.join(f'{key}: {_scalar(part)}' for key, part in person.items())}}}"


_PLAIN: Final = expression(r"[A-Za-z0-9](?:[\w ./()&+-]|:(?=/))*(?<! )")
# What a reader of YAML 1.1 takes for something else than text (https://yaml.org/type/).
_TAKEN_FOR_OTHER: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def _scalar(text: str) -> str:
    """`text` so that every reader of YAML takes it for text: in double quotes unless it is plain."""
    if _PLAIN.fullmatch(text) and text.lower() not in _TAKEN_FOR_OTHER:
        return text
    return json.dumps(text, ensure_ascii=False)


_NOT_ID: Final = expression(r"[^A-Za-z0-9]+")


def with_ids(works: Sequence[Work], taken: Iterable[str]) -> tuple[Work, ...]:
    """`works` with ids that can be cited and that are not `taken` yet."""
    used = set(taken)
    named: list[Work] = []
    for work in works:
        id = _free(_id(work), used)
        used.add(id)
        named.append(replace(work, id=id))
    return tuple(named)


def _id(work: Work) -> str:
    """Its key as an id; the first author and the year where the key is an address or a bare number."""
    if work.id and "/" not in work.id and not work.id.isdecimal():
        key = re.sub(r"[^A-Za-z0-9._-]+", "-", _folded(work.id))
        return re.sub(r"([-_.])[-_.]+", r"\1", key).strip("-_.") or "source"
    people = work.fields.get("author") or work.fields.get("editor") or ()
    first = people[0] if people and not isinstance(people, str) else {}
    words = first.get("family") or first.get("literal") or work.text("title")
    name = "-".join(_NOT_ID.sub(" ", _folded(words)).lower().split()[:2])
    return "-".join(part for part in (name, work.text("issued")[:4]) if part) or "source"


def _folded(text: str) -> str:
    """`text` without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _free(id: str, used: set[str]) -> str:
    if id not in used:
        return id
    return next(f"{id}-{number}" for number in range(2, len(used) + 3) if f"{id}-{number}" not in used)


def same_doi(doi: str) -> str:
    """What two DOIs have in common when they are the same."""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", doi.strip(), flags=re.IGNORECASE).lower()


def same_title(title: str) -> str:
    """What two titles have in common when they differ in case, marks and accents only."""
    return _NOT_ID.sub(" ", _folded(title).lower()).strip()
