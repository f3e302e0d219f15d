"""Many ids of clips in little memory: 10 bytes each, sorted, so that processes can share them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from recaption.clip import Clip
from recaption.columns import escaped

Packed = npt.NDArray[np.bytes_]
"""Ids of 20 hex digits as 10 bytes each, dtype S10, sorted."""

LOOSE = 100_000
"""Ids that are kept as a set until they are sorted into the others."""


class Ids:
    """A set of ids (20 hex digits) that grows."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._sorted = packed(ids)
        self._loose: set[str] = set()

    def __len__(self) -> int:
        return len(self._sorted) + len(self._loose)

    def __contains__(self, id: str) -> bool:
        return id in self._loose or bool(is_among([id], self._sorted)[0])

    def add(self, id: str) -> None:
        if id in self:
            return
        self._loose.add(id)
        if len(self._loose) >= LOOSE:
            self.all()

    def all(self) -> Packed:
        if self._loose:
            self._sorted = np.union1d(self._sorted, packed(self._loose))
            self._loose.clear()
        return self._sorted


def place(path: str, start: float | None, end: float | None, text: str | None = None) -> str:
    """20 hex digits that follow from a clip's path, span and text, whatever version of the file is there.

    A path that is no text has the same as the one that is written for it.
    """
    return Clip(escaped(path), start, end, text=text and escaped(text)).id


def packed(ids: Iterable[str]) -> Packed:
    """Each id once."""
    return np.unique(np.fromiter((bytes.fromhex(id) for id in ids), "S10"))


def repeated(ids: Iterable[str]) -> set[str]:
    """Those that come more than once."""
    found = np.fromiter((bytes.fromhex(id) for id in ids), "S10")
    found.sort()
    again = np.unique(found[1:][found[1:] == found[:-1]])
    return {id.ljust(10, b"\0").hex() for id in again.tolist()}


def is_among(ids: list[str], among: Packed) -> npt.NDArray[np.bool_]:
    """For each id, whether it is among those."""
    wanted = np.array([bytes.fromhex(id) for id in ids], "S10")
    if not len(among):
        return np.zeros(len(wanted), bool)
    nearest = among[np.minimum(np.searchsorted(among, wanted), len(among) - 1)]
    return np.asarray(nearest == wanted, bool)
