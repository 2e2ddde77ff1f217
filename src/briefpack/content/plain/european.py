"""The rules of `syllables` for Spanish, Italian, French, German and Dutch words, in lower case.

Spanish and Italian follow their orthographies, which show every syllable (Ortografía de la lengua española 2010,
chapter II, 3.4; in Italian an accent that is not written has to be known from the ending). French, German and
Dutch are counted by vowel groups and are approximate.
"""

from __future__ import annotations

import re
from typing import Final

from briefpack.expressions import expression

# ------------------------------------------------------------------------------------------------ Spanish

_ES_SILENT: Final = expression(r"(?<=[qg])u(?=[eiéí])")
_ES_CONSONANT_Y: Final = expression(r"y(?=[aeiouáéíóúü])")
_ES_H: Final = expression(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])")
_ES_GROUP: Final = expression(r"[aeiouáéíóúü]+")
_ES_OPEN: Final = expression(r"[aeoáéíóú]")
_ES_ALIKE: Final = expression(r"i(?=[ií])|u(?=[uú])|í(?=i)")


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word.

    An open vowel, or a closed one with an accent, is a nucleus. Closed vowels join it, or one another; two
    that are alike do not. An `h` between vowels changes nothing.
    """
    word = _ES_CONSONANT_Y.sub("·", _ES_SILENT.sub("", word)).replace("y", "i")
    groups = _ES_GROUP.findall(_ES_H.sub("", word))
    return max(1, sum(max(1, len(_ES_OPEN.findall(group))) + len(_ES_ALIKE.findall(group)) for group in groups))


# ------------------------------------------------------------------------------------------------ Italian

_IT_SILENT: Final = expression(
    r"(?:(?<=[cg])|(?<=gl))i(?=[aeou]{1,2}(?!$))|(?<=[cg])i(?=[aou]$|ao$)|(?<=[aeou])i(?=[aou])|(?<=q)u"
)
_IT_GROUP: Final = expression(r"[aeiouàèéìíòóùú]+")
_IT_OPEN: Final = expression(r"[aeoàèéìíòóùú]")
# Endings whose `i` or `u` bears an accent that is not written.
_IT_STRESSED: Final = expression(
    r"^(?:m|d|z|v|p|st|sp)i(?=[aeo]$)|^i(?=o$)|^[dts]u(?=[aeo]$)|^sia(?=no$)|"
    r"(?:log|nom|graf|soph|sof|rap|att|mac|erg|urg|crat|path|pat|metr|scop|man|ar|er|gar|bug|ser)i(?=[ae]$)"
)


def italian_syllables(word: str) -> int:
    """The syllables of an Italian word; `i` and `u` before a vowel join it unless they are known to be stressed."""
    count = 0
    for part in word.split("'"):
        stressed = len(_IT_STRESSED.findall(part))
        groups = _IT_GROUP.findall(part if stressed else _IT_SILENT.sub("·", part))
        count += sum(max(1, len(_IT_OPEN.findall(group))) for group in groups) + stressed
    return max(1, count)


# ------------------------------------------------------------------------------------------------- French

_FR: Final = "aeiouyàâäæéèêëîïôöœùûü"
_FR_SILENT: Final = expression(r"(?<=[qg])u(?=[eéèêiîa])")
_FR_YOD: Final = expression(r"(?<=[aeou])il(?:l|(?=s?$))")
_FR_MUTE: Final = expression(rf"(?<=[{_FR}])([^{_FR}]*)e(?:s|nt)?$")
# A final `ent` is spoken in nouns and adverbs and mute in verbs.
_FR_SPOKEN: Final = expression(r"(?:m|c|g|cid|i|q|ér|al|ell|ul|souv|abs|prés|év|dord|prud|évid|ard)ents?$")
_FR_NUCLEUS: Final = expression(
    rf"""
      (?:(?<![bcdfgptv][lr])[iïy](?=[aeouéèêôœ])|ou(?=[aeéèêi])|u(?=i))?   # a glide, if there is one
      (?:eau|oeu|œu|aî|ai|aou(?=t)|au|eî|ei|eu|eû|oî|oi|où|oû|ou
        |[aeou]y(?=[{_FR}])|[{_FR}])
    """,
    re.VERBOSE,
)


def french_syllables(word: str) -> int:
    """The syllables of a French word as it is spoken, without a mute `e` at its end; approximate."""
    return max(1, sum(_french_part(part) for part in word.split("'")))


def _french_part(word: str) -> int:
    word = _FR_YOD.sub("j", _FR_SILENT.sub("", word))
    if not _FR_SPOKEN.search(word):
        word = _FR_MUTE.sub(r"\1", word)
    return len(_FR_NUCLEUS.findall(word))


# ------------------------------------------------------------------------------------------------- German

_DE_SILENT: Final = expression(r"(?<=q)u")
_DE_NUCLEUS: Final = expression(
    r"""
      ^[bg]e(?=e(?!r[eu])|inh|imp)                    # a prefix before a vowel
    | (?<=t)i(?=en[tz])|i(?=ens?$)(?<!^.i)          # Patient, Familien
    | äu|ai|ay|au|ei|ey|eu(?!m$)|ie|aa|ee|oo|[aeiouäöüyéèà]
    """,
    re.VERBOSE,
)


def german_syllables(word: str) -> int:
    """The syllables of a German word, by its vowels and diphthongs; approximate."""
    return max(1, len(_DE_NUCLEUS.findall(_DE_SILENT.sub("", word))))


# -------------------------------------------------------------------------------------------------- Dutch

_NL_SILENT: Final = expression(r"(?<=q)u|^y(?=[aeo])|(?<=[aeo])y(?=[aeo])")
_NL_NUCLEUS: Final = expression(
    r"aai|ooi|oei|eeu|ieu|eau|aa|ee|ëe|oo|uu|ie|oe|eu(?!m$)|ui|ij|ei|ou|au|[aeiouyäëïöüáéèêóú]"
)


def dutch_syllables(word: str) -> int:
    """The syllables of a Dutch word, by its vowels and diphthongs; approximate."""
    return max(1, len(_NL_NUCLEUS.findall(_NL_SILENT.sub("", word))))
