"""Files and folders become a stream of clips.

Nothing here holds a list as long as the source: of a tree of folders, only the names in the folders on the way to the
current one are held, and doubles are told by comparing paths with the inputs, not by remembering what was yielded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recaption.clip import Clip
from recaption.errors import UsageError

SUFFIXES = frozenset(
    [
        ".3g2",
        ".3gp",
        ".asf",
        ".avi",
        ".divx",
        ".f4v",
        ".flv",
        ".gif",
        ".m2ts",
        ".m2v",
        ".m4v",
        ".mjpeg",
        ".mkv",
        ".mov",
        ".mp4",
        ".mpeg",
        ".mpg",
        ".mts",
        ".mxf",
        ".ogv",
        ".rm",
        ".rmvb",
        ".ts",
        ".vob",
        ".webm",
        ".wmv",
        ".y4m",
    ]
)
"""What counts as a video inside a folder; a file that is named directly may have any suffix."""


@dataclass(frozen=True)
class Shard:
    """One share of the clips: those whose path's hash leaves `index` when divided by `count`."""

    index: int
    count: int

    @classmethod
    def parse(cls, text: str, environment: Mapping[str, str] = os.environ) -> Shard:
        """The shard that `I/N` (I from 0 to N - 1) or `slurm` names.

        Raises:
            UsageError: neither of them, or no Slurm array job whose task numbers have one step between them.
        """
        if text == "slurm":
            return cls._of_slurm(environment)
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


def check(inputs: Sequence[str]) -> None:
    """Refuse inputs that are not there, or that hold no video.

    Raises:
        UsageError: an input does not exist, or there is no clip in any of them.
    """
    absent = [path for path in inputs if not os.path.exists(path)]
    if absent:
        raise UsageError(f"{shown(absent[0])}: no such file or folder")
    if next(paths(inputs), None) is None:
        looked = ", ".join(map(shown, inputs)) or "nothing"
        raise UsageError(f"no video found in {looked} (a folder is searched for {' '.join(sorted(SUFFIXES))})")


def clips(inputs: Sequence[str], shard: Shard | None = None) -> Iterator[Clip]:
    """One clip for every path of `paths`, with the file's size and modification time (-1 when it cannot be read)."""
    for path in paths(inputs, shard):
        yield Clip(path) if os.path.isdir(path) else Clip.of(path)


def paths(inputs: Sequence[str], shard: Shard | None = None) -> Iterator[str]:
    """Absolute paths of the videos in files and folders, each once, always in the same order.

    Inputs come as they were given, the entries of a folder by name. Names that begin with a dot are left out inside
    folders. A folder that cannot be listed stands for itself, so that it ends up as a failure and not as nothing.
    """
    roots = [os.path.abspath(path) for path in inputs]
    files = {path for path in roots if not os.path.isdir(path)}
    folders = [path for path in dict.fromkeys(roots) if path not in files]
    for root in dict.fromkeys(roots):
        if root in files:
            found = iter([root])
        elif any(_reaches(folder, root) for folder in folders if folder != root):
            continue
        else:
            found = (path for path in _walk(root, ()) if path not in files)
        yield from (path for path in found if shard is None or shard.holds(path))


def shown(path: str | os.PathLike[str]) -> str:
    """A path as a person can read it on one line: line breaks and bytes that are no text are escaped."""
    text = os.fspath(path)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _reaches(folder: str, path: str) -> bool:
    """Whether walking `folder` comes to the folder `path` too."""
    inside = os.path.relpath(path, folder).split(os.sep)
    return not any(part.startswith(".") for part in inside)


def _walk(folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """Videos below a folder; links are followed, except back to a folder that is being walked."""
    try:
        stat = os.stat(folder)
        with os.scandir(folder) as entries:
            inside = sorted((entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith("."))
    except OSError:
        yield folder
        return
    itself = (stat.st_dev, stat.st_ino)
    if itself in above:
        return
    for name, is_folder in inside:
        path = os.path.join(folder, name)
        if is_folder:
            yield from _walk(path, (*above, itself))
        elif Path(name).suffix.lower() in SUFFIXES:
            yield path
