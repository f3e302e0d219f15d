"""Near-duplicates across a set, by an index of perceptual hashes that holds the prints of a million clips.

Two prints are compared in four steps, each for fewer clips than the one before. Every moment's picture has a hash:
the signs of its lowest frequencies, as in pHash (Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash
Functions"). Clips that have a word in common, the part of a hash that a small crop changes least, are candidates
(multi-index hashing, Norouzi et al. 2012), also when bits differ that were nearly undecided (multi-probe, Lv et al.
2007). Candidates whose hashes are near, and whose colours are no others, are then held against each other picture by
picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from recaption.curate.prints import MOMENTS, NO_COLOUR, PARTS, SIDE, Colours, Print, Thumbnails

ALIKE = 0.87
"""Least likeness of near-duplicates. Of scripted clips of two seeds, that of `scripts/prove_duplicates.py` and another,
duplicates come to 0.89 or more and others to 0.85 or less."""
SEEN = 1.0
"""Least standard deviation of a moment's detail, of 255, that shows something: rounding and what codecs add to one
colour come to less."""
COARSE = 2.0
"""Pixels, standard deviation of the Gaussian that is taken off for the detail: light and dark halves, such as sky and
ground, are common to many pictures."""
STEPS = 3
"""Of finding how a picture was moved; the third changes hardly anything."""
MOVED, STRETCHED = 1.5, 0.12
"""Pixels, and share of the size, that a picture may have been moved and stretched by; a crop of 5% on one side comes to
0.4 and 0.05."""
LOWEST = 8
"""Frequencies of a hash in each direction, those of pHash."""
WORD_BITS = 20
"""Of a word: a million clips spread over a million chains for each moment."""
UNDECIDED_BITS = 6
"""Bits of a word that are tried both ways, those whose waves are weakest."""
CROPS = ((0.4, -0.05), (-0.4, -0.05), (0.4, 0.05), (-0.4, 0.05))
"""How far a picture is moved, in pixels, and stretched by a crop of 5% on one side, and by its being undone; a print is
looked up in each of these ways in each direction."""
FAR = 72
"""Bits of the 256 in which the hashes of near-duplicates may differ."""
COLOURFUL, LIKE_COLOURS = 4.0, 0.8
"""Distance from grey, root mean square, of 128, with which a print shows colours, and least cosine between those of two
that do: a duplicate may be paler, or black and white, but not green for blue. Scripted clips that are cropped or darker
come to 0.94 or more (seed 630)."""
BLOCK = 4096
"""Prints that are stored in one piece."""

Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]


class Index:
    """Prints by likeness.

    A million prints take 1.2 GB of memory: their pictures, 1 KiB each, and some 190 bytes of colours, hashes, links and
    ids. To find one among them takes some 3 ms of a core, to put one there 0.13 ms (`benchmarks/duplicates.json`).

    Args:
        mirrored: whether clips that show each other's mirror image are alike.
        least: least likeness of what is found, from 0 to 1.
    """

    def __init__(self, mirrored: bool = False, least: float = ALIKE) -> None:
        self._mirrored = mirrored
        self._least = least
        self._ids: list[str] = []
        self._blocks: list[Thumbnails] = []
        self._hashes = np.empty((BLOCK, MOMENTS), np.uint64)
        self._colours = np.empty((BLOCK, PARTS, PARTS, 2), np.uint8)
        # Clips of the same word are a chain, from its head, the last one that was put in, to -1.
        self._links = np.empty((BLOCK, MOMENTS), np.int32)
        self._heads = np.full((MOMENTS, 1 << WORD_BITS), -1, np.int32)

    def put(self, id: str, text: str) -> None:
        """Hold a print, which is found from here on. One that shows nothing, such as a black one, never is.

        Raises:
            UsageError: not the text of a print.
        """
        held = Print.of(text)
        seen = _seen(held.pictures)
        if not len(seen):
            return
        number = len(self._ids)
        if number % BLOCK == 0:
            self._blocks.append(np.empty((BLOCK, MOMENTS, SIDE, SIDE), np.uint8))
        if number == len(self._hashes):
            self._hashes, self._colours, self._links = (
                np.concatenate([each, np.empty_like(each)]) for each in (self._hashes, self._colours, self._links)
            )
        waves = _waves(held.pictures)
        words = _words(waves)[seen]
        self._ids.append(id)
        self._blocks[-1][number % BLOCK] = held.pictures
        self._hashes[number], self._colours[number] = _hashes(waves), held.colours
        self._links[number, seen] = self._heads[seen, words]
        self._heads[seen, words] = number

    def find(self, text: str) -> list[tuple[str, float]]:
        """The clips that are near-duplicates of a print.

        Returns:
            id and likeness of each, the most alike first, see `likeness`.

        Raises:
            UsageError: not the text of a print.
        """
        asked = Print.of(text)
        found: dict[int, float] = {}
        for each in (asked, asked.mirrored)[: 1 + self._mirrored]:
            for number in self._candidates(each).tolist():
                alike = likeness(each.pictures, self._blocks[number // BLOCK][number % BLOCK])
                found[number] = max(alike, found.get(number, 0.0))
        alike_ones = sorted((-alike, number) for number, alike in found.items() if alike >= self._least)
        return [(self._ids[number], -negative) for negative, number in alike_ones]

    def _candidates(self, asked: Print) -> npt.NDArray[np.int32]:
        """Numbers of the clips that have a word in common with a print, or nearly, and whose hashes and colours are
        near."""
        pictures = asked.pictures
        seen = _seen(pictures)
        probes = np.concatenate([_probes(_waves(each))[seen] for each in _cropped(pictures)], axis=1)
        moments = np.repeat(seen, probes.shape[1])
        at = self._heads[moments, probes.ravel()]
        met = []
        while (there := at >= 0).any():
            at, moments = at[there], moments[there]
            met.append(at)
            at = self._links[at, moments]
        if not met:
            return np.empty(0, np.int32)
        numbers = np.unique(np.concatenate(met))
        differing = np.bitwise_count(self._hashes[numbers] ^ _hashes(_waves(pictures))).sum(axis=1)
        numbers = numbers[differing <= FAR]
        return np.asarray(numbers[~_clash(asked.colours, self._colours[numbers])])


def likeness(one: Thumbnails, other: Thumbnails) -> float:
    """How much of what one of two prints shows is explained by the other one, whichever explains more.

    Returns:
        The share of the variance of its detail that is the other one's, moved and stretched a little in each direction,
        as by a crop of 5%, with more or less contrast: 1 for the same pictures, at least 0, and 0 for a negative, or
        where one of them shows nothing.
    """
    if not len(_seen(one)) or not len(_seen(other)):
        return 0.0
    return max(_explained(one, other), _explained(other, one))


def rank(longest: int, seconds: float, number: int) -> tuple[int, float, int]:
    """Sorts clips so that the first of near-duplicates is the one to keep: more pixels, longer, earlier in the set.

    Args:
        longest: pixels of its longer side.
        seconds: its length.
        number: its place in the set.
    """
    return -longest, -seconds, number


def dropped(
    clips: Iterable[tuple[str, str]], mirrored: bool = False, least: float = ALIKE
) -> Iterator[tuple[str, str, float]]:
    """The clips of a set that are near-duplicates of one that is kept.

    Nothing is dropped for being like a clip that is dropped itself, so that no chain of likenesses joins what is not
    alike. Memory grows with the clips that are kept, see `Index`.

    Args:
        clips: id and print of each, the ones to keep first, see `rank`.
        mirrored, least: see `Index`.

    Returns:
        Of each that is dropped: its id, the id of the kept clip that is most like it, and their likeness.

    Raises:
        UsageError: something that is not the text of a print.
    """
    index = Index(mirrored, least)
    for id, text in clips:
        if found := index.find(text):
            yield id, *found[0]
        else:
            index.put(id, text)


_PLACES = np.arange(SIDE) - (SIDE - 1) / 2
"""Of the pixels of a row, from its middle."""
_INNER = np.s_[:, 1:-1, 1:-1]
"""Without the border, of which a crop takes a part."""


def _explained(source: Thumbnails, target: Thumbnails) -> float:
    """How much of the target's detail the source's explains.

    To first order, what a small change of place does to a picture is a sum of its slopes, which is solved for and done
    a few times (Lucas and Kanade 1981).
    """
    aim = _detail(target)
    # Each moment counts as much as any other, whether much is to be seen in it or little.
    weights = 1 / np.maximum(aim.std(axis=(1, 2), keepdims=True), SEEN)
    wanted = (aim * weights)[_INNER].ravel()
    variance = wanted @ wanted
    share, place = 0.0, np.zeros(4)
    for _ in range(STEPS):
        detail = _detail(_stretched(place[2:]) @ source @ _stretched(place[:2]).T)
        down, right = np.gradient(detail, axis=(1, 2))
        terms = (right, right * _PLACES, down, down * _PLACES[:, None], detail, np.ones_like(detail))
        effects = np.stack([(term * weights)[_INNER].ravel() for term in terms])
        found = np.linalg.lstsq(effects @ effects.T, effects @ wanted, rcond=None)[0]
        contrast = found[4]
        if contrast <= 0:
            break
        left = wanted - found @ effects
        share = max(share, 1 - float(left @ left / variance))
        most = np.array([MOVED, STRETCHED] * 2)
        place = np.clip(place + found[:4] / contrast, -most, most)
    return share


def _stretched(place: Floats) -> Floats:
    """The matrix that moves and stretches a row of pixels by cubic convolution (Keys 1981), edges going on outside."""
    at = np.clip(_PLACES * (1 + place[1]) + place[0], _PLACES[0], _PLACES[-1])
    far = np.abs(at[:, None] - _PLACES)
    near = 1.5 * far**3 - 2.5 * far**2 + 1
    farther = -0.5 * far**3 + 2.5 * far**2 - 4 * far + 2
    weights = np.where(far <= 1, near, np.where(far < 2, farther, 0))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _cropped(pictures: Thumbnails) -> list[npt.NDArray[Any]]:
    """A print as it may be when the clip is a crop of another one, or another one a crop of it; itself first."""
    matrices = [_stretched(np.array(crop)) for crop in CROPS]
    return [pictures, *(pictures @ each.T for each in matrices), *(each @ pictures for each in matrices)]


def _detail(pictures: npt.NDArray[Any]) -> Floats:
    """Pictures without what is coarse in them, float64, shape (MOMENTS, SIDE, SIDE)."""
    return np.asarray(pictures - _BLURS @ pictures @ _BLURS.T)


def _blurs() -> Floats:
    """The matrix that takes from each pixel of a row what is coarse around it; outside, the row is mirrored."""
    taps = np.arange(-SIDE, SIDE + 1)
    weights = np.exp(-0.5 * (taps / COARSE) ** 2)
    blurs = np.zeros((SIDE, SIDE))
    for pixel in range(SIDE):
        mirrored = (pixel + taps) % (2 * SIDE)
        np.add.at(blurs[pixel], np.minimum(mirrored, 2 * SIDE - 1 - mirrored), weights / weights.sum())
    return blurs


def _clash(one: Colours, others: Colours) -> npt.NDArray[np.bool_]:
    """Whether a print shows colours, and others show other ones, shape (n, *Colours)."""
    this = one.ravel().astype(np.float64) - NO_COLOUR
    those = others.reshape(-1, this.size).astype(np.float64) - NO_COLOUR
    size, sizes = np.linalg.norm(this), np.linalg.norm(those, axis=1)
    colourful = np.minimum(size, sizes) >= COLOURFUL * PARTS
    return np.asarray(colourful & (those @ this < LIKE_COLOURS * size * sizes))


def _seen(pictures: Thumbnails) -> npt.NDArray[np.int64]:
    """The moments that show something. Words of the others say nothing, and would be common to many."""
    return np.flatnonzero(_detail(pictures).std(axis=(1, 2)) >= SEEN)


_BLURS = _blurs()
_COSINES = np.cos(np.pi / SIDE * np.arange(LOWEST)[:, None] * (np.arange(SIDE) + 0.5))
_ORDER = sorted(product(range(LOWEST), repeat=2), key=lambda wave: (wave[0] ** 2 + wave[1] ** 2, wave))
_WORD = np.array([down * LOWEST + across for down, across in _ORDER[1 : 1 + WORD_BITS]])
"""The waves of a word: the longest ones, without the mean."""
_BITS = 1 << np.arange(WORD_BITS)
_TRIES = np.array(list(product((0, 1), repeat=UNDECIDED_BITS)))


def _waves(pictures: npt.NDArray[Any]) -> Floats:
    """The lowest frequencies of each picture's cosine transform, float64, shape (MOMENTS, LOWEST * LOWEST)."""
    return np.asarray((_COSINES @ pictures.astype(np.float64) @ _COSINES.T).reshape(MOMENTS, -1))


def _hashes(waves: Floats) -> Hashes:
    """64 signs of each moment, uint64, shape (MOMENTS,)."""
    return np.packbits(waves > 0, axis=1).view(np.uint64).ravel()


def _words(waves: Floats) -> npt.NDArray[np.int64]:
    return np.asarray((waves[:, _WORD] > 0) @ _BITS)


def _probes(waves: Floats) -> npt.NDArray[np.int64]:
    """Words to look up, those of `_words` among them: int64, shape (MOMENTS, 2 ** UNDECIDED_BITS)."""
    undecided = np.argsort(np.abs(waves[:, _WORD]), axis=1)[:, :UNDECIDED_BITS]
    return np.asarray(_words(waves)[:, None] ^ (_BITS[undecided] @ _TRIES.T))
