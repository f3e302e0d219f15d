"""Shares of the clips, for several machines."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass

from recaption.errors import UsageError


@dataclass(frozen=True)
class Shard:
    """One share of the clips: those whose path's hash leaves `index` when divided by `count`."""

    index: int
    count: int

    @classmethod
    def parse(cls, text: str, environment: Mapping[str, str] | None = None) -> Shard:
        """The shard that `I/N` (I from 0 to N - 1) or `slurm` names.

        Raises:
            UsageError: neither of them, or no Slurm array job whose task numbers have one step between them.
        """
        if text == "slurm":
            return cls._of_slurm(os.environ if environment is None else environment)
        index, slash, count = text.partition("/")
        if not (slash and index.isdecimal() and count.isdecimal()):
            raise UsageError(f"--shard {text}: write I/N with I from 0 to N - 1, such as 0/8, or slurm")
        if int(index) >= int(count):
            raise UsageError(
                f"--shard {text}: I counts from 0, so the last of {count} shards is {int(count) - 1}/{count}"
            )
        return cls(int(index), int(count))

    @classmethod
    def _of_slurm(cls, environment: Mapping[str, str]) -> Shard:
        names = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN")
        try:
            number, count, first = (int(environment[name]) for name in names)
            step = int(environment.get("SLURM_ARRAY_TASK_STEP", "1"))
            last = int(environment.get("SLURM_ARRAY_TASK_MAX", first + (count - 1) * step))
        except (KeyError, ValueError) as error:
            raise UsageError(f"--shard slurm: not inside a Slurm array job ({error} is not set or no number)") from None
        if step < 1 or (last - first) // step + 1 != count or (number - first) % step:
            raise UsageError(
                f"--shard slurm: array tasks {first} to {last} leave out numbers; use --array=0-{count - 1}"
            )
        return cls((number - first) // step, count)

    def holds(self, path: str) -> bool:
        """Whether a clip's absolute path falls into this share; its size and modification time do not matter."""
        digest = hashlib.sha256(path.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.index

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"
