"""A clip as a file of its own: exact to the frame, copied where a keyframe allows it, encoded again where none does.

The file is an mp4 with the frames that decoding the clip gives, at the same times, the first one at 0, and without
sound: its packets begin and end elsewhere, so that no copy of them would be exact.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from recaption.clip import Clip, Place
from recaption.errors import DecodeError, RunError
from recaption.storage import at_hand
from recaption.video import probe
from recaption.video.album import Album
from recaption.video.decode import PlanError, choose, packets_of, pour
from recaption.video.encode import Encoder
from recaption.video.probe import Table
from recaption.video.sample import SPAN_TOLERANCE, All, Selection

SUFFIX = ".mp4"

COPIED = ("h264", "hevc", "vp9", "mpeg4")
"""Decoders whose streams are copied into an mp4. PyAV 18 makes no copy of AV1, which libdav1d decodes."""


@dataclass(frozen=True)
class Cut:
    """What was written.

    Attributes:
        frames: how many.
        duration: seconds.
        is_copy: the packets are those of the film; otherwise its pictures were encoded again.
        flags: keys of `sample.FLAGS`.
    """

    frames: int
    duration: float
    is_copy: bool
    flags: tuple[str, ...]


def aside(dest: Path) -> Path:
    """Where a file is until all of it is there; a process that is killed may leave it."""
    return dest.with_name(f"{dest.name}.part")


def cut(clip: Clip, dest: Path) -> Cut:
    """Write a clip as a file of its own; nothing is at `dest` until all of it is.

    A copy stands only when it decodes to the same pictures at the same times; see `encode.Encoder` for what else is
    written.

    Raises:
        DecodeError: "missing", "unreachable", "unreadable", "no_video", "damaged" or "span".
        RunError: the file cannot be written, or FFmpeg has no encoder for H.264.
    """
    part = aside(dest)
    try:
        with at_hand(clip) as path:
            near = replace(clip, place=Place(path))
            done = _copied(near, path, part) or _encoded(near, path, part)
        os.replace(part, dest)
    except OSError as error:
        raise RunError(f"{dest}: cannot be written ({error.strerror})") from None
    finally:
        with suppress(OSError):
            part.unlink()
    return done


def _copied(clip: Clip, path: str, dest: Path) -> Cut | None:
    """Copy the packets of a clip; None where they do not make the same clip."""
    with probe.opened(path, clip.path) as (container, stream):
        if stream.codec_context.name not in COPIED:
            return None
        table = probe.scan(container, stream, keep=container.size <= probe.KEEP_BYTES)
        if not table.is_plannable:
            return None
        selection, targets = choose(table, clip, All())
        if not _is_one_piece(table, targets, selection):
            return None
        # What cannot be copied may still be encoded; a disk that is full says so again then.
        try:
            _copy(container, stream, table, targets, selection.duration, dest)
        except (PlanError, av.FFmpegError):
            return None
    return Cut(len(targets), selection.duration, True, selection.flags) if _shows_the_same(clip, dest) else None


def _is_one_piece(table: Table, targets: list[int], selection: Selection) -> bool:
    """Whether the frames of a clip are those of neighbouring packets from a keyframe on, each shown as long as there.

    Args:
        targets: the packet of each frame of the selection.
    """
    first, last = min(targets), max(targets)
    if first != targets[0] or first not in table.keys or last - first + 1 != len(targets):
        return False
    if len(targets) == 1:
        return True
    start, second = (cast(int, table.pts[target]) for target in targets[:2])
    return abs(float((second - start) * table.time_base) - selection.times[1]) <= SPAN_TOLERANCE


def _copy(
    container: InputContainer, stream: VideoStream, table: Table, targets: list[int], duration: float, dest: Path
) -> None:
    start, last = (cast(int, table.pts[target]) for target in (targets[0], targets[-1]))
    end = round(duration / table.time_base)
    with av.open(str(dest), "w", format="mp4") as out:
        copy = out.add_stream_from_template(stream)
        for _, packet in packets_of(container, stream, table, (targets[0], max(targets))):
            if packet.pts is None or packet.dts is None:
                raise PlanError
            if packet.pts == last:
                packet.duration = max(end - (last - start), 1)
            packet.pts, packet.dts, packet.stream = packet.pts - start, packet.dts - start, copy
            out.mux(packet)


def _shows_the_same(clip: Clip, dest: Path) -> bool:
    """Whether a file has the pictures of a clip, at the same times."""
    (film, shown), copied = pour(clip, All(), _Prints), None
    with suppress(DecodeError):
        copied = pour(Clip.of(dest), All(), _Prints)
    if copied is None or copied[1].prints != shown.prints:
        return False
    ends = zip((*film.times, film.duration), (*copied[0].times, copied[0].duration), strict=True)
    return all(abs(a - b) <= SPAN_TOLERANCE for a, b in ends)


class _Prints:
    """A sink that keeps a hash of each picture, turned as the film says."""

    def __init__(self, selection: Selection) -> None:
        self._count = len(selection.indices)
        self.prints: list[bytes] = []

    @property
    def is_full(self) -> bool:
        return len(self.prints) == self._count

    def put(self, slot: int, frame: VideoFrame) -> None:
        album = Album(1, None)
        album.put(0, frame)
        self.prints.append(hashlib.blake2b(album.rgb.data, digest_size=16).digest())


def _encoded(clip: Clip, path: str, dest: Path) -> Cut:
    with probe.opened(path, clip.path) as (_, stream):
        aspect = stream.sample_aspect_ratio
    encoder: Encoder | None = None

    def begin(selection: Selection) -> Encoder:
        nonlocal encoder
        if encoder:
            encoder.close()
        encoder = Encoder(clip.path, dest, selection, aspect)
        return encoder

    try:
        selection, _ = pour(clip, All(), begin)
    finally:
        if encoder:
            encoder.close()
    return Cut(len(selection.indices), selection.duration, False, selection.flags)
