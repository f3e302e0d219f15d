"""The videos in files and folders.

Nothing here holds a list as long as the source: of a tree of folders, only the names in the folders on the way to the
current one are held, and doubles are told by comparing paths with the inputs, not by remembering what was yielded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

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
_TAKEN = SUFFIXES | {".tar"}


def paths(inputs: Sequence[str]) -> Iterator[str]:
    """Absolute paths of the videos and tars in files and folders, each once, always in the same order.

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
        yield from found


def _reaches(folder: str, path: str) -> bool:
    """Whether walking `folder` comes to the folder `path` too."""
    inside = os.path.relpath(path, folder).split(os.sep)
    return not any(part.startswith(".") for part in inside)


def _walk(folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """Videos and tars below a folder; links are followed, except back to a folder that is being walked."""
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
        elif Path(name).suffix.lower() in _TAKEN:
            yield path
