"""What small punctuation is in each language: quotation marks, dashes, and the spaces that must not break.

Quotation marks are those of Unicode CLDR 48 (`delimiters`), with one exception: Canadian French quotes inside
quotes as English does, which CLDR has the wrong way round. Spaces and dashes follow the style books: Imprimerie
nationale (French), OQLF (Canadian French), Duden and DIN 5008 (German), RAE (Spanish), The Chicago Manual of Style
(American English) and New Hart's Rules (other English).

The space before a unit's symbol is narrow (U+202F) in French and German and U+00A0 elsewhere; before a per cent sign
it is what CLDR has, so that `5 %` typed and a share written from data are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from briefpack.content.languages import nearest, tag_and_digits
from briefpack.dataclass import dataclass

NARROW: Final = "\u202f"
BLANK: Final = "\u00a0"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Conventions:
    """The small punctuation of a language.

    `quotes` and `nested` are the marks for `"` and `'`, `inside` what stands between a guillemet and its words.
    `tall` and `colon` stand before `; ! ?` and `:`; None leaves what was typed. `dash` is for a hyphen between
    blanks; a `closed` one loses them, `raya` marks off a parenthesis that it touches. `symbol` is the space before
    a unit's symbol, `percent` that before `%` (None leaves what was typed), and `percent_typed` says that it is only
    for a space typed there. `group` is for a space typed between thousands. `units` are words that stay with their
    number, `to` those of a range, `before_number` and `titles` abbreviations that stay with what follows, `clitics`
    words of one letter that end no line, `elided` words that begin with an apostrophe. `turns` says that a straight
    mark opens and closes by turns, as in scripts where no blank tells. `comma` stands between two things that are said.
    """

    quotes: Pair = ("“", "”")
    nested: Pair = ("‘", "’")
    inside: str = ""
    tall: str | None = None
    colon: str | None = None
    dash: str = "–"
    closed: bool = False
    raya: bool = False
    ellipsis: str = "…"
    symbol: str = BLANK
    percent: str | None = ""
    percent_typed: bool = False
    group: str | None = None
    units: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()
    turns: bool = False
    comma: str = ","


@lru_cache(maxsize=64)
def conventions(language: str) -> Conventions:
    """Those of `language`, or of what it is a kind of; curly quotation marks and an en dash where nobody knows."""
    return nearest(tag_and_digits(language)[0], _TABLE) or _PLAIN


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Symbols that are the same in every language of an alphabet (CLDR `units`, short), with those of medicine.
SYMBOLS: Final = _words(
    "kg g mg µg μg ng km m cm mm µm nm m² m³ km² cm² ha l L ml mL dl dL cl h min s ms t kcal kJ J W "
    "kW kWh V Hz °C °F K Pa kPa mmHg bpm mol mmol µmol IU UI IE U mmol/l mmol/mol mg/dl mg/dL km/h pt "
    "px dpi kB MB GB TB кг г мг мкг км м см мм га л мл ч мин с сек год хв °C ккал ммоль руб грн € $ £ "
    "¥ ₽ ₴ zł Kč kr Ft lei CHF EUR USD GBP"
)


_LOW: Final[Pair] = ("„", "“")
_LOW_NESTED: Final[Pair] = ("‚", "‘")
_GUILLEMETS: Final[Pair] = ("«", "»")
_CURLY: Final[Pair] = ("“", "”")
_SINGLE: Final[Pair] = ("‘", "’")
_CLOSING: Final[Pair] = ("”", "”")
_CLOSING_NESTED: Final[Pair] = ("’", "’")
_ANGLES: Final[Pair] = ("‹", "›")
_CORNERS: Final[Pair] = ("「", "」")
_WHITE_CORNERS: Final[Pair] = ("『", "』")

_PLAIN: Final = Conventions(percent=None)
_ENGLISH: Final = Conventions(
    units=_words(
        "hour hours minute minutes day days week weeks month months year years point points people trial "
        "trials studies practices visit visits percent million billion"
    ),
    to=_words("to"),
    before_number=_words(
        "p pp No no Nos nos Fig Figs fig figs Vol vol Ch ch Sec sec Table table Figure figure Chapter chapter "
        "Section section Page page Part part Annex annex Appendix appendix Session session Module module Step step "
        "Type type Grade grade Phase phase Stage stage"
    ),
    titles=_words("Dr Mr Mrs Ms Mx Prof St Rev"),
    elided=_words("tis twas em til cause bout n round"),
)
_SPANISH: Final = Conventions(
    dash="—",
    raya=True,
    percent=BLANK,
    units=_words(
        "hora horas minuto minutos día días semana semanas mes meses año años punto puntos persona "
        "personas ensayo ensayos estudio estudios visita visitas millón millones mil"
    ),
    to=_words("a"),
    before_number=_words("p pp pág págs núm núms n.º nº n° fig figs vol cap art secc"),
    titles=_words("Dr Dra Drs Sr Sra Sres Srta Prof D Dña Ud Uds"),
)
_FRENCH: Final = Conventions(
    quotes=_GUILLEMETS,
    nested=_GUILLEMETS,
    inside=NARROW,
    tall=NARROW,
    colon=BLANK,
    symbol=NARROW,
    percent=BLANK,
    group=NARROW,
    units=_words(
        "heure heures minute minutes jour jours semaine semaines mois an ans année années point points "
        "personne personnes essai essais étude études visite visites million millions milliard milliards"
    ),
    to=_words("à"),
    before_number=_words("p pp n° nº fig figs vol chap art"),
    titles=_words("M MM Mme Mmes Mlle Dr Dre Pr Me"),
)
_GERMAN: Final = Conventions(
    quotes=_LOW,
    nested=_LOW_NESTED,
    symbol=NARROW,
    percent=BLANK,
    units=_words(
        "Stunde Stunden Minute Minuten Tag Tage Tagen Woche Wochen Monat Monate Monaten Jahr Jahre Jahren "
        "Punkt Punkte Punkten Person Personen Studie Studien Besuch Besuche Besuchen Prozent Million "
        "Millionen Milliarde Milliarden"
    ),
    to=_words("bis"),
    before_number=_words("S Nr Nrn Abb Tab Kap Bd Bde Abs Art Abschn"),
    titles=_words("Dr Prof Hr Fr St"),
)
_ITALIAN: Final = Conventions(
    quotes=_GUILLEMETS,
    nested=_CURLY,
    units=_words(
        "ora ore minuto minuti giorno giorni settimana settimane mese mesi anno anni punto punti persona "
        "persone studio studi visita visite milione milioni miliardo miliardi"
    ),
    to=_words("a"),
    before_number=_words("p pp n fig figg vol cap art"),
    titles=_words("Dott Dr Prof Sig"),
)
_PORTUGUESE: Final = Conventions(
    dash="—",
    units=_words(
        "hora horas minuto minutos dia dias semana semanas mês meses ano anos ponto pontos pessoa pessoas "
        "ensaio ensaios estudo estudos visita visitas milhão milhões mil"
    ),
    to=_words("a"),
    before_number=_words("p pp pág págs n.º nº fig vol cap art"),
    titles=_words("Dr Dra Sr Sra Prof"),
)
_DUTCH: Final = Conventions(
    quotes=_SINGLE,
    units=_words(
        "uur uren minuut minuten dag dagen week weken maand maanden jaar jaren punt punten mensen "
        "personen studie studies bezoek bezoeken procent miljoen miljard"
    ),
    to=_words("tot"),
    before_number=_words("p pp blz nr nrs fig dl hfst art"),
    titles=_words("Dr dr Prof prof Mevr mevr Dhr dhr Mr mr St"),
    elided=_words("s t n k m r ns"),
)
_NORDIC: Final = Conventions(quotes=_CLOSING, nested=_CLOSING_NESTED, percent=BLANK, group=BLANK)
_SWEDISH: Final = replace(
    _NORDIC,
    units=_words(
        "timme timmar minut minuter dag dagar vecka veckor månad månader år poäng personer procent miljon "
        "miljoner miljarder"
    ),
    to=_words("till"),
    before_number=_words("s nr fig kap"),
    titles=_words("Dr dr Prof prof"),
)
_FINNISH: Final = replace(_NORDIC, units=_words("tuntia minuuttia päivää viikkoa kuukautta vuotta prosenttia henkilöä"))
_DANISH: Final = replace(
    _NORDIC,
    quotes=_CURLY,
    nested=_SINGLE,
    group=None,
    units=_words("time timer minut minutter dag dage uge uger måned måneder år point personer procent mio"),
    to=_words("til"),
    before_number=_words("s nr fig kap"),
)
_NORWEGIAN: Final = replace(
    _NORDIC,
    quotes=_GUILLEMETS,
    nested=_SINGLE,
    units=_words("time timer minutt minutter dag dager uke uker måned måneder år poeng personer prosent millioner"),
    to=_words("til"),
    before_number=_words("s nr fig kap"),
)
_POLISH: Final = Conventions(
    quotes=("„", "”"),
    nested=_GUILLEMETS,
    group=BLANK,
    units=_words(
        "godzin godziny godzinę minut minuty dni dzień tygodni tygodnie miesięcy miesiące lat lata rok "
        "osób osoby procent"
    ),
    to=_words("do"),
    before_number=_words("s nr rys tab t rozdz art"),
    titles=_words("dr prof mgr św"),
    clitics=_words("a i o u w z A I O U W Z"),
)
_CZECH: Final = Conventions(
    quotes=_LOW,
    nested=_LOW_NESTED,
    percent=BLANK,
    percent_typed=True,
    group=BLANK,
    units=_words(
        "hodin hodiny hodina minut minuty dní dny den týdnů týdny měsíců měsíce let roky rok lidí osob procent procenta"
    ),
    to=_words("až"),
    before_number=_words("s str č obr tab kap čl"),
    titles=_words("Dr dr MUDr Mgr Ing prof doc"),
    clitics=_words("a i k o s u v z A I K O S U V Z"),
)
_SLOVAK: Final = replace(
    _CZECH,
    units=_words(
        "hodín hodiny hodina minút minúty dní deň týždňov týždne mesiacov mesiace rokov roky rok ľudí osôb percent"
    ),
)
_RUSSIAN: Final = Conventions(
    quotes=_GUILLEMETS,
    nested=_LOW,
    dash="—",
    percent=BLANK,
    group=BLANK,
    units=_words(
        "час часа часов минута минуты минут день дня дней неделя недели недель месяц месяца месяцев год "
        "года лет человек процента процентов тыс млн млрд"
    ),
    to=_words("до"),
    before_number=_words("с стр рис табл гл т ст"),
    titles=_words("д-р проф г"),
    clitics=_words("а в и к о с у я А В И К О С У Я"),
)
_UKRAINIAN: Final = replace(
    _RUSSIAN,
    percent="",
    units=_words(
        "година години годин хвилина хвилини хвилин день дні днів тиждень тижні тижнів місяць місяці "
        "місяців рік роки років людей осіб тис млн млрд"
    ),
    before_number=_words("с стор мал рис табл гл т ст"),
    clitics=_words("а в з і й о у є я А В З І Й О У Є Я"),
)
_BULGARIAN: Final = Conventions(quotes=_LOW, nested=_LOW, group=BLANK, clitics=_words("а в и к о с у А В И К О С У"))
_CROATIAN: Final = Conventions(quotes=_LOW, nested=_LOW_NESTED, percent=BLANK, percent_typed=True)
_HUNGARIAN: Final = Conventions(quotes=("„", "”"), nested=("»", "«"), group=BLANK)
_BALTIC: Final = Conventions(quotes=_LOW, nested=_LOW, group=BLANK)
_SERBIAN: Final = Conventions(quotes=("„", "”"), nested=_CLOSING_NESTED)
_ARABIC: Final = Conventions(quotes=("”", "“"), nested=("’", "‘"), percent=None, turns=True, comma="،")
_CHINESE: Final = Conventions(dash="——", closed=True, ellipsis="……", turns=True)

_TABLE: Final[Mapping[str, Conventions]] = MappingProxyType(
    {
        "en": _ENGLISH,
        "en-us": replace(_ENGLISH, dash="—", closed=True),
        "en-za": replace(_ENGLISH, group=BLANK),
        "es": _SPANISH,
        **dict.fromkeys(
            _words("es-mx es-419 es-gt es-hn es-ni es-pa es-sv es-pe es-do"), replace(_SPANISH, percent="")
        ),
        "es-us": replace(_SPANISH, percent="", quotes=_GUILLEMETS, nested=_CURLY),
        "fr": _FRENCH,
        "fr-ca": replace(_FRENCH, nested=_CURLY, inside=BLANK, tall="", symbol=BLANK, group=BLANK),
        "fr-ch": replace(_FRENCH, nested=_ANGLES, colon=NARROW, percent=""),
        "de": _GERMAN,
        "de-at": replace(_GERMAN, group=BLANK),
        **dict.fromkeys(("de-ch", "de-li"), replace(_GERMAN, percent="")),
        "it": _ITALIAN,
        "pt": _PORTUGUESE,
        **dict.fromkeys(
            _words("pt-ao pt-ch pt-cv pt-gq pt-gw pt-lu pt-mo pt-mz pt-pt pt-st pt-tl"),
            replace(_PORTUGUESE, quotes=_GUILLEMETS, nested=_CURLY, dash="–", group=BLANK),
        ),
        "nl": _DUTCH,
        "af": Conventions(units=_words("uur minute dae weke maande jaar"), group=BLANK, elided=_words("n t s k")),
        "sv": _SWEDISH,
        "fi": _FINNISH,
        "da": _DANISH,
        **dict.fromkeys(("no", "nb", "nn"), _NORWEGIAN),
        "pl": _POLISH,
        "cs": _CZECH,
        "sk": _SLOVAK,
        "sl": replace(_CROATIAN, percent=BLANK),
        "hr": _CROATIAN,
        "bs": Conventions(quotes=("„", "”"), nested=_SINGLE),
        "mk": replace(_CROATIAN, percent=BLANK),
        "sr": _SERBIAN,
        "bg": _BULGARIAN,
        "ru": _RUSSIAN,
        "be": replace(_RUSSIAN, units=frozenset()),
        "uk": _UKRAINIAN,
        "el": Conventions(
            quotes=_GUILLEMETS,
            nested=_CURLY,
            units=_words("ώρες ώρα λεπτά ημέρες ημέρα εβδομάδες μήνες έτη χρόνια άτομα"),
        ),
        "ro": Conventions(
            quotes=("„", "”"),
            nested=_GUILLEMETS,
            percent=BLANK,
            units=_words("ore oră minute zile zi luni ani an persoane"),
            to=_words("la"),
        ),
        "hu": _HUNGARIAN,
        "et": replace(_BALTIC, nested=_LOW_NESTED),
        "lt": replace(_BALTIC, percent=BLANK),
        "lv": Conventions(group=BLANK),
        "sq": Conventions(group=BLANK),
        "is": Conventions(quotes=_LOW, nested=_LOW_NESTED),
        "ca": Conventions(quotes=_GUILLEMETS, nested=_CURLY, percent=BLANK),
        "eu": Conventions(quotes=_GUILLEMETS, nested=_CURLY, percent=None),
        "gl": Conventions(percent=BLANK),
        "ht": Conventions(quotes=_GUILLEMETS, nested=_GUILLEMETS, percent=BLANK, group=BLANK),
        "tr": Conventions(percent=None, units=_words("saat dakika gün hafta ay yıl kişi"), to=frozenset()),
        "he": Conventions(quotes=_CLOSING, nested=_CLOSING_NESTED),
        "ar": _ARABIC,
        "fa": replace(_ARABIC, quotes=_GUILLEMETS, nested=_ANGLES),
        "ur": replace(_ARABIC, percent=""),
        "am": Conventions(quotes=_GUILLEMETS, nested=_ANGLES),
        "ti": Conventions(quotes=_GUILLEMETS, nested=_CURLY),
        "hy": Conventions(quotes=_GUILLEMETS, nested=_GUILLEMETS, group=BLANK),
        "ka": Conventions(quotes=_LOW, nested=_GUILLEMETS, group=BLANK),
        "kk": Conventions(quotes=_GUILLEMETS, nested=_CURLY, group=BLANK),
        "zh": _CHINESE,
        **dict.fromkeys(
            ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue", "ja"),
            replace(_CHINESE, quotes=_CORNERS, nested=_WHITE_CORNERS),
        ),
        **dict.fromkeys(("th", "lo", "km", "my"), Conventions(turns=True)),
        **dict.fromkeys(
            _words("ko vi id ms hi bn mr ne pa ta te gu kn ml sw so ha yo ig zu fil tl cy ga"), Conventions()
        ),
    }
)
