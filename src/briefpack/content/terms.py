"""The words that Briefpack writes itself, by language: in links, running lines, packs and references.

In comes a language, and the words a campaign has of its own; out go the words in that language. What is in neither is
in English and is named in `Terms.wanting`. References are as the U.S. National Library of Medicine has them in English;
in other languages they have the words that are usual there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from briefpack.content.languages import known_locale, nearest, tag_and_digits
from briefpack.dataclass import dataclass
from briefpack.project.models import Campaign

OF_REFERENCES: Final = frozenset(
    {
        *("in", "editor", "editors", "edition", "internet", "cited"),
        *("available", "undated", "forthcoming", "report", "section", "pages"),
    }
)
"""The terms that only references use."""


@dataclass(frozen=True, slots=True)
class Terms(Mapping[str, str]):
    """The words of `language` by their names, such as `back-to-note`; those in `wanting` are English for want of ours.

    `months` are shortened as references have them, and `ordinal` is how an edition is counted.
    """

    language: str
    words: Mapping[str, str]
    months: tuple[str, ...]
    ordinal: str = "{}"
    wanting: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        return self.words[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def english(self) -> bool:
        """Whether references are in English, for want of another language too."""
        return self.language.split("-")[0] == "en" or "edition" in self.wanting

    def source(self, number: str) -> str:
        """What the link of a citation says."""
        return self["source"].format(number=number)

    def note(self, number: str) -> str:
        """What the link of a footnote's mark says."""
        return self["note"].format(number=number)

    def back_to_note(self, number: str) -> str:
        """What the link from a footnote to its mark says."""
        return self["back-to-note"].format(number=number)


class Asked(Mapping[str, str]):
    """The words of `terms` as a template has them, which notes those that are `used`."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> str:
        word = self.terms[name]
        self.used.add(name)
        return word

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)


def terms_in(language: str, campaign: Campaign | None = None) -> Terms:
    """The words of `language`, those of `campaign` first."""
    tag, _ = tag_and_digits(language)
    ours = nearest(tag, WORDS)
    own = own_terms(language, campaign) if campaign is not None else None
    known = {**(ours or {}), **(own or {})}
    words = {**WORDS["en"], **known}
    wanting = frozenset(words.keys() - known.keys())
    return Terms(tag, MappingProxyType(words), _months(tag), nearest(tag, _ORDINALS) or "{}", wanting)


def own_terms(language: str, campaign: Campaign) -> Mapping[str, str] | None:
    """The words that `campaign` has for `language`, if it has any."""
    tag, _ = tag_and_digits(language)
    return nearest(tag, {name.lower(): each for name, each in campaign.terms.items()})


def _months(tag: str) -> tuple[str, ...]:
    known = nearest(tag, _MONTHS)
    if known is not None:
        return known
    locale = known_locale(tag)
    if locale is None:
        return _MONTHS["en"]
    names = locale.months["format"]["abbreviated"]
    return tuple(str(names[month]).rstrip(".") for month in range(1, 13))


def _table(lines: str) -> Mapping[str, str]:
    """A term a line: its name, a colon, its words."""
    pairs = (line.partition(": ") for line in lines.strip().splitlines())
    return MappingProxyType({name.strip(): words for name, _, words in pairs})


WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": _table("""
            source: Source {number}
            note: Note {number}
            back-to-note: Back to note {number}
            page: page
            page-of-pages: Page {page} of {pages}
            paper: Paper {number}
            paper-for: {kind} · {audience}
            sources: Sources
            contact: Contact
            code: QR code that opens {address}
            meeting-papers: Papers for the meeting
            when: When
            where: Where
            for: For
            chair: Chair
            agenda: Agenda
            papers: Papers
            minutes: {number} minutes
            decision: For decision
            discussion: For discussion
            information: For information
            in: In
            editor: editor
            editors: editors
            edition: ed.
            internet: Internet
            cited: cited
            available: Available from
            undated: date unknown
            forthcoming: Forthcoming
            report: Report No.
            section: Sect.
            pages: p.
        """),
        "es": _table("""
            source: Fuente {number}
            note: Nota {number}
            back-to-note: Volver a la nota {number}
            page: página
            page-of-pages: Página {page} de {pages}
            paper: Documento {number}
            paper-for: {kind} · {audience}
            sources: Fuentes
            contact: Contacto
            code: Código QR que abre {address}
            meeting-papers: Documentos de la reunión
            when: Cuándo
            where: Dónde
            for: Para
            chair: Preside
            agenda: Orden del día
            papers: Documentos
            minutes: {number} minutos
            decision: Para decidir
            discussion: Para debatir
            information: Para informar
            in: En
            editor: editor
            editors: editores
            edition: ed.
            internet: Internet
            cited: citado
            available: Disponible en
            undated: fecha desconocida
            forthcoming: En prensa
            report: Informe n.º
            section: art.
            pages: p.
        """),
        "fr": _table("""
            source: Source {number}
            note: Note {number}
            back-to-note: Retour à la note {number}
            page: page
            page-of-pages: Page {page} sur {pages}
            paper: Document {number}
            paper-for: {kind} · {audience}
            sources: Sources
            contact: Contact
            code: Code QR qui ouvre {address}
            meeting-papers: Documents de la réunion
            when: Quand
            where: Où
            for: Pour
            chair: Présidence
            agenda: Ordre du jour
            papers: Documents
            minutes: {number} minutes
            decision: Pour décision
            discussion: Pour discussion
            information: Pour information
            in: Dans
            editor: éditeur
            editors: éditeurs
            edition: éd.
            internet: Internet
            cited: cité
            available: Disponible sur
            undated: date inconnue
            forthcoming: À paraître
            report: Rapport n°
            section: art.
            pages: p.
        """),
        "de": _table("""
            source: Quelle {number}
            note: Fußnote {number}
            back-to-note: Zurück zu Fußnote {number}
            page: Seite
            page-of-pages: Seite {page} von {pages}
            paper: Papier {number}
            paper-for: {kind} · {audience}
            sources: Quellen
            contact: Kontakt
            code: QR-Code, der {address} öffnet
            meeting-papers: Unterlagen zur Sitzung
            when: Wann
            where: Wo
            for: Für
            chair: Vorsitz
            agenda: Tagesordnung
            papers: Unterlagen
            minutes: {number} Minuten
            decision: Zur Entscheidung
            discussion: Zur Beratung
            information: Zur Kenntnis
            in: In
            editor: Hrsg.
            editors: Hrsg.
            edition: Aufl.
            internet: Internet
            cited: zitiert
            available: Verfügbar unter
            undated: ohne Datum
            forthcoming: Im Druck
            report: Bericht Nr.
            section: §
            pages: S.
        """),
        "it": _table("""
            source: Fonte {number}
            note: Nota {number}
            back-to-note: Torna alla nota {number}
            page: pagina
            page-of-pages: Pagina {page} di {pages}
            paper: Documento {number}
            paper-for: {kind} · {audience}
            sources: Fonti
            contact: Contatto
            code: Codice QR che apre {address}
            meeting-papers: Documenti della riunione
            when: Quando
            where: Dove
            for: Per
            chair: Presiede
            agenda: Ordine del giorno
            papers: Documenti
            minutes: {number} minuti
            decision: Per decisione
            discussion: Per discussione
            information: Per informazione
            in: In
            editor: curatore
            editors: curatori
            edition: ed.
            internet: Internet
            cited: citato
            available: Disponibile su
            undated: data sconosciuta
            forthcoming: In stampa
            report: Rapporto n.
            section: art.
            pages: p.
        """),
        "nl": _table("""
            source: Bron {number}
            note: Noot {number}
            back-to-note: Terug naar noot {number}
            page: pagina
            page-of-pages: Pagina {page} van {pages}
            paper: Stuk {number}
            paper-for: {kind} · {audience}
            sources: Bronnen
            contact: Contact
            code: QR-code die {address} opent
            meeting-papers: Stukken voor de vergadering
            when: Wanneer
            where: Waar
            for: Voor
            chair: Voorzitter
            agenda: Agenda
            papers: Stukken
            minutes: {number} minuten
            decision: Ter besluitvorming
            discussion: Ter bespreking
            information: Ter informatie
            in: In
            editor: red.
            editors: red.
            edition: druk
            internet: internet
            cited: geraadpleegd
            available: Beschikbaar via
            undated: datum onbekend
            forthcoming: Te verschijnen
            report: Rapport nr.
            section: art.
            pages: p.
        """),
        "pt": _table("""
            source: Fonte {number}
            note: Nota {number}
            back-to-note: Voltar à nota {number}
            page: página
            page-of-pages: Página {page} de {pages}
            paper: Documento {number}
            paper-for: {kind} · {audience}
            sources: Fontes
            contact: Contato
            code: Código QR que abre {address}
            meeting-papers: Documentos da reunião
            when: Quando
            where: Onde
            for: Para
            chair: Preside
            agenda: Ordem do dia
            papers: Documentos
            minutes: {number} minutos
            decision: Para decisão
            discussion: Para discussão
            information: Para informação
            in: Em
            editor: editor
            editors: editores
            edition: ed.
            internet: Internet
            cited: citado
            available: Disponível em
            undated: data desconhecida
            forthcoming: No prelo
            report: Relatório n.º
            section: art.
            pages: p.
        """),
        "ar": _table("""
            source: المصدر {number}
            note: الحاشية {number}
            back-to-note: العودة إلى الحاشية {number}
            page: صفحة
            page-of-pages: صفحة {page} من {pages}
            paper: الورقة {number}
            paper-for: {kind} · {audience}
            sources: المصادر
            contact: للتواصل
            code: رمز QR يفتح {address}
            meeting-papers: أوراق الاجتماع
            when: الموعد
            where: المكان
            for: إلى
            chair: الرئاسة
            agenda: جدول الأعمال
            papers: الأوراق
            minutes: {number} دقيقة
            decision: لاتخاذ قرار
            discussion: للمناقشة
            information: للعلم
            in: في
            editor: محرر
            editors: محررون
            edition: ط.
            internet: الإنترنت
            cited: تاريخ الاطلاع
            available: متاح على
            undated: بلا تاريخ
            forthcoming: قيد النشر
            report: تقرير رقم
            section: المادة
            pages: ص.
        """),
    }
)
"""All the words, by language."""

_ORDINALS: Final[Mapping[str, str]] = MappingProxyType(
    {"es": "{}.ª", "fr": "{}e", "de": "{}.", "it": "{}ª", "nl": "{}e", "pt": "{}ª"}
)
_MONTHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
        "fr": ("janv", "févr", "mars", "avr", "mai", "juin", "juill", "août", "sept", "oct", "nov", "déc"),
        "de": ("Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sept", "Okt", "Nov", "Dez"),
        "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
        "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        "pt": ("jan", "fev", "mar", "abr", "maio", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    }
)
