"""What lies where in a tar. Nothing is ever extracted: a member is a place in the archive."""

from __future__ import annotations

import math
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_COMPRESSED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
"""The first bytes of what may be around a tar."""


@dataclass(frozen=True)
class Member:
    """A file in a tar, or what is wrong at that place of it.

    Attributes:
        name: as the archive has it; "" where the archive itself is wrong.
        number: from 1.
        offset, size: its bytes.
        mtime_ns: modification time in nanoseconds.
        fault: why it cannot be read; "" where it can.
    """

    name: str
    number: int
    offset: int = 0
    size: int = 0
    mtime_ns: int = 0
    fault: str = ""


def members(file: BinaryIO) -> Iterator[Member]:
    """The members of a tar, folders aside, read as they are asked for.

    What is damaged, cut or compressed ends with a member that tells the fault.

    Raises:
        OSError: it cannot be read.
    """
    if kind := _compression(file):
        yield Member("", 1, fault=f"it is compressed ({kind}): unpack it to a plain tar, whose members can be found")
        return
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    number = at = 0
    try:
        archive = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 - it holds nothing but the file
        while (info := archive.next()) is not None:
            # tarfile would remember them all.
            archive.members.clear()  # type: ignore[attr-defined]
            if archive.offset <= at:
                raise tarfile.ReadError("a header leads back")
            at = archive.offset
            if info.isdir():
                continue
            number += 1
            if info.isreg() and info.offset_data + info.size > end:
                yield Member(info.name, number, fault="the tar ends inside it")
                return
            yield _member(info, number)
        file.seek(archive.offset)
        if file.read(tarfile.BLOCKSIZE).strip(b"\0"):
            raise tarfile.ReadError(f"no header at byte {archive.offset}")
    except (tarfile.TarError, ValueError, OverflowError, RecursionError) as error:
        yield Member("", number + 1, fault=f"it is damaged, or no tar ({error})")


def read(file: BinaryIO, member: Member) -> bytes:
    """The bytes of a member.

    Raises:
        OSError: they cannot be read.
    """
    file.seek(member.offset)
    return file.read(member.size)


def _compression(file: BinaryIO) -> str | None:
    file.seek(0)
    start = file.read(max(map(len, _COMPRESSED)))
    return next((kind for head, kind in _COMPRESSED.items() if start.startswith(head)), None)


def _member(info: tarfile.TarInfo, number: int) -> Member:
    fault = ""
    if not info.isreg() or info.issparse():
        fault = "it is a link, or something else that is no whole file"
    elif info.name.startswith("/") or ".." in info.name.split("/"):
        fault = "its name leads out of the tar"
    mtime_ns = round(info.mtime * 10**9) if math.isfinite(info.mtime) else 0
    return Member(info.name, number, info.offset_data, info.size, mtime_ns, fault)
