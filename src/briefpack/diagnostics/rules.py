"""The rules that findings are made under: code, summary, explanation and severity in one place.

A rule's code is stable: people search for it and continuous integration filters by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics.model import Diagnostic, Severity, Span


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding is about. `summary` is one line; `explanation` says why it matters and what to do.

    An `editorial` rule judges words. A campaign may set the severity of those, and of all warnings and notes, and waive
    them; other errors mean that there is nothing to print.

    The paths of findings count from the project, those of a rule that is `outside` as the command line's do.
    """

    code: str
    summary: str
    explanation: str
    severity: Severity = Severity.ERROR
    editorial: bool = False
    outside: bool = False

    @property
    def settable(self) -> bool:
        """Whether a campaign may set its severity and waive it."""
        return (self.editorial or self.severity is not Severity.ERROR) and self.code not in _FIXED


_WARNING: Final = Severity.WARNING
_NOTE: Final = Severity.NOTE

# What says that a setting or a waiver is not in order cannot itself be silenced by one.
_FIXED: Final = frozenset({"idle-waiver"})

_FILES: Final = (
    Rule(
        "not-a-project",
        "the folder has no campaign",
        "A project is a folder with `briefs/campaign.yaml`. `briefpack init` makes one with a campaign to start from.",
        outside=True,
    ),
    Rule("file-missing", "a file that is asked for does not exist", "Check the path; it counts from the project root."),
    Rule(
        "file-outside",
        "a path leads out of the project",
        "A project reads only its own files, so that it builds the same everywhere. Copy the file into the project.",
    ),
    Rule("file-unreadable", "a file cannot be read", "Check that it is a file and that you may read it."),
    Rule("file-encoding", "a text file is not UTF-8", "Save the file as UTF-8, as every editor can."),
    Rule("file-ignored", "a file is not read because of its name", "YAML files of a project end in `.yaml`.", _WARNING),
)

_YAML: Final = (
    Rule("yaml-syntax", "a file is not valid YAML", "Most often text with a colon or a mark needs quotes or `>-`."),
    Rule("yaml-empty", "a YAML file has nothing in it", "Fill the file in or delete it."),
    Rule(
        "yaml-duplicate-key",
        "a key is written twice",
        "YAML readers silently keep one of the two. Remove the one you do not mean.",
    ),
    Rule("yaml-key", "a key is not plain text", "Text that begins with `{` or `[` needs quotes round it."),
    Rule("yaml-tag", "a YAML tag is used", "Tags such as `!!python/object` are refused; the fields say their types."),
    Rule("yaml-alias", "an alias cannot be followed", "Aliases may neither refer to themselves nor blow up the file."),
    Rule("yaml-nesting", "the file is nested too deeply", "No file of a project needs more than a few levels."),
    Rule("yaml-documents", "a file holds several YAML documents", "Put each brief in a file of its own."),
    Rule("yaml-character", "a character is not allowed in YAML", "Delete the control character; it may be invisible."),
)

_FIELDS: Final = (
    Rule("unknown-field", "a field is not known here", "Often it is misspelt or stands at the wrong level."),
    Rule("missing-field", "a field that is needed is missing", "Add it."),
    Rule("empty-field", "a field that is needed has no value", "Write a value after the colon."),
    Rule("wrong-shape", "a value has the wrong shape", "For example text where a list is expected."),
    Rule("wrong-value", "a value cannot be understood", "The message says what is expected."),
    Rule("duplicate-id", "an id is used twice", "Every source needs an id of its own."),
)

_REFERENCES: Final = (
    Rule("unknown-audience", "an audience is not in `campaign.yaml`", "Use an audience listed there, or add it."),
    Rule("unknown-contact", "a contact is not in `campaign.yaml`", "Use a contact listed there, or add it."),
    Rule("unknown-layout", "a layout does not exist", "A layout is a folder of `layouts` with a `layout.yaml`."),
    Rule("unknown-message", "a message is not in `messages.yaml`", "Use a message listed there, or add it."),
    Rule("unknown-fact", "a fact is not in `facts.yaml`", "Use a fact listed there, or add it with its source."),
    Rule("unknown-source", "a source is not in `sources.yaml`", "Use a source listed there, or add it."),
    Rule("unknown-name", "no fact, message or source has the name", "Names are ids; `briefpack schema` offers them."),
    Rule("unknown-brief", "a brief does not exist", "A brief is a file of the folder `briefs`."),
    Rule("unknown-pack", "a pack does not exist", "A pack is a file of the folder `briefs/packs`."),
    Rule("unknown-paper", "a paper of a pack is not there", "The papers of a pack are briefs, by file name."),
    Rule("duplicate-paper", "a paper stands twice in a pack", "A reader could not tell which of the two is meant."),
    Rule("unknown-slot", "the layout has no such slot", "The slots of a layout are listed in its `layout.yaml`."),
    Rule("unknown-value", "a value is not among the `values:` of the brief", "Use one listed there, or add it."),
    Rule("unknown-column", "a column is not among the `data:` of the brief", "Use one declared there, or add it."),
    Rule("extends-cycle", "a brief extends itself", "One of the briefs has to stand by itself."),
    Rule(
        "idle-override",
        "an override changes nothing",
        "What a brief or a variant has like the one it is based on follows that one by itself; repeated, it will not. "
        "A value that no text prints is most often misspelt.",
        _WARNING,
    ),
    Rule("broken-reference", "what is referred to has errors of its own", "Mend those first."),
)

_SETTINGS: Final = (
    Rule("unknown-rule", "there is no such rule", "Use the code that stands in brackets in a finding."),
    Rule(
        "fixed-rule",
        "a rule cannot be set or waived",
        "Some errors mean that there is nothing to print. Rules that judge words, and warnings, can be set and waived.",
    ),
    Rule(
        "idle-waiver",
        "a waiver waives nothing",
        "What it excused is mended or gone. Left in place it would hide the next mistake of its kind.",
        _WARNING,
    ),
)

_CONTENT: Final = (
    Rule(
        "message-unworded",
        "a message has no wording for the audience",
        "A message is printed only in wording approved for those who read it.",
    ),
    Rule(
        "message-language",
        "a message does not say its language",
        "The document is in another language than the campaign. Words of a message can be given by language.",
        _WARNING,
    ),
    Rule(
        "fact-language",
        "words of a fact do not say their language",
        "The document is in another language than the campaign, and prints words that were written for the campaign's. "
        "Units, qualifiers, notes and meanings can be given by language: `unit: {en: hours a year, es: horas al año}`.",
        _WARNING,
    ),
    Rule(
        "uneven-translation",
        "words in two languages do not print the same facts, messages or sources",
        "A translation may say things in its own way; a number, a value or a source that only one of the two has is "
        "most often a slip, or one of them was changed and the other forgotten.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "uneven-wording",
        "the words of a message for two audiences do not state the same facts",
        "A message is one message for all, in other words for each. A number that only one of its wordings has, or one "
        "that stands without its qualifier, such as *as many as*, makes two of it. A wording that states no number at "
        "all is a shorter one, and may stand.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "missing-terms",
        "words that Briefpack writes itself are not in the language of the document",
        "Links, running lines, packs and references have words of their own, such as `Source 3` and `Sources`. They "
        "are there in English, Spanish, French, German, Italian, Dutch, Portuguese and Arabic; a campaign can give "
        "those of another language, or others of one of these, under `terms:` in `campaign.yaml`. What is left in "
        "English is read by a screen reader with the voice of the document's language.",
        _WARNING,
    ),
    Rule(
        "draft-message",
        "a message is printed whose words are a draft",
        "What is printed is hard to take back. Have the words approved, and say so in `messages.yaml`.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "unsigned-approval",
        "words are approved, and it is not said by whom or when",
        "Whoever asks has to be able to find out who stands behind a sentence: `approved-by:` and `approved-on:`. A "
        "status may be given by audience or language, such as `{es: draft}`, where a translation is still to be looked "
        "at.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "message-audience",
        "a message is used where there is no audience",
        "A pack's own pages have no audience, so no wording can be chosen.",
    ),
    Rule(
        "reference-cycle",
        "a text uses itself",
        "Words taken from a message or fact may not contain that message or fact again.",
    ),
    Rule("fact-unsourced", "a fact has no source", "A number without a source is not printed."),
    Rule("fact-unchecked", "a fact does not say when it was checked", "Numbers go stale.", _WARNING),
    Rule("fact-empty", "a fact has neither a value nor a derivation", "Give it one of the two."),
    Rule(
        "chart-unsourced",
        "the numbers of a chart have no source",
        "Take them from facts, or cite their source in the chart's caption or labels.",
        _WARNING,
    ),
    Rule("fact-interval", "a fact's value is outside its interval", "One of the numbers is wrong."),
    Rule("fact-field", "a fact lacks what a text asks of it", "Add the field to the fact, or use another one."),
    Rule("fact-cycle", "a fact is derived from itself", "A derivation has to begin at facts with values."),
    Rule("fact-derivation", "a derivation is not arithmetic", "Use numbers, facts, + - * / and parentheses."),
    Rule(
        "fact-mismatch",
        "a fact's value is not what its derivation gives",
        "The number is printed and its arithmetic is shown; they have to agree.",
    ),
    Rule("unclosed-mark", "an emphasis mark is not closed", "Close `**` and `*`, or write a backslash before them."),
    Rule("bad-link", "a link is malformed", "Write a link as `[words](https://…)`."),
    Rule("bad-citation", "a citation is malformed", "Write a citation as `[@source]` or `[@one; @two]`."),
    Rule("bad-footnote", "a footnote is malformed", "Write a footnote as `^[words]` behind what it explains."),
    Rule("bad-reference", "a `{{ … }}` is malformed", "Write `{{ fact }}`, `{{ fact.unit }}` or `{{ message.id }}`."),
    Rule(
        "unread-mark",
        "a mark is printed as it stands",
        "Marks of other programs are text here: HTML such as `<b>`, a source in brackets without `@`, a fact in single "
        "braces. Readers would see them.\n\n"
        "Before: See [fisher-2012], and <b>ask</b>.\n"
        "After: See [@fisher-2012], and **ask**.",
        _WARNING,
    ),
    Rule("missing-slot", "a slot that the layout requires is not filled", "Fill the slot."),
    Rule("too-many-items", "a slot has more items than the layout has room for", "Leave out the least important."),
    Rule("deep-list", "a list is nested too deeply", "Three lists in one another are as many as readers follow."),
    Rule("uneven-row", "a table's row has too few or too many cells", "Give every row as many cells as columns."),
    Rule(
        "over-budget",
        "a slot has more words than read well there",
        "The page may still fit, but its reader has little time. The layout states the budget.",
        _WARNING,
    ),
)

_HOUSE: Final = (
    Rule(
        "contradiction",
        "a number contradicts a fact",
        "Readers who meet two numbers for one thing believe neither. Print the fact itself, so that every page "
        "follows when it changes; a rounding that readers may have belongs to the fact. The rule compares numbers in "
        "digits and in words with facts that count the same and that the sentence speaks of. Where it speaks of "
        "something else, waive it.",
        editorial=True,
    ),
    Rule(
        "uneven-number",
        "a fact is written in another form",
        "The number is right, but it stands as `8760` here and as 8,760 elsewhere. Print the fact itself.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "expired-fact",
        "a fact is past the day by which it was to be reviewed",
        "Laws, prices and counts change. Compare the number with its source again and set a new `review-by:`. The day "
        "is that of the clock, or of SOURCE_DATE_EPOCH where that is set.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "lost-qualifier",
        "a fact is printed without its qualifier",
        "`As many as 6 hours` says less than `6 hours`. A fact's qualifier goes with it wherever it stands: print "
        "`{{ fact.qualifier }}` before it, or write its words.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "bare-effect",
        "an effect is printed without its comparator or its unit",
        "A fall of 0.57 says nothing without what it is compared with and in what unit: 0.57 HbA1c points lower than "
        "in control groups. A change in HbA1c is a number of points, never a percentage.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "overclaim",
        "a verb is too strong for the evidence",
        "Studies suggest, find and show on average; they seldom prove, and peer support does not cure. Of a fact whose "
        "`confidence:` is low, say that it may.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "mixed-denominators",
        "shares are told in several ways",
        "Readers cannot compare `1 in 5` with `30%` or `1 in 8`. Tell all shares of a document in one way (CDC Clear "
        "Communication Index, item 17).",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "two-burdens",
        "two sources say how many have the disease",
        "They count other ages and mean other things by the disease, so their numbers cannot stand side by side. Take "
        "one source for a document. Facts that count so have `burden: true`.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "chw-for-peer",
        "a community health worker is taken for a peer",
        "A peer lives with the disease; a community health worker is trusted by a community and need not. What is "
        "known of one is not known of the other. Facts say whom they are about in `delivered-by:`.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "uncredited",
        "a source that wants credit is used without it",
        "`credited-sources:` in `campaign.yaml` names sources whose claims go with the campaign's statement and its "
        "funding line. Readers weigh who paid.",
        editorial=True,
    ),
    Rule(
        "message-absent",
        "a message is not printed where it has to be",
        "`must-appear:` in `messages.yaml` names the audiences, briefs and packs that have to carry it. What counts is "
        "what is printed: the template may have left it out.",
        editorial=True,
    ),
    Rule(
        "leak",
        "words meant for other readers are printed",
        "A wording is approved for one audience, and a message may be kept from another by `must-not-appear:`. Words "
        "that are right for one can hurt or mislead the next.",
        editorial=True,
    ),
    Rule(
        "typed-message",
        "the words of a message are typed",
        "The words of a message live in `messages.yaml` alone, so that every document follows when they change.",
        _WARNING,
        editorial=True,
    ),
    Rule(
        "unsourced-number",
        "a number has neither a fact nor a source beside it",
        "A reader cannot tell where it comes from, and nobody will notice when it is out of date. Write it as a fact "
        "in `facts.yaml` and print that, or cite a source in the same sentence.",
        _WARNING,
        editorial=True,
    ),
)

_PLAIN: Final = tuple(
    Rule(code, summary, explanation, _WARNING, editorial=True)
    for code, summary, explanation in (
        (
            "long-sentence",
            "a sentence is longer than its readers follow",
            "People hold a sentence in mind until it ends; past 25 words many have to begin again. The limit is the "
            "audience's `longest-sentence:` in `campaign.yaml`, or follows from its reading level: 25 words up to the "
            "eighth grade, 30 up to the twelfth, 35 above. An item of a list is a sentence; a heading, a cell and a "
            "reference are not.\n\n"
            "Say one thing in each sentence: put a full stop where `and`, `which` or a semicolon stands, or make a "
            "list.\n\n"
            "Before: Peers, who live with diabetes too and are trained to listen, can help you with food, medicine and "
            "exercise, and also with visits, which many people find hard to get ready for.\n"
            "After: Peers live with diabetes too. They are trained to listen. They can help you with food, medicine "
            "and "
            "exercise. They also help you get ready for visits.\n\n"
            "Source: GOV.UK, Sentence length: why 25 words is our limit (2014); CDC, Simply Put (2009).",
        ),
        (
            "hard-to-read",
            "a brief reads above the school grade of its audience",
            "A readability formula counts how long sentences and words are. It does not know the reader, and its error "
            "is about a grade and a half, so it is told as a band and is never an official score. Text of fewer than "
            "100 words or 10 sentences is not judged. The formula is the one made for the language: Flesch-Kincaid for "
            "English, Szigriszt-Pazos on the INFLESZ scale for Spanish, Kandel-Moles for French, the Wiener "
            "Sachtextformel for German, Gulpease for Italian, Flesch-Douma for Dutch, LIX for other languages in "
            "Latin, "
            "Greek or Cyrillic letters; none where none is validated, as for Chinese or Arabic.\n\n"
            "Mend the longest sentences first: they are shown. Then write short words for long ones. A word that "
            "readers know and that cannot be replaced belongs in the audience's `familiar:`.\n\n"
            "Before: Utilisation of peer support facilitates the self-management of diabetes.\n"
            "After: Peer support helps people look after their diabetes.\n\n"
            "Source: Kincaid et al. 1975; Barrio-Cantalejo et al. 2008; CMS, Toolkit for Making Written Material Clear "
            "and Effective, part 7, on what formulas cannot tell.",
        ),
        (
            "long-words",
            "many words are long for lay readers",
            "More than six in a hundred words have four syllables or more, in a brief for readers up to the eighth "
            "grade. Long words slow people who read little or in a second language.\n\n"
            "Write a shorter word, or several: `help` for `assistance`. Words that all these readers know belong in "
            "the "
            "audience's `familiar:` in `campaign.yaml`.\n\n"
            "Before: assistance with medication administration\n"
            "After: help with taking medicine\n\n"
            "Source: CDC, Simply Put (2009): words of one or two syllables.",
        ),
        (
            "jargon",
            "a word has a plainer one",
            "Words of offices (`utilise`, `prior to`) are hard for everybody, words of medicine (`hypertension`) for "
            "readers up to the eighth grade. Both come from a list; what stands in quotation marks is left alone.\n\n"
            "Write the plain word, or explain the hard one where it first stands. A word that the audience knows "
            "belongs in its `familiar:`; further words with what to write instead in its `avoid:`.\n\n"
            "Before: Commence the regimen prior to your consultation.\n"
            "After: Start the plan before your visit.\n\n"
            "Source: CDC Clear Communication Index, item 7; CDC, Everyday Words for Public Health Communication; "
            "Federal "
            "Plain Language Guidelines.",
        ),
        (
            "avoided-word",
            "a word stands where its audience should not meet it",
            "The campaign lists, for each audience, words to `avoid:` in `campaign.yaml`: some promise more than the "
            "evidence, some blame, some need a textbook. The list is enforced in all that the audience reads: "
            "headings, "
            "cells, captions, charts, and what a screen reader says of pictures.\n\n"
            "Write what the list says instead, or say it in other words.\n\n"
            "Before: Peer support is proven to help in chronic disease.\n"
            "After: In trials, peer support helped people with a long-term condition a little.\n\n"
            "In `campaign.yaml`: `avoid: {chronic: long-term, proven: }`.",
        ),
        (
            "condition-first",
            "a condition stands before the person",
            "`Diabetics`, `the elderly` and `asthma sufferers` make a label of people and pity some of them. Readers "
            "who "
            "feel labelled stop reading. Conditions as such (`diabetic eye disease`) are left alone.\n\n"
            "Name the person first.\n\n"
            "Before: Diabetics and the elderly suffer from a lack of support.\n"
            "After: People with diabetes and older adults lack support.\n\n"
            "Source: CDC, Preferred Terms for Select Population Groups & Communities; Dickinson et al., Diabetes Care "
            "2017;40:1790-1799.",
        ),
        (
            "unexplained-acronym",
            "an abbreviation is not spelt out where it first stands",
            "A reader who does not know it has to guess from there on. Abbreviations that everybody knows (US, HIV, "
            "QR) "
            "are left alone, and so are those in the audience's `familiar:`. What a note under a table spells out is "
            "spelt out for the table.\n\n"
            "Write the words with the abbreviation behind them, once, where it first stands; if it stands only once, "
            "leave it out altogether.\n\n"
            "Before: CHWs are not peers.\n"
            "After: Community health workers (CHWs) are not peers.\n\n"
            "Source: CDC Clear Communication Index, item 7.",
        ),
        (
            "block-capitals",
            "several words are in block capitals",
            "Words in capitals have no shape: they are read letter by letter, and some screen readers spell them. One "
            "word for emphasis may stand.\n\n"
            "Write them small, and strong with `**` where they have to stand out.\n\n"
            "Before: NEVER STOP YOUR MEDICINE without asking us.\n"
            "After: **Never stop your medicine** without asking us.\n\n"
            "Source: UKAAF G003, Creating clear print and large print documents; CMS Toolkit, part 5.",
        ),
        (
            "double-negative",
            "two negatives stand where one positive would do",
            "Readers have to turn the sentence round twice, and some miss one of the two.\n\n"
            "Say what is, or what to do.\n\n"
            "Before: You cannot join without a letter.\n"
            "After: Bring a letter when you join.\n\n"
            "Source: Federal Plain Language Guidelines, III.a.3.",
        ),
        (
            "passive-message",
            "the main message or the ask is in the passive voice",
            "In the passive nobody acts: the reader cannot tell who is to do it. Only the main message and what is "
            "asked "
            "are looked at; elsewhere the passive is often right. The rule knows English verbs by their endings and "
            "may "
            "take an adjective for a verb: waive it then.\n\n"
            "Say who does what.\n\n"
            "Before: A pilot should be funded by 31 March.\n"
            "After: We ask the County Board to fund a pilot by 31 March.\n\n"
            "Source: CDC Clear Communication Index, item 6.",
        ),
    )
)

_STRUCTURE: Final = tuple(
    Rule(code, summary, explanation, _WARNING, editorial=True)
    for code, summary, explanation in (
        (
            "one-message",
            "a brief has more main messages than one, or one that is too long",
            "Readers take one thing home. A brief has one slot of type `message`, and its words are three sentences at "
            "most. All else supports it.\n\n"
            "Decide what readers should remember if they forget the rest, and put the other messages into texts, as "
            "`{{ message.id }}`.\n\n"
            "Before: message: hours, and message-2: good-care\n"
            "After: message: hours, and in a section: {{ message.good-care }}\n\n"
            "Source: CDC Clear Communication Index, item 1.",
        ),
        (
            "message-first",
            "a text stands before the main message",
            "Many readers see only the top of a page. The main message comes before every other text, in the order of "
            "reading; a headline and the name of the organisation may stand above it.\n\n"
            "Move the main message up in the layout's template.\n\n"
            "Before: `{{ parts.section(slots.problem) }}` and then `{{ slots.message.text }}`\n"
            "After: the other way round\n\n"
            "Source: CDC Clear Communication Index, item 2.",
        ),
        (
            "long-list",
            "a list is longer than readers keep in mind",
            "Past seven items a list is a wall: nobody remembers it, and many skip it.\n\n"
            "Make groups with headings of their own, or leave the least important out.\n\n"
            "Before: ten things to bring\n"
            "After: four papers to bring, and three things to ask\n\n"
            "Source: CDC Clear Communication Index, item 8.",
        ),
        (
            "known-only",
            "it is said what is known, and not what is unknown",
            "Readers trust a text that says how far it can be trusted. Where a slot with the role `known` is filled, "
            "one "
            "with the role `unknown` is filled too; the roles of slots stand in `layout.yaml`.\n\n"
            "Say in one or two sentences what nobody knows yet.\n\n"
            "Before: Peer support lowers blood sugar.\n"
            "After: In trials, peer support lowered blood sugar a little. We do not know whether that lasts.\n\n"
            "Source: CDC Clear Communication Index, item 11.",
        ),
        (
            "stance",
            "a brief does not keep to its stance",
            "An advocacy brief asks for exactly one thing; a neutral brief asks for nothing and lays out two options "
            "at "
            "least, if its layout has room for options. A reader who cannot tell which of the two it is trusts "
            "neither.\n\n"
            "Change `stance:`, or fill the slot with the role `ask`, or lay out another option.\n\n"
            "Before: `stance: neutral`, and an ask to fund a pilot\n"
            "After: `stance: advocacy`, and the same ask\n\n"
            "Source: SUPPORT tools for policy briefs (Lavis et al., Health Res Policy Syst 2009;7 Suppl 1:S13).",
        ),
    )
)

_TEMPLATES: Final = (
    Rule("template-error", "a template cannot be used", "The designer's file has a slip on the line that is shown."),
    Rule("unknown-region", "the layout has no such region", "The regions of a layout stand in its `layout.yaml`."),
    Rule("missing-template", "a layout has no template", "Every layout is a `layout.yaml` and a `template.xml.j2`."),
    Rule(
        "unused-name",
        "nothing uses a colour, a typeface, a style or a space",
        "What no layout, style or template uses changes no page, and is looked for in vain by who wants to change one. "
        "Said when the whole campaign is checked, and not where a template may work out the name as it runs.",
        _NOTE,
    ),
    Rule(
        "unused-slot",
        "a template never prints a slot",
        "Officers are asked to fill it, and nobody reads what they write. Said when the whole campaign is checked, and "
        "not where a template may work out the name as it runs.",
        _NOTE,
    ),
    Rule("slot-unprinted", "a slot is filled and not printed", "What an officer writes reaches the page.", _WARNING),
    Rule(
        "drop-mismatch",
        "what a layout may leave out and what its template marks are not the same",
        "A block that the fit ladder may leave out is marked `optional` in the template by a name that stands in a "
        "`drop:` of `layout.yaml`.",
        _WARNING,
    ),
    Rule("sources-unprinted", "sources are cited and not printed", "Put `<sources/>` into the layout's template."),
)

_OUTPUT: Final = (
    Rule(
        "unwritable-output",
        "a file cannot be written",
        "Often it is open in another program, or the disk is full.",
        outside=True,
    ),
    Rule(
        "bibliography",
        "a file of works cannot be read, in whole or in part",
        "`briefpack import-sources` reads BibTeX, BibLaTeX and CSL-JSON as reference managers export them. What can be "
        "read is added; what is reported was left out.",
        outside=True,
    ),
    Rule(
        "bibliography-type",
        "a work to be added has a type or an address that is not known here",
        "It was added all the same: look at its entry in `sources.yaml`.",
        _WARNING,
        outside=True,
    ),
    Rule(
        "source-known",
        "a work to be added is in `sources.yaml` already",
        "Two works are the same if their DOIs are, or their titles but for case, marks and accents. One entry a work "
        "keeps one number in a document.",
        _WARNING,
        outside=True,
    ),
    Rule(
        "editor-settings",
        "the settings of an editor cannot be changed for certain",
        "Settings with comments would lose them. `briefpack schema --modelines` needs no settings.",
        _WARNING,
    ),
    Rule(
        "bad-selector",
        "a choice of targets cannot be understood",
        "Choose by name, or by `audience:`, `layout:`, `tag:`, `language:`, `pack:`, `form:` or `state:`.",
        outside=True,
    ),
    Rule("nothing-selected", "a choice of targets means none", "`briefpack plan` lists all there are.", outside=True),
    Rule(
        "missing-shard",
        "a part of a build is not there",
        "Every shard leaves a manifest beside its files.",
        outside=True,
    ),
    Rule(
        "shards-differ",
        "parts of a build do not agree",
        "They were made from different states of the campaign, or files are missing.",
        outside=True,
    ),
    Rule(
        "not-reproducible",
        "a document made again has other bytes",
        "The same files give the same bytes. Where they do not, the machine is at fault or we are: please tell us.",
    ),
    Rule(
        "worker-lost",
        "a process that makes documents died",
        "Most often the machine ran out of memory.",
    ),
    Rule(
        "no-workers",
        "workers on other machines cannot be had",
        "`--executor` names a Dask scheduler that has workers. What they had made before it went is kept; the next "
        "build goes on from there.",
    ),
    Rule(
        "worker-differs",
        "a worker on another machine is not like this one",
        "The same files give the same bytes wherever they are made. So a worker needs the same versions of Briefpack, "
        "of Python and of every library that leaves a mark in a file.",
    ),
    Rule(
        "campaign-changed",
        "files changed during a build",
        "A document is made of one state of a campaign, or not at all.",
    ),
    Rule(
        "folder-not-empty",
        "the folder has files in it already",
        "`init` never writes over what is there.",
        outside=True,
    ),
)

_DATA: Final = (
    Rule(
        "data-unreadable",
        "a data file cannot be read",
        "Rows are read from CSV, JSON Lines and, with the extra `parquet`, Parquet files.",
        outside=True,
    ),
    Rule(
        "bad-header",
        "the header of a data file is not in order",
        "The first line of a CSV file names its columns, each by a name of its own.",
        outside=True,
    ),
    Rule(
        "missing-column",
        "a data file lacks a column",
        "The columns that a brief prints are declared in its `data:`, and every data file for it has to have them.",
        outside=True,
    ),
    Rule(
        "bad-row",
        "a row of a data file is not as its columns are declared",
        "No copy is made for such a row: a blank or a wrong number on paper is worse. With `--bad-rows skip` those of "
        "the other rows are made.",
        outside=True,
    ),
    Rule(
        "row-name",
        "no file can be called as `--name` says for a row",
        "Names have to be files on every system: neither empty nor too long, nor reserved by Windows, such as `aux`.",
        outside=True,
    ),
    Rule(
        "duplicate-name",
        "two rows would be the same file",
        "Capital and small letters count as the same, as they do on Windows and macOS.",
        outside=True,
    ),
)

_LAYOUT: Final = (
    Rule("overset", "the text does not fit the pages", "Nothing is cut or shrunk below the floor: shorten the text."),
    Rule("too-short", "the text does not reach the pages that the layout promises", "Write more or change the layout."),
    Rule(
        "short-page",
        "a page has more white than its fit contract may open",
        "A hole at the foot of a page looks like a mistake, and gaps that are stretched to hide it fall apart.",
        _WARNING,
    ),
    Rule(
        "narrow-column",
        "a column is too narrow for its words",
        "A word that is wider than its column is divided without a hyphen, wherever the line is full: nobody reads it.",
        _WARNING,
    ),
    Rule("dropped", "an optional block was left out so that the rest fits", "Shorten another.", _WARNING),
    Rule(
        "region-misplaced",
        "a region stands where it cannot",
        "Regions keep to the margins and to themselves, on pages that the layout has.",
    ),
    Rule("missing-typeface", "a typeface is not installed", "Typefaces come as packages; the message names it."),
    Rule("missing-character", "no typeface has a character", "Write it another way or name a typeface that has it."),
    Rule(
        "stacked-marks",
        "a letter carries more marks than any language has",
        "They pile up over the lines above and below, and off the page. No language puts more than six on one letter.",
    ),
    Rule("missing-image", "a picture does not exist", "Check the path; it counts from the project root."),
    Rule("unreadable-image", "a picture cannot be read", "Save it again as PNG, JPEG or SVG."),
    Rule(
        "long-address",
        "an address is too long for a QR code",
        "The more characters, the smaller the modules of the code; under 0.4 mm they cannot be scanned.",
    ),
    Rule(
        "small-code",
        "a QR code is too small to be scanned",
        "A code is 25 mm wide at least on A4 and Letter, 20 mm on smaller paper, 40 mm on A3 and larger, and its "
        "modules 0.4 mm.",
    ),
    Rule(
        "unsupported-drawing",
        "a drawing asks for what cannot be printed as it is meant",
        "Shapes, gradients, clips, opacity and text of SVG are drawn. What would be left out or come out different "
        "is refused: masks, filters, patterns, arrow heads, pictures and HTML inside, scripts, animation, other files.",
    ),
    Rule(
        "substituted-typeface",
        "a drawing is lettered in a typeface that is not there",
        "The words are set in the theme's typeface, which runs wider or narrower. Turn them into outlines, or name one "
        "of the theme's typefaces.",
        _WARNING,
    ),
    Rule(
        "low-resolution",
        "a picture is too coarse for the size it is set at",
        "Print needs 200 pixels an inch. Set the picture smaller, or take one with more pixels; scaling up adds none.",
        _WARNING,
    ),
    Rule(
        "converted-colours",
        "a picture's colours are converted for the page",
        "Pages are in sRGB. Inks of a press (CMYK) become the nearest colours by the picture's profile, or by a guess.",
        _WARNING,
    ),
    Rule(
        "low-contrast",
        "a text is too weak on its ground",
        "WCAG 2.1 asks for 4.5 to 1; for large text, for marks of charts and between the colours in one mark, 3 to 1. "
        "Computed in colour and for a grey copy. Of a drawing, something has to be seen.",
    ),
    Rule(
        "weak-shape",
        "a shape of a drawing hardly stands out",
        "What a drawing says is seen by 3 to 1 on what is under it, or has an outline that is (WCAG 2.1, 1.4.11). "
        "Its text needs 4.5 to 1 under 18 pt, or 14 pt bold (1.4.3). "
        "Grounds on which something is seen and small details are passed over; what is only decoration may be waived.",
        _WARNING,
    ),
    Rule("unknown-style", "a style, colour or typeface is not in the theme", "Use one that `theme.yaml` names."),
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            *_FILES,
            *_YAML,
            *_FIELDS,
            *_REFERENCES,
            *_SETTINGS,
            *_CONTENT,
            *_HOUSE,
            *_PLAIN,
            *_STRUCTURE,
            *_TEMPLATES,
            *_DATA,
            *_LAYOUT,
            *_OUTPUT,
        )
    }
)


def finding(
    rule_code: str,
    message: str,
    span: Span | None = None,
    *,
    help: str | None = None,
    label: str | None = None,
    related: tuple[tuple[Span, str], ...] = (),
    path: str | None = None,
) -> Diagnostic:
    """A diagnostic under the rule `rule_code`, which decides the severity.

    Raises KeyError when there is no such rule.
    """
    return Diagnostic(rule_code, message, span, help, label, RULES[rule_code].severity, related, path)


def suggest(name: str, known: Iterable[str]) -> str | None:
    """The name among `known` that the author of `name` most likely meant; None when nothing is near."""
    from difflib import get_close_matches  # imported late: most names are known

    candidates = sorted(set(known))
    folded = {_folded(candidate): candidate for candidate in reversed(candidates)}
    near = get_close_matches(_folded(name), list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def _folded(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A help line that offers the nearest of `known`, lists them if they are few, or says `otherwise`."""
    names = sorted(set(known))
    near = suggest(name, names)
    if near is not None:
        return f"write `{near}`" if near != name else otherwise
    if 0 < len(names) <= 8:
        return f"use {either(names)}"
    return otherwise


def either(names: Iterable[str]) -> str:
    """`a`, `b` or `c`, in the order given."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
