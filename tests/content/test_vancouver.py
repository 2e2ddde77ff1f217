"""References held against those that the U.S. National Library of Medicine publishes, and against a CSL processor."""

# ruff: noqa: E501 -- a reference is one line

from __future__ import annotations

from typing import Final

import pytest

from briefpack.content.citations import reference
from briefpack.content.vancouver import name, people
from briefpack.document import plain_text
from briefpack.project.models import Person, Reference, Sources
from briefpack.project.validation import validate
from briefpack.project.yaml import parse_yaml


def work(fields: str) -> Reference:
    tree, found = parse_yaml(f"references:\n  - {{id: x, {fields}}}\n", "briefs/sources.yaml")
    assert tree is not None, found
    sources, found = validate(Sources, tree)
    assert sources is not None, found
    return sources.references[0]


def said(fields: str, language: str = "en") -> str:
    """The reference, with hyphens for the en dashes that join our pages, as the library sets them."""
    return plain_text(reference(work(fields), language)).replace("–", "-")


# "Samples of Formatted References for Authors of Journal Articles", U.S. National Library of Medicine
# (https://www.nlm.nih.gov/bsd/uniform_requirements.html), which the ICMJE's recommendations refer to. Left out of them
# here: PubMed numbers, which are optional; `[about 1 p.]` and dates of copyright and update, which no CSL field holds.
SAMPLES: Final = (
    (
        "type: article-journal, author: [{family: Halpern, given: Scott D.}, {family: Ubel, given: Peter A.},"
        " {family: Caplan, given: Arthur L.}], title: Solid-organ transplantation in HIV-infected patients,"
        " container-title: The New England Journal of Medicine, container-title-short: N Engl J Med,"
        " issued: 2002-07-25, volume: 347, issue: 4, page: 284-287",
        "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med."
        " 2002 Jul 25;347(4):284-7.",
    ),
    (
        "type: article-journal, author: [{family: Rose, given: ME}, {family: Huerbin, given: MB},"
        " {family: Melick, given: J}, {family: Marion, given: DW}, {family: Palmer, given: AM},"
        " {family: Schiding, given: JK}, {family: Kochanek, given: PM}], title: Regulation of interstitial excitatory"
        " amino acid concentrations after cortical contusion injury, container-title: Brain Res, issued: 2002,"
        " volume: 935, issue: 1-2, page: 40-46",
        "Rose ME, Huerbin MB, Melick J, Marion DW, Palmer AM, Schiding JK, et al. Regulation of interstitial excitatory"
        " amino acid concentrations after cortical contusion injury. Brain Res. 2002;935(1-2):40-6.",
    ),
    (
        "type: article-journal, author: [{literal: Diabetes Prevention Program Research Group}],"
        ' title: "Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance",'
        " container-title: Hypertension, issued: 2002, volume: 40, issue: 5, page: 679-686",
        "Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with"
        " impaired glucose tolerance. Hypertension. 2002;40(5):679-86.",
    ),
    (
        "type: article-journal, author: [{family: Vallancien, given: G}, {family: Emberton, given: M},"
        " {family: Harving, given: 'N'}, {family: Moorselaar, given: R. J., non-dropping-particle: van},"
        ' {literal: Alf-One Study Group}], title: "Sexual dysfunction in 1,274 European men suffering from lower urinary'
        ' tract symptoms", container-title: J Urol, issued: 2003, volume: 169, issue: 6, page: 2257-2261',
        "Vallancien G, Emberton M, Harving N, van Moorselaar RJ; Alf-One Study Group. Sexual dysfunction in 1,274"
        " European men suffering from lower urinary tract symptoms. J Urol. 2003;169(6):2257-61.",
    ),
    (
        "type: article-journal, title: 21st century heart solution may have a sting in the tail,"
        " container-title: BMJ, issued: 2002, volume: 325, issue: 7357, page: 184",
        "21st century heart solution may have a sting in the tail. BMJ. 2002;325(7357):184.",
    ),
    (
        "type: article-journal, author: [{family: Geraud, given: G}, {family: Spierings, given: EL},"
        " {family: Keywood, given: C}], title: Tolerability and safety of frovatriptan with short- and long-term use for"
        " treatment of migraine and in comparison with sumatriptan, container-title: Headache, issued: 2002,"
        " volume: 42, issue: Suppl 2, page: S93-S99",
        "Geraud G, Spierings EL, Keywood C. Tolerability and safety of frovatriptan with short- and long-term use for"
        " treatment of migraine and in comparison with sumatriptan. Headache. 2002;42 Suppl 2:S93-9.",
    ),
    (
        "type: article-journal, author: [{family: Glauser, given: TA}], title: Integrating clinical trial data into"
        " clinical practice, container-title: Neurology, issued: 2002, volume: 58, issue: 12 Suppl 7, page: S6-12",
        "Glauser TA. Integrating clinical trial data into clinical practice. Neurology. 2002;58(12 Suppl 7):S6-12.",
    ),
    (
        "type: article-journal, author: [{family: Abend, given: SM}, {family: Kulish, given: 'N'}],"
        " title: The psychoanalytic method from an epistemological viewpoint, container-title: Int J Psychoanal,"
        " issued: 2002, volume: 83, issue: Pt 2, page: 491-495",
        "Abend SM, Kulish N. The psychoanalytic method from an epistemological viewpoint. Int J Psychoanal."
        " 2002;83(Pt 2):491-5.",
    ),
    (
        "type: article-journal, author: [{family: Banit, given: DM}, {family: Kaufer, given: H},"
        " {family: Hartford, given: JM}], title: Intraoperative frozen section analysis in revision total joint"
        " arthroplasty, container-title: Clin Orthop, issued: 2002, issue: 401, page: 230-238",
        "Banit DM, Kaufer H, Hartford JM. Intraoperative frozen section analysis in revision total joint arthroplasty."
        " Clin Orthop. 2002;(401):230-8.",
    ),
    (
        'type: article-journal, title: "Outreach: bringing HIV-positive individuals into care",'
        " container-title: HRSA Careaction, issued: 2002-06, page: 1-6",
        "Outreach: bringing HIV-positive individuals into care. HRSA Careaction. 2002 Jun:1-6.",
    ),
    (
        "type: article-journal, author: [{family: Chadwick, given: R}, {family: Schuklenk, given: U}],"
        " title: The politics of ethical consensus finding, container-title: Bioethics, issued: 2002,"
        " volume: 16, issue: 2, page: iii-v",
        "Chadwick R, Schuklenk U. The politics of ethical consensus finding. Bioethics. 2002;16(2):iii-v.",
    ),
    (
        "type: article-journal, author: [{family: Zhang, given: M}, {family: Holman, given: C. D.},"
        " {family: Price, given: SD}, {family: Sanfilippo, given: FM}, {family: Preen, given: DB},"
        ' {family: Bulsara, given: MK}], title: "Comorbidity and repeat admission to hospital for adverse drug reactions'
        ' in older adults: retrospective cohort study", container-title: BMJ, issued: 2009-01-07, volume: 338,'
        " page: a2752, DOI: 10.1136/bmj.a2752",
        "Zhang M, Holman CD, Price SD, Sanfilippo FM, Preen DB, Bulsara MK. Comorbidity and repeat admission to"
        " hospital for adverse drug reactions in older adults: retrospective cohort study. BMJ. 2009 Jan 7;338:a2752."
        " doi: 10.1136/bmj.a2752",
    ),
    (
        "type: book, author: [{family: Murray, given: PR}, {family: Rosenthal, given: KS}, {family: Kobayashi, given: GS},"
        " {family: Pfaller, given: MA}], title: Medical microbiology, edition: 4, publisher-place: St. Louis,"
        " publisher: Mosby, issued: 2002",
        "Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. St. Louis: Mosby; 2002.",
    ),
    (
        "type: book, editor: [{family: Gilstrap, given: Larry C., suffix: III}, {family: Cunningham, given: FG},"
        " {family: VanDorsten, given: JP}], title: Operative obstetrics, edition: 2, publisher-place: New York,"
        " publisher: McGraw-Hill, issued: 2002",
        "Gilstrap LC 3rd, Cunningham FG, VanDorsten JP, editors. Operative obstetrics. 2nd ed. New York:"
        " McGraw-Hill; 2002.",
    ),
    (
        "type: book, author: [{family: Breedlove, given: GK}, {family: Schorfheide, given: AM}],"
        " title: Adolescent pregnancy, edition: 2, editor: [{family: Wieczorek, given: RR}],"
        " publisher-place: White Plains (NY), publisher: March of Dimes Education Services, issued: 2001",
        "Breedlove GK, Schorfheide AM. Adolescent pregnancy. 2nd ed. Wieczorek RR, editor. White Plains (NY): March of"
        " Dimes Education Services; 2001.",
    ),
    (
        'type: book, author: [{literal: Royal Adelaide Hospital}, {literal: "University of Adelaide, Department of'
        ' Clinical Nursing"}], title: "Compendium of nursing research and practice development, 1999-2000",'
        " publisher-place: Adelaide (Australia), publisher: Adelaide University, issued: 2001",
        "Royal Adelaide Hospital; University of Adelaide, Department of Clinical Nursing. Compendium of nursing research"
        " and practice development, 1999-2000. Adelaide (Australia): Adelaide University; 2001.",
    ),
    (
        "type: chapter, author: [{family: Meltzer, given: PS}, {family: Kallioniemi, given: A}, {family: Trent, given: JM}],"
        " title: Chromosome alterations in human solid tumors, editor: [{family: Vogelstein, given: B},"
        " {family: Kinzler, given: KW}], container-title: The genetic basis of human cancer, publisher-place: New York,"
        " publisher: McGraw-Hill, issued: 2002, page: 93-113",
        "Meltzer PS, Kallioniemi A, Trent JM. Chromosome alterations in human solid tumors. In: Vogelstein B,"
        " Kinzler KW, editors. The genetic basis of human cancer. New York: McGraw-Hill; 2002. p. 93-113.",
    ),
    (
        "type: report, author: [{family: Russell, given: ML}, {family: Goth-Goldstein, given: R},"
        " {family: Apte, given: MG}, {family: Fisk, given: WJ}], title: Method for measuring the size distribution of"
        ' airborne Rhinovirus, publisher-place: Berkeley (CA), publisher: "Lawrence Berkeley National Laboratory,'
        ' Environmental Energy Technologies Division", issued: 2002-01, number: LBNL49574',
        "Russell ML, Goth-Goldstein R, Apte MG, Fisk WJ. Method for measuring the size distribution of airborne"
        " Rhinovirus. Berkeley (CA): Lawrence Berkeley National Laboratory, Environmental Energy Technologies Division;"
        " 2002 Jan. Report No.: LBNL49574.",
    ),
    (
        "type: legislation, title: Veterans Hearing Loss Compensation Act of 2002, number: Pub. L. No. 107-9,"
        " volume: 115, container-title: Stat., page: 11, issued: 2001-05-24",
        "Veterans Hearing Loss Compensation Act of 2002, Pub. L. No. 107-9, 115 Stat. 11 (May 24, 2001).",
    ),
    (
        "type: legislation, title: Cardiopulmonary Bypass Intracardiac Suction Control, volume: 21,"
        " container-title: C.F.R., section: '870.4430', issued: 2002",
        "Cardiopulmonary Bypass Intracardiac Suction Control, 21 C.F.R. Sect. 870.4430 (2002).",
    ),
    (
        "type: article-journal, author: [{family: Tian, given: D}, {family: Araki, given: H}, {family: Stahl, given: E},"
        " {family: Bergelson, given: J}, {family: Kreitman, given: M}], title: Signature of balancing selection in"
        " Arabidopsis, container-title: Proc Natl Acad Sci U S A, status: in press, issued: 2002",
        "Tian D, Araki H, Stahl E, Bergelson J, Kreitman M. Signature of balancing selection in Arabidopsis. Proc Natl"
        " Acad Sci U S A. Forthcoming 2002.",
    ),
    (
        "type: book, editor: [{family: Foley, given: KM}, {family: Gelband, given: H}], title: Improving palliative"
        " care for cancer, publisher-place: Washington, publisher: National Academy Press, issued: 2001,"
        ' accessed: 2002-07-09, URL: "https://www.nap.edu/catalog/10149/improving-palliative-care-for-cancer"',
        "Foley KM, Gelband H, editors. Improving palliative care for cancer [Internet]. Washington: National Academy"
        " Press; 2001 [cited 2002 Jul 9]. Available from:"
        " https://www.nap.edu/catalog/10149/improving-palliative-care-for-cancer",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("fields", "published"), SAMPLES, ids=[published[:40] for _, published in SAMPLES])
def test_a_reference_is_as_the_library_publishes_it(fields: str, published: str) -> None:
    assert said(fields) == published


# ------------------------------------------------------------------------------------------ what is not there


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("type: webpage, title: Key Messages", "Key Messages. [date unknown]."),
        (
            'type: webpage, title: Key Messages, URL: "https://example.org/", accessed: 2026-11-23',
            "Key Messages [Internet]. [cited 2026 Nov 23]. Available from: https://example.org/",
        ),
        (
            'type: webpage, author: [{literal: WHO}], title: "Does it help?", container-title: Questions,'
            ' publisher: WHO, issued: 2020, URL: "https://example.org/a", accessed: 2026-11-23',
            "WHO. Does it help? [Internet]. Questions. WHO; 2020 [cited 2026 Nov 23]. Available from:"
            " https://example.org/a",
        ),
        ("type: article-journal, title: A, container-title: B, status: forthcoming", "A. B. Forthcoming."),
        ("type: article-journal, title: A, container-title: B, issued: 2020", "A. B. 2020."),
        ("type: article-journal, title: A, container-title: B, volume: 3", "A. B. 3."),
        ("type: book, title: A, edition: Rev. ed., publisher: P", "A. Rev. ed. P; [date unknown]."),
        ("type: legislation, title: A, container-title: Minn. Stat., section: 256B", "A, Minn. Stat. Sect. 256B."),
        (
            "type: legislation, title: A, container-title: Minn. Stat., jurisdiction: Minn., issued: 2007-09-01",
            "A, Minn. Stat. (Minn. Sept. 1, 2007).",
        ),
    ],
)
def test_what_a_work_does_not_say_is_left_out(fields: str, expected: str) -> None:
    assert said(fields) == expected


# -------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("family", "given", "more", "expected"),
    [
        ("Fisher", "Edwin B.", {}, "Fisher EB"),
        ("Chan", "Juliana C. N.", {}, "Chan JC"),
        ("Chan", "JCN", {}, "Chan JC"),
        ("Sartre", "Jean-Paul", {}, "Sartre JP"),
        ("Li", "X.-Y.", {}, "Li XY"),
        ("Gogh", "Vincent", {"non_dropping_particle": "van"}, "van Gogh V"),
        ("Hoeven", "Maria", {"dropping_particle": "van", "non_dropping_particle": "der"}, "van der Hoeven M"),
        ("Arcy", "Anne", {"non_dropping_particle": "d'"}, "d'Arcy A"),
        ("de la Cruz", "José María", {}, "de la Cruz JM"),
        ("King", "Martin Luther", {"suffix": "Jr."}, "King ML Jr"),
        ("Ibn Rushd", "Muhammad ibn Ahmad", {}, "Ibn Rushd MA"),
        ("Lindqvist", "åsa", {}, "Lindqvist Å"),
        ("Plato", "", {}, "Plato"),
    ],
)
def test_names(family: str, given: str, more: dict[str, str], expected: str) -> None:
    assert name(person(family, given, **more)) == expected


def person(family: str = "", given: str = "", **more: str) -> Person:
    return Person.model_validate(
        {key: value for key, value in {"family": family, "given": given, **more}.items() if value}
    )


def test_six_are_named_and_the_seventh_is_not() -> None:
    six = tuple(person(letter) for letter in "ABCDEF")
    assert people(six) == "A, B, C, D, E, F"
    assert people((*six, person("G"))) == "A, B, C, D, E, F, et al"
    assert people((person("A"), Person.model_validate({"literal": "et al."}))) == "A, et al"
    assert people(()) == ""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("284-287", "284-7"),
        ("540--551", "540-51"),
        ("98-101", "98-101"),
        ("1199-1201", "1199-201"),
        ("S59-S65", "S59-65"),
        ("e10-e12", "e10-2"),
        ("iii-v", "iii-v"),
        ("12-A14", "12-A14"),
        ("40-46,50, 61-63", "40-6, 50, 61-3"),
        ("e2016369", "e2016369"),
        ("7-7", "7-7"),
    ],
)
def test_ranges_of_pages_keep_only_what_differs(page: str, expected: str) -> None:
    cited = said(f'type: article-journal, title: A, container-title: B, issued: 2020, volume: 1, page: "{page}"')
    assert cited == f"A. B. 2020;1:{expected}."


# ----------------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "Gogh V, editor. Kunst [Internet]. 2.ª ed. 2014 mar 3 [citado 2026 nov 23]. Disponible en: https://a.org"),
        ("fr-CA", "Gogh V, éditeur. Kunst [Internet]. 2e éd. 2014 mars 3 [cité 2026 nov 23]. Disponible sur: https://a.org"),
        ("de", "Gogh V, Hrsg. Kunst [Internet]. 2. Aufl. 2014 März 3 [zitiert 2026 Nov 23]. Verfügbar unter: https://a.org"),
        ("it", "Gogh V, curatore. Kunst [Internet]. 2ª ed. 2014 mar 3 [citato 2026 nov 23]. Disponibile su: https://a.org"),
        ("nl", "Gogh V, red. Kunst [internet]. 2e druk. 2014 mrt 3 [geraadpleegd 2026 nov 23]. Beschikbaar via: https://a.org"),
        ("pt-BR", "Gogh V, editor. Kunst [Internet]. 2ª ed. 2014 mar 3 [citado 2026 nov 23]. Disponível em: https://a.org"),
        ("tlh", "Gogh V, editor. Kunst [Internet]. 2nd ed. 2014 Mar 3 [cited 2026 Nov 23]. Available from: https://a.org"),
    ],
)  # fmt: skip
def test_words_follow_the_language_of_the_document(language: str, expected: str) -> None:
    fields = (
        "type: book, editor: [{family: Gogh, given: V}], title: Kunst, edition: 2, issued: 2014-03-03,"
        ' URL: "https://a.org", accessed: 2026-11-23'
    )
    assert said(fields, language) == expected
