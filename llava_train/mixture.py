"""Which row of which source is drawn when.

The order is a pure function of the seeds and the number of the draw, the same in every process, so that a run goes on
at any draw without anything being kept.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, islice
from math import gcd, lcm

import numpy as np

from llava_train.formats import Reading, sample
from llava_train.recipe import Data, sources
from llava_train.rows import Row, Stream, parsed, rows
from llava_train.samples import Sample
from recaption.errors import RecipeError


@dataclass
class Source:
    """Rows and how they are read.

    Finite rows come once a pass, in an order that is shuffled anew for each pass; those of a stream in their own order.
    """

    data: Data
    rows: Sequence[Row] | Stream
    reading: Reading
    _reached: int = field(default=0, init=False)
    _flow: Iterator[dict[str, object] | str] | None = field(default=None, init=False)
    _order: tuple[int, np.ndarray] | None = field(default=None, init=False)

    @classmethod
    def of(cls, data: Data) -> Source:
        """The source that a recipe names.

        Raises:
            RecipeError: it cannot be read.
        """
        return cls(data, rows(data), Reading.of(data))

    @property
    def weight(self) -> Fraction:
        """Its share in a mixture.

        Raises:
            RecipeError: a stream without a weight.
        """
        if self.data.weight:
            return Fraction(str(self.data.weight))
        if isinstance(self.rows, Stream):
            raise RecipeError(f"{self.rows.where}: a stream has no number of rows: give it, and the others, a weight")
        return Fraction(len(self.rows))

    def sample(self, number: int) -> Sample:
        """The sample of the draw with that number from this source.

        Raises:
            SampleError: none can be made of the row.
            RecipeError: a stream without any row, or that can no longer be read.
        """
        rng = random.Random(f"sample {self.data.seed} {number}")
        if isinstance(self.rows, Stream):
            row = parsed(self._flowed(self.rows, number), f"{self.rows.where}, row {number}")
            return sample(row, self.reading, rng)
        return sample(self.rows[self.row(number)], self.reading, rng)

    def row(self, number: int) -> int:
        """The row of a draw from finite rows."""
        assert not isinstance(self.rows, Stream)
        turn, place = divmod(number, len(self.rows))
        if self._order is None or self._order[0] != turn:
            self._order = turn, np.random.default_rng([self.data.seed, turn]).permutation(len(self.rows))
        return int(self._order[1][place])

    def _flowed(self, stream: Stream, number: int) -> dict[str, object] | str:
        """The row of a draw from a stream, which is gone through up to it, again and again."""
        if self._flow is None or number < self._reached:
            self._flow, self._reached = _again(stream), 0
        row = next(islice(self._flow, number - self._reached, None))
        self._reached = number + 1
        return row


def _again(stream: Stream) -> Iterator[dict[str, object] | str]:
    while True:
        row = None
        for row in stream:
            yield row
        if row is None:
            raise RecipeError(f"{stream.where}: no rows in it")


@dataclass(frozen=True)
class Draw:
    """A draw: which source, and the how many-th of its draws (from 0)."""

    source: int
    number: int


class Mixture:
    """Sources, each drawn from in exact proportion to its weight.

    Each draw is from the source that is furthest behind its share; among equals, from the first. No source is ever a
    whole draw ahead of its share, and after as many draws as the weights, as whole numbers, add up to, every share is
    exact: with weights that are the sources' numbers of rows, each row has then come once.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = list(sources)
        weights = [source.weight for source in self.sources] if len(self.sources) > 1 else [Fraction(1)]
        scale = lcm(*(weight.denominator for weight in weights))
        whole = [int(weight * scale) for weight in weights]
        self._shares = [share // gcd(*whole) for share in whole]

    @property
    def rows(self) -> int | None:
        """How many rows the sources have; None where one is a stream."""
        finite = [len(source.rows) for source in self.sources if not isinstance(source.rows, Stream)]
        return sum(finite) if len(finite) == len(self.sources) else None

    def draws(self, first: int = 0) -> Iterator[Draw]:
        """The draws from number `first` on, without end."""
        total = sum(self._shares)
        rounds, passed = divmod(first, total)
        counts = [rounds * share for share in self._shares]
        behind = [0] * len(counts)  # each source its share, times the total
        for number in count(-passed):
            behind = [debt + share for debt, share in zip(behind, self._shares, strict=True)]
            source = behind.index(max(behind))
            behind[source] -= total
            if number >= 0:
                yield Draw(source, counts[source])
            counts[source] += 1

    def sample(self, draw: Draw) -> Sample:
        """The sample of a draw; raises as `Source.sample`."""
        return self.sources[draw.source].sample(draw.number)


def load(data: Data) -> Mixture:
    """The mixture that a recipe names; a single source is a mixture of one.

    Raises:
        RecipeError: a source cannot be read, or a stream is mixed without a weight.
    """
    return Mixture([Source.of(one) for one in sources(data)])
