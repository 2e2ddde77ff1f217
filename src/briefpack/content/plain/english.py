"""How many syllables an English word has.

Rules, and a list of the common words that the rules get wrong (`english_words`). A vowel group is a syllable,
less each `e` that is not spoken and more each pair of vowels that is spoken as two. Where a word may be said
in two ways the count is one of them, mostly the shorter, as Flesch asks for.
"""

from __future__ import annotations

import re
from typing import Final

from briefpack.content.plain.english_words import EXCEPTIONS
from briefpack.expressions import expression

_VOWELS: Final = expression(r"[aeiouy]+")
_PAIR: Final = expression(r"[aeiouy][aeiouy]|[sz]ms?$|thms?$|^mc")

_C: Final = "[^aeiouy]"
_V: Final = "[aeiouy]"
_SUFFIX: Final = "ly|ful(?:ly|ness)?|less(?:ly|ness)?|ments?|mental(?:ly)?|ness(?:es)?|some"
_SECOND: Final = "where|body|thing|times?|works?|one|ways?|lands?|ship|hood|lines?|writers?|keep(?:er|ers|ing)?|ville"
_FIRST: Final = (
    "some|home|there|where|here|base|house|more|life|like|care|wide|whole|trade|game|share|store|space|fire|name|"
    "side|stake|safe|white|time|one|score|smoke|wine|stone|wire|spoke|shore|cave|rate|race|face|line|gate|knife|"
    "noise|pipe|place|grape|bride|take|love|move|hope|use"
)

# Each match is a vowel group that is not spoken.
_SILENT: Final = expression(
    "|".join(
        (
            # care, change, but not able or acre
            rf"(?<={_V})(?:{_C}|{_C}{{2,3}}(?<![^aeiouyr]l)(?<![bcdgtpk]r))e$",
            r"(?<=[aeiouyn])[gq]ues?$",  # unique, league
            # cares, smiles, but not changes or tables
            rf"(?<={_V})(?:[bdfklmnprtvwu]|{_C}{{0,2}}(?<![bcdgtpk])[bdfkmnprtvw]|{_C}?[rl]l|th|gh|ph)es$",
            # cared, filled, but not needed or hundred
            rf"(?<={_V})(?:{_C}{{0,2}}[^aeiouytdl](?<![bcdgtpk]r)|{_C}?[rl]l|l)ed$",
            # safely, statement
            rf"(?<={_V})(?:{_C}|ng|nc|rc|ns|rs|rg|rv|lv|th|ch|st|dg|pl|rt)e(?=(?:{_SUFFIX}|{_SECOND})$)",
            # homework, therefore
            rf"^(?:{_FIRST})(?<=e)(?={_C})(?!rs?$|sts?$|d$|s$|rn$|n$|ts$|{_SUFFIX}|{_SECOND.replace('?', '')})",
            r"^every",
            r"ically$",
        )
    )
)

# Each match is a syllable that the vowel groups do not show.
_MORE: Final = expression(
    "|".join(
        (
            r"[iy][sz]ms?$|asms?$|thms?$",  # asthma has a vowel, rhythm and prism have none
            rf"^mc(?={_C})",
            r"(?<=[aeou])y(?=[aeiou])(?!es?$|ed$)",  # player
            r"(?<=[^aeou])yi|(?<=[^aeou])y(?=[ao])",  # trying
            r"(?<![aeiouctsg])(?<!sh)i(?=a)(?!ages?$)|(?<=us)i(?=as)|(?<=[ct])i(?=at)",  # diabetes, not special
            r"(?<![aeiouctsgx])(?<!.[ln])i(?=o)(?!ou?r)|(?<=[rt])i(?=or(?:s|ity)?$)|ti(?=os?$)|ci(?=o[le])|^lion",
            r"(?<=[nl])i(?=o)(?!ons?|ors?|our)",  # period, senior
            r"(?<![aeiou])i(?=u)",  # premium
            r"i(?=et)(?!e?ts?$)|[dp]iets?$|(?<=[^aeiouc])i(?=er(?:s|ed|ing)?$|est$)(?<!^.i)",  # society, happier
            r"(?<=[dnrlv])i(?=en(?:t|ts|tly|ce|ces|cy)$)|^sci(?=en)|ipi(?=en)|(?<=al)i(?=en)",  # client, science
            r"(?<=[a-z])e(?=ous)(?<![gct]e)|(?<=[^aeioupg])e(?=o)(?!ou)(?<!^ye)|(?<=g)e(?=o[glm])",  # video
            r"(?<=cr)e(?=at)(?!atur)|(?<=th)e(?=at(?:er|re))|^r?e(?<=re)(?=act|ali[tsz]|ss[eu]|pp|ff|dj)",  # create
            r"(?<=[aeiou][pbrn])e(?=ans?$)|(?<=nn|bb)e(?=ans?$)|(?<=[sln])e(?=ums?$)|are(?=as?$)|ide(?=as?$|al)",
            r"(?<![aeiougq])u(?=a)(?!a(?:de|sion|sive))|(?<![aeiougq])u(?=ous|o)",  # actual
            r"(?<=[flnr])u(?=e(?:l|ls|nt|nts|ntly|nce|nces|nced|nza|ntial|t|r|ry)$)|cruel",  # fluent
            r"(?<![aeiouqg])u(?=i(?:n|d|ds|dity|ty|tion|tive|tous|sh|ns|ned)$)",  # fluid
            r"o(?=e(?:m|ms|t|ts|tic|try|ing)$)|[^aeiou]o(?=ing)|(?<=[^aeiou])o(?=ic)(?!ice)",  # poem, doing
            r"^co(?=op[et]|ord|inc|ali|ag|al[ei])|(?<=[aeiu])ing(?:s|ly)?$|(?<=[dlhr])a(?=os)",  # cooperate, being
        )
    )
)

_STRESSLESS: Final = frozenset(("can", "do", "wo", "ai", "sha", "are", "were"))
_PLURAL: Final = expression(r"(?<!s)(?<!x)(?<!z)(?<!sh)(?<!ch)(?<!ce)(?<!ge)(?<!se)(?<!ze)s$")


def english_syllables(word: str) -> int:
    """The syllables of `word`, in lower case and of letters and straight apostrophes; one at least."""
    if "'" in word:
        return _apostrophe(word)
    known = EXCEPTIONS.get(word)
    if known is not None:
        return known
    if word[-1:] == "s" and word[:-1] in EXCEPTIONS and _PLURAL.search(word):
        return EXCEPTIONS[word[:-1]]
    return syllables_by_rule(word)


def syllables_by_rule(word: str) -> int:
    """The syllables of `word` without the list of exceptions."""
    count = len(_VOWELS.findall(word))
    paired = _PAIR.search(word) is not None
    if count > 1 and ("e" in word or word.endswith("ically")):
        count -= len(_SILENT.findall(word))
    if paired:
        count += len(_MORE.findall(word))
    return max(1, count)


def _apostrophe(word: str) -> int:
    """`patient's`, `didn't`, `they'll`, `it'd`: what stands before the apostrophe, and what it adds."""
    stem, _, rest = word.rpartition("'")
    if not stem:
        return english_syllables(rest) if rest else 1
    if rest == "t" and stem.endswith("n"):
        before = stem if stem == "can" else stem[:-1]
        return english_syllables(before) + (before not in _STRESSLESS)
    if rest in ("ll", "ve", "d") and stem[-1] not in "aeiouyw":
        return english_syllables(stem) + 1
    if rest in ("s", "") or rest in ("ll", "ve", "d", "re", "m"):
        return english_syllables(stem) + (rest == "s" and re.search(r"(?:[sxz]|[cs]h|[cgsz]e)$", stem) is not None)
    return english_syllables(stem + rest)
