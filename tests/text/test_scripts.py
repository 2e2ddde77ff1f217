"""Text in many scripts: shaped as HarfBuzz's own tool shapes it, broken where Unicode allows, in logical order."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefpack.builds.environment import FONT_PACKAGES
from briefpack.text import Faces, Fallback, Line, Run, Speech, Words, Writing, break_lines, compose, prepare
from briefpack.text.faces import Face, FaceError, package_name
from briefpack.text.opportunities import opportunities
from briefpack.text.scripts import origin, scripts_of, stand_ins

FACES, WORDS = Faces(), Words()
FIRA: Final = FACES.face("Fira Sans")

# A word or two of each script, with its language and the family that draws it.
SAMPLES: Final = {
    "Latn": ("en", "Fira Sans", "office"),
    "Grek": ("el", "Fira Sans", "Υποστήριξη"),
    "Cyrl": ("ru", "Fira Sans", "Поддержка"),
    "Arab": ("ar", "IBM Plex Sans Arabic", "الأقران"),
    "Hebr": ("he", "Heebo", "עמיתים"),
    "Deva": ("hi", "Noto Sans Devanagari", "क्लिनिक"),
    "Beng": ("bn", "Hind Siliguri", "চিকিৎসক"),
    "Thai": ("th", "Noto Sans Thai", "เพื่อน"),
    "Ethi": ("am", "Kurinto Sans", "ስኳር"),
    "Hani": ("zh", "Kurinto Sans SC", "糖尿病"),
    "Hira": ("ja", "Noto Sans CJK JP", "ひとり"),
    "Hang": ("ko", "Kurinto Sans KR", "동료"),
}


def writing(language: str, rtl: bool = False, justified: bool = False) -> Writing:
    return Writing(language, rtl, Fallback(FACES, (), language), justified)


def lines(text: str, measure: float, how: Writing) -> tuple[Line, ...]:
    prepared = prepare([Run(text, FIRA, "#000000", language=how.language)], WORDS, writing=how)
    breaks = break_lines(prepared, measure)
    return compose(prepared, breaks, 10, WORDS.shaper, measure / 100 if how.justified else None)


@pytest.mark.parametrize("script", SAMPLES)
def test_the_face_that_stands_in_is_the_one_for_the_script(script: str) -> None:
    language, family, text = SAMPLES[script]
    assert family in origin(script, language).families or family == "Fira Sans"
    found = Fallback(FACES, (), language).faces_of(text, FIRA)
    assert set(found) == {FACES.face(family)}
    assert set(scripts_of(text)) == {script}


def test_every_package_that_a_face_may_come_from_is_part_of_what_a_build_depends_on() -> None:
    """Or a build would stay as it was when the typeface that it lacked has been installed."""
    assert all(package_name(family).startswith(FONT_PACKAGES) for family in stand_ins())


@pytest.mark.parametrize("script", SAMPLES)
@pytest.mark.parametrize("weight", [400, 700])
def test_glyphs_and_places_are_those_of_hb_shape(script: str, weight: int, tmp_path: Path) -> None:
    """The glyphs, advances and offsets of Debian's `hb-shape` for the same file, text, script and language."""
    tool = shutil.which("hb-shape")
    if tool is None:
        pytest.skip("hb-shape is not here")
    language, family, text = SAMPLES[script]
    face = FACES.face(family, weight)
    file = tmp_path / "face.font"
    file.write_bytes(face.data)
    rtl = script in ("Arab", "Hebr")
    shaped = WORDS.shaper.shape(face, text, (), Speech(language, rtl, script))
    command = [tool, "--no-glyph-names", "--output-format=json", f"--language={language}", f"--script={script}"]
    command += [f"--direction={'rtl' if rtl else 'ltr'}", str(file), text]
    wanted = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    unit = 1000 / face.upem
    offsets = shaped.offsets or ((0.0, 0.0),) * len(shaped.glyphs)
    found = list(zip(shaped.glyphs, shaped.advances, offsets, strict=True))
    assert [glyph for glyph, _, _ in found] == [each["g"] for each in wanted]
    for (_, advance, (x, y)), each in zip(found, wanted, strict=True):
        assert advance == pytest.approx(each["ax"] * unit)
        assert (x, y) == pytest.approx((each["dx"] * unit, each["dy"] * unit))


def test_words_are_found_where_no_spaces_part_them() -> None:
    text = "เพื่อนไม่ได้มาแทนแพทย์"
    cuts = [0, *sorted(opportunities(text, "th")), len(text)]
    assert [text[a:b] for a, b in pairwise(cuts)] == ["เพื่อน", "ไม่", "ได้", "มา", "แทน", "แพทย์"]


def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens() -> None:
    """The rules of Chinese and Japanese (kinsoku), at every measure."""
    text = "ピアは、「ひとりではない」と感じられます（毎日の自己管理）。サポートっていいですね。"
    for measure in range(3000, 20000, 700):
        for line in lines(text, measure, writing("ja")):
            assert line.text[0] not in "、。」）ーっ"
            assert line.text[-1] not in "「（"


def test_korean_lines_end_between_words() -> None:
    for measure in range(6000, 20000, 900):
        found = lines("동료는 똑같이 당뇨병과 함께 살아가는 사람입니다.", measure, writing("ko"))
        assert all(line.text.endswith(" ") for line in found[:-1])


def test_numbers_and_names_stand_as_they_are_read_in_text_from_right_to_left() -> None:
    [line] = lines("اتصل 0800-555-0142 عند (BMC Public Health) 8760", 99_000, writing("ar", rtl=True))
    place = {"".join(word.text for word in segment.words).strip(): segment.x for segment in line.segments}
    assert place["8760"] < place["BMC Public Health"] < place["0800-555-0142"] < place["اتصل"], "from right to left"
    assert line.text == "اتصل 0800-555-0142 عند (BMC Public Health) 8760"


@pytest.mark.parametrize("text", ["\u22120.57", "+1.5", "\u22121,250.75"])
@pytest.mark.parametrize("language", ["ar", "he"])
def test_a_sign_stands_before_its_number_whichever_way_the_page_is_read(text: str, language: str) -> None:
    [line] = lines(text, 99_000, writing(language, rtl=True))
    placed = sorted(line.segments, key=lambda segment: segment.x)
    assert "".join(word.text for segment in placed for word in segment.words) == text


def test_a_line_from_right_to_left_hangs_its_space_out_on_the_left() -> None:
    first, *_ = lines("الأقران يساعدون الناس كل يوم في البيت", 8000, writing("ar", rtl=True))
    assert first.text.endswith(" ")
    assert min(segment.x for segment in first.segments) < 0
    assert max(segment.x + segment.width for segment in first.segments) == pytest.approx(first.width)


_ANY = st.text(
    alphabet="abcé .,()-:1234 αβγ жшщ سلام الأقران שלום हिन्दी क्लि বাংলা ไทยเพื่อน ሰላም፡ 糖尿病、。「」 ひとりピア 한국어",
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(_ANY, st.sampled_from(["en", "ar", "ja", "th", "hi"]), st.integers(2000, 20_000), st.booleans())
@example("、、 1", "en", 2000, True)
@example("、、 1", "ar", 2000, True)
@example("糖尿 病", "ar", 3000, True)
def test_no_character_is_lost_and_no_line_is_wider_than_the_measure(
    text: str, language: str, measure: int, justified: bool
) -> None:
    how = writing(language, language == "ar", justified)
    prepared = prepare([Run(text, FIRA, "#000000", language=language)], WORDS, writing=how)
    found = lines(text, measure, how)
    assert "".join(line.text for line in found).split() == text.split()
    if prepared.measures.least <= measure:
        assert all(line.width <= measure / 100 + 0.01 for line in found)


@settings(max_examples=100, deadline=None)
@given(_ANY, st.sampled_from(["en", "ar"]))
def test_segments_stand_side_by_side(text: str, language: str) -> None:
    """They fill the line from its left end to its right, none over another."""
    for line in lines(text, 12_000, writing(language, language == "ar")):
        placed = sorted((segment.x, segment.x + segment.width) for segment in line.segments if segment.width)
        assert all(end == pytest.approx(start) for (_, end), (start, _) in pairwise(placed))


def test_justified_lines_are_all_of_one_width_but_the_last() -> None:
    text = (
        "Peer support is good health care for all people. In thirteen randomized trials, peer support lowered "
        "HbA1c by 0.57 points on average, and the office self-management of difficult conditions was efficient."
    )
    *justified, last = lines(text, 20_000, writing("en", justified=True))
    assert [round(line.width, 2) for line in justified] == [200.0] * len(justified)
    assert last.width < 200
    spaces = [segment.stretch for line in justified for segment in line.segments]
    assert min(spaces) >= -0.15 * 2.65 - 0.01, "no space is narrower than it may be"


def test_a_last_line_that_fits_only_with_narrow_spaces_has_them() -> None:
    """It is not stretched, and neither does it leave the measure."""
    [line] = lines("aa bb cc dd ee ff", 7_450, writing("en", justified=True))
    assert line.width == pytest.approx(74.5)
    [line] = lines("aa bb cc dd ee ff", 9_000, writing("en", justified=True))
    assert line.width == pytest.approx(74.9, abs=0.1)


JAPANESE = (
    "ピアとは、同じように糖尿病とともに生きている人のことです。13の試験では、HbA1cが平均0.57ポイント低下しました"
    "（『BMC Public Health』）。ピアは医師の代わりではありませんが、毎日の自己管理を続けるための支えになります。"
    "「ひとりではない」と感じられます。"
)


@pytest.mark.parametrize("measure", range(14_000, 30_000, 1_300))
def test_justified_lines_of_japanese_give_way_between_characters(measure: int) -> None:
    """All are of one width, and no character moves more than a quarter of an em from the one before."""
    *justified, last = lines(JAPANESE, measure, writing("ja", justified=True))
    assert len(justified) > 2
    assert [round(line.width, 2) for line in justified] == [measure / 100] * len(justified)
    assert last.width <= measure / 100
    for line in justified:
        assert all(0 <= segment.tracking <= 2.5 for segment in line.segments)
        if not line.text.endswith(" "):
            right = line.segments[-1]
            assert right.x + right.width - right.tracking == pytest.approx(line.width)


def test_a_line_that_ends_on_a_full_width_mark_leaves_no_white_behind_it() -> None:
    """Half of the mark's em is white: the line is narrower by as much, and may hold a character more."""
    [first, _] = lines("糖尿病です。ピアは", 5_500, writing("ja"))
    assert first.text == "糖尿病です。"
    assert first.width == pytest.approx(54, abs=1.1)


def test_marks_that_meet_are_set_close() -> None:
    shaped = WORDS.shaper.shape(FACES.face("Noto Sans CJK JP"), "「人」、「（人」）。", (), Speech("ja", script="Hani"))
    assert [round(advance, -1) for advance in shaped.advances] == [
        *(1000, 1000, 500, 500, 1000, 500, 1000, 500, 500, 1000)
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_letters_and_digits_of_another_script_stand_apart_by_an_eighth_of_an_em(language: str) -> None:
    """As in CSS Text 4, `text-autospace`; not from punctuation, from other characters, nor where there is a space."""
    counts = {"平均0.57です": 2, "、HbA1c。": 0, "平 1 均": 0, "平均": 0, "（1）": 0, "＋ｘ平": 0, "1é均": 1}
    for text, count in counts.items():
        [line] = lines(text, 99_000, writing(language))
        words = [word for segment in line.segments for word in segment.words]
        assert sum(word.width for word in words if not word.glyphs) == 125 * count, text
        assert line.text == text
        assert line.width == pytest.approx(sum(word.width for word in words) / 100)
    [korean] = lines("평균0.57은", 99_000, writing("ko"))
    assert all(word.glyphs for segment in korean.segments for word in segment.words)


def test_no_line_begins_or_ends_with_white_between_scripts() -> None:
    for measure in range(2900, 9000, 100):
        for justified in (False, True):
            for line in lines("平均0.57ポイントHbA1c低下2025年", measure, writing("ja", justified=justified)):
                words = [word for segment in line.segments for word in segment.words]
                assert words[0].glyphs
                assert words[-1].glyphs
                assert line.width <= measure / 100 + 0.01


def test_a_mark_of_citation_does_not_stand_apart() -> None:
    runs = [Run("下降", FIRA, "#000000", language="zh"), Run("1", FIRA, "#000000", scale=0.6, rise=0.3, language="zh")]
    prepared = prepare(runs, WORDS, writing=writing("zh"))
    assert all(item.glyphs for item in prepared.items)


def test_marks_in_the_middle_of_their_em_keep_it() -> None:
    """As they stand in Taiwan."""
    shaped = WORDS.shaper.shape(FACES.face("Kurinto Sans TC"), "人。」", (), Speech("zh-TW", script="Hani"))
    assert shaped.advances[1] == 1000


def test_a_number_is_drawn_by_one_face() -> None:
    """Its commas with its digits, also among characters of another."""
    found = Fallback(FACES, (), "ja").faces_of("その数は8,760時間、95%です", FIRA)
    assert found[4:9] == [FIRA] * 5
    assert found[12:15] == [FIRA] * 3
    assert FIRA not in (*found[:4], *found[9:12], *found[15:])


@pytest.mark.parametrize(
    ("text", "language"), [("毎日", "ko"), ("书", "ja"), ("ﾊﾟ", "zh"), ("か\u3099", "zh"), ("ＨｂＡ", "zh")]
)
def test_characters_of_a_neighbour_are_drawn_where_a_language_has_none_of_its_own(text: str, language: str) -> None:
    """A Japanese name in Korean, full-width and half-width forms, marks that are typed apart."""
    found = Fallback(FACES, (), language).faces_of(text, FIRA)
    assert None not in found
    assert FIRA not in found


def test_a_neighbour_does_not_stand_in_where_the_face_of_the_language_is_not_installed() -> None:
    """Japanese forms in a Chinese text would be wrong: the extra for Chinese is asked for."""

    class Without(Faces):
        def face(self, family: str, weight: int = 400, italic: bool = False) -> Face:
            if family.endswith((" SC", " TC")):
                raise FaceError(family)
            return super().face(family, weight, italic)

    assert Fallback(Without(), (), "zh").faces_of("糖", FIRA) == [None]
