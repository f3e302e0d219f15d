from __future__ import annotations

import itertools
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from recaption.clip import Picture
from recaption.curate import lines as found_lines
from recaption.curate import text
from recaption.errors import MissingExtra, RunError
from scripts import prove_text
from scripts.prove_text import still
from tests.curate.made_shots import empty_shot, shot_of

DEVELOPMENT = 1
"""A seed whose pictures were looked at; the proof's own is for `scripts/prove_text.py`."""


@pytest.fixture
def scenery() -> Picture:
    return next(prove_text.bare(DEVELOPMENT))


@pytest.fixture
def unloaded() -> Iterator[None]:
    """The model is loaded anew in the test, and after it."""
    found_lines._ocr.cache_clear()
    yield
    found_lines._ocr.cache_clear()


def share(rgb: Picture) -> float:
    measured = text.text_of(still(rgb))["text"]
    assert isinstance(measured, float)
    return measured


def written(rgb: Picture, words: str, x: float, y: float, scale: float = 0.8) -> Picture:
    """Words whose middle is at shares of the picture's size, white with a black edge."""
    drawn = rgb.copy()
    (wide, _), _ = cv2.getTextSize(words, 0, scale, 2)
    place = int(x * rgb.shape[1] - wide / 2), int(y * rgb.shape[0])
    for colour, thick in (((0, 0, 0), 6), ((255, 255, 255), 2)):
        cv2.putText(drawn, words, place, 0, scale, colour, thick, cv2.LINE_AA)
    return drawn


def test_the_share_is_near_the_truth() -> None:
    drawn = list(itertools.islice(prove_text.pictures(DEVELOPMENT), 8))
    assert len({each.font for each in drawn}) >= 4
    errors = [abs(share(each.rgb) - each.share) for each in drawn]
    assert sum(error <= 0.02 for error in errors) >= 7, errors


def test_scenery_has_no_text() -> None:
    for rgb in itertools.islice(prove_text.bare(DEVELOPMENT), 4):
        assert share(rgb) <= 0.005


def test_the_same_picture_has_the_same_share() -> None:
    drawn = next(prove_text.pictures(DEVELOPMENT))
    assert share(drawn.rgb) == share(drawn.rgb)


@pytest.mark.parametrize("outline", [0, 3], ids=["bare", "outlined"])
@pytest.mark.parametrize("behind", ["nothing", "bars", "a disc"])
def test_a_box_ends_with_its_letters_whatever_touches_them(behind: str, outline: int) -> None:
    rgb = np.full((360, 640, 3), (90, 120, 150), np.uint8)
    if behind == "bars":
        for x in range(90, 600, 90):
            cv2.rectangle(rgb, (x, 110), (x + 20, 260), (200, 60, 60), -1)
    if behind == "a disc":
        cv2.circle(rgb, (320, 190), 80, (60, 110, 60), -1)
    letters = cv2.putText(np.zeros((360, 640), np.uint8), "Harvest of apples", (100, 200), 0, 1.5, 255)
    ink = cv2.dilate(letters, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * outline + 1, 2 * outline + 1)))
    rgb[ink > 127] = (0, 0, 0)
    rgb[letters > 127] = (255, 240, 230)
    (line,) = found_lines.lines(rgb)
    left, top, wide, high = cv2.boundingRect((ink > 127).astype(np.uint8))
    assert found_lines.box(line) == pytest.approx((left, top, left + wide, top + high), abs=2)


def test_text_on_another_third_of_a_shot_counts_for_a_third(scenery: Picture) -> None:
    titled = written(scenery, "THE END", 0.5, 0.5, 2.0)
    once = text.text_of(shot_of([scenery] * 8 + [titled] * 8 + [scenery] * 8))["text"]
    assert once == pytest.approx(share(titled) / 3)
    assert share(titled) > 0.04


@pytest.mark.parametrize(
    ("words", "x", "y", "subtitles"),
    [
        ("We should leave before it rains", 0.5, 0.93, 1.0),
        ("We should leave before it rains", 0.5, 0.12, 0.0),
        ("We should leave", 0.2, 0.93, 0.0),
    ],
    ids=["low in the middle", "at the top", "in a corner"],
)
def test_a_line_low_in_the_middle_is_a_subtitle(
    scenery: Picture, words: str, x: float, y: float, subtitles: float
) -> None:
    measured = text.text_of(still(written(scenery, words, x, y)))
    assert measured["subtitles"] == subtitles
    assert measured["text"] != 0


def test_subtitles_are_a_share_of_the_time_whatever_they_say(scenery: Picture) -> None:
    first, second = (written(scenery, words, 0.5, 0.93) for words in ("Where have you been?", "At the river, you know"))
    measured = text.text_of(shot_of([first] * 8 + [scenery] * 8 + [second] * 8))
    assert measured["subtitles"] == pytest.approx(2 / 3)


def test_a_subtitle_with_a_wide_space_is_one_row(scenery: Picture) -> None:
    rgb = written(written(scenery, "- Is it late?", 0.3, 0.93, 0.7), "- Not at all.", 0.7, 0.93, 0.7)
    assert text.text_of(still(rgb))["subtitles"] == 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (31, 31), (40, 640), (640, 40), (640, 360)])
def test_pictures_of_any_shape_are_looked_at(shape: tuple[int, int]) -> None:
    assert text.text_of(still(np.zeros((*shape, 3), np.uint8))) == {"text": 0, "subtitles": 0}


def test_lines_lie_in_a_picture_that_stands_upright() -> None:
    upright = np.full((640, 360, 3), 90, np.uint8)
    (line,) = found_lines.lines(written(upright, "NO ENTRY", 0.5, 0.5, 1.5))
    left, top, right, bottom = found_lines.box(line)
    assert 0 <= left < 180 < right <= 360
    assert 250 < top < bottom < 340


def test_text_on_its_side_is_covered_too(scenery: Picture) -> None:
    rgb = written(scenery, "Summer holidays", 0.5, 0.5, 1.2)
    turned = np.ascontiguousarray(np.rot90(rgb))
    assert share(turned) == pytest.approx(share(rgb), abs=0.02)


def test_a_shot_without_pictures_has_no_shares() -> None:
    assert text.text_of(empty_shot()) == {"text": None, "subtitles": None}


def test_it_works_in_silence_and_without_a_network(
    unloaded: None, scenery: Picture, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert share(written(scenery, "STOP", 0.3, 0.3)) > 0
    assert share(scenery) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("package", ["rapidocr", "onnxruntime"])
def test_a_missing_package_is_told(
    unloaded: None, scenery: Picture, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"{package} .*recaption\[curate\]"):
        share(scenery)


def test_missing_weights_are_told(
    unloaded: None, scenery: Picture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hollow = ModuleType("rapidocr")
    hollow.__file__ = str(tmp_path / "__init__.py")
    monkeypatch.setitem(sys.modules, "rapidocr", hollow)
    with pytest.raises(RunError, match=r"models: no weights"):
        share(scenery)
