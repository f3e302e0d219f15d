"""A clip at hand: something on this machine that a decoder opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
        if not urls.is_url(place.url) and place.size is None:
            yield place.url
            return
        if not urls.is_url(place.url) and not as_file:
            # ffmpeg.org/ffmpeg-protocols.html#subfile
            yield f"subfile,,start,{place.offset},end,{place.offset + place.size},,:{place.url}"
            return
        spool = remote.fetch(place.url, place.offset, place.size)
    except remote.StorageError as error:
        raise DecodeError(error.reason, _named(clip, str(error))) from None
    except MissingExtra as error:
        raise DecodeError("unreachable", _named(clip, str(error))) from None
    except OSError as error:
        raise DecodeError("missing", _named(clip, error.strerror or str(error))) from None
    yield spool.path


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
        raise remote.StorageError(
            f"{urls.public(path)}: its bytes came with the rows of a data set and are kept nowhere else", "missing", False
        )
    member = tars.find(archive, inside)
    if member is None:
        raise remote.StorageError(f"{urls.public(path)}: the tar has no such member", "missing", False)
    return Place(archive, member.offset, member.size)


def _named(clip: Clip, said: str) -> str:
    return said if clip.path in said else f"{clip.path}: {said}"
