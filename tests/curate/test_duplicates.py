from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.curate.duplicates import ALIKE, BLOCK, Index, dropped, likeness, rank
from recaption.curate.prints import MOMENTS, NO_COLOUR, SIDE, Print, Thumbnails, print_of
from recaption.errors import UsageError
from scripts import prove_duplicates
from scripts.prove_duplicates import grey
from tests.curate.shots import Pictures, drawn, shot_of

RATE = 15
FILMS = 30


def printed(pictures: list[Pictures]) -> str:
    return print_of(shot_of(pictures, RATE))["print"]


@pytest.fixture(scope="module")
def films() -> list[list[Pictures]]:
    return [drawn(prove_duplicates.script(630, number), RATE, 160) for number in range(FILMS)]


@pytest.fixture(scope="module")
def prints(films: list[list[Pictures]]) -> list[str]:
    return [printed(film) for film in films]


def smooth(seed: int, count: int = 1) -> list[Thumbnails]:
    """Thumbnails of pictures that nobody has seen."""
    return list(prove_duplicates.natural(count, np.random.default_rng(seed)))


def filled(prints: list[str], mirrored: bool = False) -> Index:
    index = Index(mirrored)
    for number, text in enumerate(prints):
        index.put(str(number), text)
    return index


CHANGES: dict[str, Callable[[Pictures], Pictures]] = {
    "smaller": lambda each: cv2.resize(each, (96, 54), interpolation=cv2.INTER_AREA),
    "cropped": lambda each: each[2:-2, 4:-4],
    "cropped on the left": lambda each: each[:, 8:],
    "cropped on the right": lambda each: each[:, :-8],
    "cropped above": lambda each: each[4:],
    "cropped below": lambda each: each[:-4],
    "darker": lambda each: (each * 0.7).astype(np.uint8),
    "grey": lambda each: cv2.cvtColor(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_a_little_is_found(films: list[list[Pictures]], prints: list[str], change: str) -> None:
    index = filled(prints)
    for number in range(0, FILMS, 3):
        found = index.find(printed([CHANGES[change](each) for each in films[number]]))
        assert [id for id, _ in found] == [str(number)]


def recoloured(picture: Pictures, saturation: float) -> Pictures:
    """As bright, with other colours where the saturation is negative."""
    luma, *chroma = np.moveaxis(cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb).astype(float), 2, 0)
    changed = np.stack([luma, *(NO_COLOUR + (each - NO_COLOUR) * saturation for each in chroma)], axis=2)
    return np.asarray(cv2.cvtColor(np.clip(changed, 0, 255).astype(np.uint8), cv2.COLOR_YCrCb2RGB))


def test_a_paler_film_is_found_and_one_in_other_colours_is_not(films: list[list[Pictures]], prints: list[str]) -> None:
    index = filled(prints)
    for number in range(0, FILMS, 3):
        pale, other = (printed([recoloured(each, share) for each in films[number]]) for share in (0.5, -1.0))
        assert [id for id, _ in index.find(pale)] == [str(number)]
        assert index.find(other) == []


def test_what_was_trimmed_is_found(films: list[list[Pictures]], prints: list[str]) -> None:
    index = filled(prints)
    for number in range(0, FILMS, 3):
        assert [id for id, _ in index.find(printed(films[number][3:-3]))] == [str(number)]


def test_what_was_coded_again_is_found(prints: list[str], tmp_path: Path) -> None:
    original, duplicate = prove_duplicates.duplicated(
        prove_duplicates.script(630, 0), prove_duplicates.all_at_once, tmp_path
    )
    index = filled(prints)
    for shot in (original, duplicate):
        assert [id for id, _ in index.find(print_of(shot)["print"])] == ["0"]


def test_films_are_like_no_other_film(prints: list[str]) -> None:
    index = filled(prints, mirrored=True)
    assert [[id for id, _ in index.find(text)] for text in prints] == [[str(number)] for number in range(FILMS)]


def test_other_things_before_the_same_background_are_another_film(prints: list[str]) -> None:
    script = prove_duplicates.script
    for number in range(5):
        take = prove_duplicates.take(script(630, number), script(630, number + FILMS))
        assert not filled(prints).find(printed(drawn(take, RATE, 160)))


def test_mirrored_films_are_found_where_they_are_asked_for(films: list[list[Pictures]], prints: list[str]) -> None:
    plain, mirrored = filled(prints), filled(prints, mirrored=True)
    for number in range(0, FILMS, 3):
        text = printed([each[:, ::-1] for each in films[number]])
        assert plain.find(text) == []
        assert [id for id, _ in mirrored.find(text)] == [str(number)]


def test_backwards_is_another_film(films: list[list[Pictures]]) -> None:
    moving = [np.roll(each, 2 * number, axis=1) for number, each in enumerate(films[0])]
    assert likeness(Print.of(printed(moving)).pictures, Print.of(printed(moving[::-1])).pictures) < ALIKE


@pytest.mark.parametrize("level", [0, 90, 255])
def test_what_shows_nothing_is_like_nothing(level: int) -> None:
    rng = np.random.default_rng(level)
    flat = np.clip(level + rng.normal(0, 0.5, (2, MOMENTS, SIDE, SIDE)), 0, 255).astype(np.uint8)
    index = filled([grey(each) for each in flat])
    assert index.find(grey(flat[0])) == []


def test_an_index_finds_what_a_comparison_of_all_pairs_finds() -> None:
    pictures = smooth(1, 20)
    copies = [np.clip(each + np.random.default_rng(2).normal(0, 4, each.shape), 0, 255) for each in pictures]
    copies = [each.astype(np.uint8) for each in copies]
    index = filled([grey(each) for each in pictures])
    for copy in copies:
        near = {str(number) for number, each in enumerate(pictures) if likeness(copy, each) >= ALIKE}
        assert near
        assert {id for id, _ in index.find(grey(copy))} == near


def test_the_most_alike_come_first() -> None:
    (pictures,) = smooth(3)
    noise = np.random.default_rng(4).normal(0, 1, pictures.shape)
    index = filled([grey(np.clip(pictures + noise * deviation, 0, 255).astype(np.uint8)) for deviation in (6, 0, 3)])
    found = index.find(grey(pictures))
    assert [id for id, _ in found] == ["1", "2", "0"]
    assert found[0][1] == pytest.approx(1)
    assert sorted((alike for _, alike in found), reverse=True) == [alike for _, alike in found]


def test_an_index_grows() -> None:
    pictures = smooth(5, BLOCK + 2)
    index = filled([grey(each) for each in pictures])
    for number in (0, BLOCK - 1, BLOCK, BLOCK + 1):
        assert [id for id, _ in index.find(grey(pictures[number]))] == [str(number)]


def test_what_is_no_print_is_told() -> None:
    with pytest.raises(UsageError, match="measure the clip again"):
        Index().put("0", "AAAA")
    with pytest.raises(UsageError, match="measure the clip again"):
        Index().find("AAAA")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.3, 1), st.floats(-40, 40))
def test_likeness_is_mutual_and_minds_no_light(seed: int, contrast: float, light: float) -> None:
    one, other = smooth(seed, 2)
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) < 0.7
    assert likeness(one, one) == pytest.approx(1)
    lit = np.clip(128 + (one - 128.0) * contrast * 0.5 + light, 0, 255).astype(np.uint8)
    assert likeness(one, lit) > 0.9
    assert likeness(one, 255 - one) < ALIKE


def test_pictures_of_one_colour_explain_nothing() -> None:
    flat = np.full((MOMENTS, SIDE, SIDE), 7, np.uint8)
    assert likeness(flat, flat) == 0
    assert likeness(flat, smooth(6)[0]) == 0


def test_the_largest_then_the_longest_then_the_first_is_kept(films: list[list[Pictures]], prints: list[str]) -> None:
    small = printed([cv2.resize(each, (96, 54), interpolation=cv2.INTER_AREA) for each in films[0]])
    short = printed(films[0][1:-2])
    rows = [
        ("small", 96, 6.0, small),
        ("another", 160, 4.0, prints[1]),
        ("short", 160, 5.8, short),
        ("first", 160, 6.0, prints[0]),
        ("again", 160, 6.0, prints[0]),
    ]
    ranked = sorted(enumerate(rows), key=lambda row: rank(row[1][1], row[1][2], row[0]))
    found = list(dropped((id, text) for _, (id, _, _, text) in ranked))
    assert [(id, kept) for id, kept, _ in found] == [("again", "first"), ("short", "first"), ("small", "first")]
    assert all(ALIKE <= alike <= 1 for _, _, alike in found)


def test_what_is_like_a_dropped_clip_alone_is_kept() -> None:
    """Three windows that move on over a wide picture: each is like the next one, the first is not like the last."""
    rng = np.random.default_rng(7)
    wide = cv2.GaussianBlur(rng.integers(0, 256, (90, 240, 3), np.uint8).astype(np.float32), (0, 0), 4)
    wide = CHANGES["grey"](cv2.normalize(wide, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8))
    first, middle, last = (printed([wide[:, left : left + 160]] * RATE) for left in (0, 10, 20))
    assert likeness(Print.of(first).pictures, Print.of(last).pictures) < ALIKE
    assert [(id, kept) for id, kept, _ in dropped([("a", first), ("b", middle), ("c", last)])] == [("b", "a")]
    assert [(id, kept) for id, kept, _ in dropped([("b", middle), ("a", first), ("c", last)])] == [
        ("a", "b"),
        ("c", "b"),
    ]
