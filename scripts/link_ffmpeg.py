"""Links PyAV's FFmpeg into a folder under the names by which torchcodec looks for FFmpeg's libraries.

python -m scripts.link_ffmpeg FOLDER; then LD_LIBRARY_PATH=FOLDER finds them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import av

LIBRARY = re.compile(r"(lib(?:av|sw)\w+)-[0-9a-f]+\.so\.(\d+)[\d.]*\Z")


def main(folder: Path) -> None:
    """FFmpeg's own libraries by their version (libavcodec.so.62), the others by the names that PyAV gave them."""
    folder.mkdir(parents=True, exist_ok=True)
    for library in (Path(av.__file__).parents[1] / "av.libs").iterdir():
        match = LIBRARY.match(library.name)
        for name in {library.name, f"{match[1]}.so.{match[2]}" if match else library.name}:
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(library)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
