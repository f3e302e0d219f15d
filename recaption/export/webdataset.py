"""Tar files of clips, captions and rows: `key.mp4`, `key.txt` and `key.json`, as WebDataset reads them."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from recaption.export.items import Item

CLIPS_A_SHARD = 1000


def write(folder: Path, items: Iterable[Item]) -> None:
    iterator = iter(items)
    number = 0
    while shard := list(islice(iterator, CLIPS_A_SHARD)):
        with tarfile.open(folder / f"{number:06}.tar", "w", dereference=True) as tar:
            for item in shard:
                _add(tar, item)
        number += 1


def _add(tar: tarfile.TarFile, item: Item) -> None:
    tar.add(item.source, f"{item.stem}{Path(item.name).suffix.lower()}", filter=_plain)
    for suffix, text in ((".txt", item.caption), (".json", json.dumps(item.columns, ensure_ascii=False))):
        data = text.encode("utf-8", "replace")
        info = tarfile.TarInfo(item.stem + suffix)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without whose the file is and when it was made, so that the same set gives the same bytes."""
    info.uid = info.gid = info.mtime = 0
    info.uname = info.gname = ""
    return info
