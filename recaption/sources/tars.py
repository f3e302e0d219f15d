"""Clips in tars, as WebDataset lays them out: neighbours with one key are a clip and what is told of it.

The key is the name up to the first dot behind the folder (github.com/webdataset/webdataset). `key.mp4` is a clip; what
a person said of it is in `key.txt`, or in the JSON object `key.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from recaption import urls
from recaption.clip import Clip, Place
from recaption.sources.folders import SUFFIXES
from recaption.sources.names import shown
from recaption.sources.rows import WRONG, Columns, Said, said_of
from recaption.storage import remote
from recaption.storage.tars import Member, members, read

_LONGEST_TEXT = 2**20
"""Bytes of a text or JSON; what is longer is something else."""


def is_tar(path: str) -> bool:
    return urls.suffix(path) == ".tar"


def clips(tar: str, columns: Columns) -> Iterator[Clip]:
    """The clips in a tar at a path or URL, read as they are asked for.

    What is wrong in it is a clip with a `fault`, and so is a tar that cannot be read, or be read any further.
    """
    tar = urls.absolute(tar)
    bare = urls.public(tar)
    seen: set[int] = set()
    try:
        place = remote.in_parts(tar)
        with remote.at(place) as file:
            for key, group in groupby(filter(_counts, members(file)), _key):
                found = _clip(file, list(group), columns, bare, place, is_again=hash(key) in seen)
                seen.add(hash(key))
                if found:
                    yield found
    except OSError as error:
        yield Clip(bare, origin=shown(tar), fault=f"the tar cannot be read ({error.strerror or error})")


def _counts(member: Member) -> bool:
    """Whether a member is none of those that other programs put beside."""
    name = member.name.rpartition("/")[2]
    return not (name.startswith(".") or (name.startswith("__") and name.endswith("__")))


def _key(member: Member) -> str:
    folder, slash, name = member.name.rpartition("/")
    return folder + slash + name.partition(".")[0]


def _clip(
    file: BinaryIO, group: Sequence[Member], columns: Columns, tar: str, place: Place, is_again: bool
) -> Clip | None:
    """The clip of neighbours with one key; None where there is none among them."""
    films = [member for member in group if urls.suffix(member.name) in SUFFIXES]
    broken = next((member for member in group if member.fault and (member in films or not member.name)), None)
    if not films and not broken and not is_again:
        return None
    first = broken or (films or group)[0]
    path = f"tar://{first.name}::{tar}" if first.name else tar
    if is_again:  # its path is that of the clip before
        path = f"{tar}:{first.number}"
    origin = f"{shown(tar)}, member {first.number}"
    try:
        if broken:
            raise ValueError(broken.fault)
        if is_again:
            raise ValueError("members with its key came before, and others between: those of a clip must be neighbours")
        if len(films) > 1:
            raise ValueError(f"two films with one key: {' and '.join(member.name for member in films)}")
        if urls.member(path) != ("tar", first.name, tar):
            raise ValueError(f"{first.name!r} cannot be told from the tar's name in a URL")
        said = _said(file, group, columns)
    except WRONG as error:
        return Clip(path, origin=origin, fault=str(error))
    where = Place(place.url, first.offset, first.size, place.held)
    return Clip(path, said.start, said.end, first.size, first.mtime_ns, text=said.text, origin=origin, place=where)


def _said(file: BinaryIO, group: Sequence[Member], columns: Columns) -> Said:
    """What stands beside a clip.

    Raises:
        ValueError, TypeError, OverflowError, RecursionError: it is not what its suffix says, or its times are none.
    """
    told = Said(None, None, None)
    if member := _ending(group, ".json"):
        row = json.loads(_read(file, member))
        if not isinstance(row, dict):
            raise ValueError(f"{member.name} is no JSON object")
        told = said_of(row, columns)
    if told.text is None and (member := _ending(group, ".txt")):
        words = _read(file, member).decode("utf-8-sig", "replace").strip()
        told = Said(words or None, told.start, told.end)
    return told


def _ending(group: Sequence[Member], suffix: str) -> Member | None:
    return next((member for member in group if member.name.lower() == _key(member).lower() + suffix), None)


def _read(file: BinaryIO, member: Member) -> bytes:
    if member.fault or member.size > _LONGEST_TEXT:
        raise ValueError(f"{member.name}: {member.fault or f'{member.size} bytes are no text'}")
    return read(file, member)
