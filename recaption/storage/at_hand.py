"""A clip at hand: something on this machine that a decoder opens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from recaption import urls
from recaption.clip import Clip, Place
from recaption.errors import DecodeError, MissingExtra
from recaption.storage import remote, tars


@contextmanager
def at_hand(clip: Clip, as_file: bool = False) -> Iterator[str]:
    """What FFmpeg opens a clip's file by, while the block lasts.

    A file is its own path. A member of a tar on this machine is read where it lies. What is elsewhere is fetched to a
    temporary file without a name: all of an object, also for a span of a long film, and of a tar only the member.

    Args:
        as_file: give a path in any case, for what is not FFmpeg.

    Raises:
        DecodeError: "missing" or "unreachable".
    """
    try:
        place = clip.place or placed(clip.path)
        opens = _opens(place, as_file)
        spool = None if opens else remote.fetch(place.url, place.offset, place.size)
    except remote.StorageError as error:
        raise DecodeError(error.reason, _named(clip, str(error))) from None
    except MissingExtra as error:
        raise DecodeError("unreachable", _named(clip, str(error))) from None
    except OSError as error:
        raise DecodeError("missing", _named(clip, error.strerror or str(error))) from None
    yield spool.path if spool else opens


def _opens(place: Place, as_file: bool) -> str:
    """What opens a place as it is; "" where it must be fetched."""
    if urls.is_url(place.url) or (as_file and place.size is not None):
        return ""
    if place.size is None:
        return place.url
    # ffmpeg.org/ffmpeg-protocols.html#subfile
    return f"subfile,,start,{place.offset},end,{place.offset + place.size},,:{place.url}"


def placed(path: str) -> Place:
    """Where the bytes of a path or URL are. A member of a tar is looked up in the tar.

    Raises:
        StorageError, OSError: the tar cannot be read, or there is no such member.
    """
    found = urls.member(path)
    if found is None:
        return Place(path)
    kind, inside, archive = found
    if kind == "row":
        raise remote.StorageError(f"{urls.public(path)}: its bytes came with a row, and nobody kept them", "missing")
    tar = remote.in_parts(archive)
    if urls.is_url(archive):
        with remote.at(tar) as file:
            member = next((each for each in tars.members(file) if each.name == inside and not each.fault), None)
    else:
        stat = os.stat(archive)
        member = _members(archive, stat.st_size, stat.st_mtime_ns).get(inside)
    if member is None:
        raise remote.StorageError(f"{urls.public(path)}: the tar has no such member", "missing")
    return Place(tar.url, member.offset, member.size, tar.held)


@lru_cache(maxsize=2)
def _members(tar: str, size: int, mtime_ns: int) -> dict[str, tars.Member]:
    """The members of a tar on this machine by their names; whoever names one of them will name others."""
    with open(tar, "rb") as file:
        return {each.name: each for each in reversed([each for each in tars.members(file) if not each.fault])}


def _named(clip: Clip, said: str) -> str:
    return said if clip.path in said else f"{clip.path}: {said}"
