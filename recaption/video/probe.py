"""What a file holds: its video stream and the table of its packets, without decoding a pixel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import TypeAlias

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from recaption.errors import DecodeError

KEEP_BYTES = 128 * 2**20
"""Packets of larger files are not kept in memory: the file is read again, from the keyframes that are needed."""

CUT_SECONDS = 0.5
"""A stream that ends by more than this before the length its header declares counts as cut."""

LISTS = frozenset(["concat", "dash", "hls", "imf"])
"""Demuxers of files that only name others (ffmpeg.org/ffmpeg-formats.html), which may be anybody's."""

Packet: TypeAlias = "av.Packet[VideoStream]"


@dataclass
class Table:
    """The packets of a video stream, in the order of decoding.

    Attributes:
        time_base: seconds of one tick.
        pts: presentation time of each packet in ticks, None where there is none.
        dts: decoding time of each packet in ticks, None where there is none.
        keys: which packets are keyframes, as increasing indices.
        hidden: indices of packets that are decoded but not shown (an edit list leaves them out).
        last_duration: ticks that the packet shown last lasts; 0 when the file does not say.
        rate: frames a second that the file declares; None when it does not.
        truncated: the data ends before the file says it should.
        made_up: FFmpeg guessed the presentation times, wrongly where frames are reordered.
        packets: the packets themselves; None when they are too big to keep.
    """

    time_base: Fraction
    pts: list[int | None] = field(default_factory=list)
    dts: list[int | None] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    last_duration: int = 0
    rate: Fraction | None = None
    truncated: bool = False
    made_up: bool = False
    packets: list[Packet] | None = None

    @property
    def is_plannable(self) -> bool:
        """Whether the first packet is a keyframe and each says when it is shown, no two at once, without jumps back."""
        if self.made_up or not self.keys or self.keys[0] > 0:
            return False
        shown = [pts for i, pts in enumerate(self.pts) if i not in self.hidden]
        dts = [ticks for ticks in self.dts if ticks is not None]
        return None not in self.pts and len(set(shown)) == len(shown) and dts == sorted(dts)

    def shown(self) -> list[tuple[int, int]]:
        """(presentation time in ticks, index) of each packet that gives a frame, in the order of time."""
        return sorted((pts, i) for i, pts in enumerate(self.pts) if i not in self.hidden and pts is not None)


@contextmanager
def opened(path: str, name: str = "") -> Iterator[tuple[InputContainer, VideoStream]]:
    """The file, opened, and its video stream: the best one, cover pictures aside; decoding takes one thread.

    Args:
        name: what errors call it, where that is not its path.

    Raises:
        DecodeError: "missing", "unreadable" or "no_video". Errors of FFmpeg inside the with block become "unreadable".
    """
    name = name or path
    with _open(path, name) as container:
        stream = _video(container)
        if stream is None:
            raise DecodeError("no_video", f"{name}: no video stream in it")
        stream.codec_context.thread_count = 1
        try:
            yield container, stream
        except av.FFmpegError as error:
            raise DecodeError("unreadable", f"{name}: {error.strerror}") from None


def _open(path: str, name: str) -> InputContainer:
    try:
        container = av.open(path)
    except (FileNotFoundError, PermissionError) as error:
        raise DecodeError("missing", f"{name}: {error.strerror}") from None
    except (av.FFmpegError, OSError) as error:
        raise DecodeError("unreadable", f"{name}: {error.strerror}") from None
    if not LISTS.isdisjoint(container.format.name.split(",")):
        container.close()
        raise DecodeError("unreadable", f"{name}: it is a list of other files ({container.format.name})")
    return container


def scan(container: InputContainer, stream: VideoStream, keep: bool) -> Table:
    """The table of a stream's packets, read in one go; `keep` keeps the packets too.

    A last packet that the end of the data has cut in two is left out.
    """
    table = Table(stream.time_base or Fraction(1, av.time_base), rate=stream.average_rate or stream.guessed_rate)
    table.made_up = _has_made_up_times(container, stream)
    packets: list[Packet] = []
    durations: list[int] = []
    broken = -1
    for packet in demux(container, stream, table):
        index = len(table.pts)
        table.pts.append(packet.pts)
        table.dts.append(packet.dts)
        durations.append(packet.duration or 0)
        if packet.is_keyframe:
            table.keys.append(index)
        if packet.is_discard:
            table.hidden.add(index)
        if packet.is_corrupt:
            broken = index
        if keep:
            packets.append(packet)
    if broken >= 0 and broken == len(table.pts) - 1:
        table.truncated = True
        table.keys = [key for key in table.keys if key < broken]
        table.hidden.discard(broken)
        for column in (table.pts, table.dts, durations):
            column.pop()
        packets = packets[:broken]
    table.packets = packets if keep else None
    table.last_duration = _last_duration(table, durations)
    table.truncated |= _ends_early(container, stream, table)
    return table


def demux(container: InputContainer, stream: VideoStream, table: Table) -> Iterator[Packet]:
    """The stream's packets until the end of the data; sets `table.truncated` when that end is an error."""
    try:
        for packet in container.demux(stream):
            # The last, empty packet is PyAV's sign that the file is over.
            if packet.size:
                yield packet
    except av.FFmpegError:
        table.truncated = True


def step(stamps: list[int]) -> int:
    """Ticks between two neighbouring frames, as a rule; 0 for a single frame."""
    return int(median(b - a for a, b in pairwise(stamps))) if len(stamps) > 1 else 0


def _video(container: InputContainer) -> VideoStream | None:
    best = container.streams.best("video")
    pictures = av.stream.Disposition.attached_pic
    if isinstance(best, VideoStream) and not best.disposition & pictures:
        return best
    return next((s for s in container.streams.video if not s.disposition & pictures), None)


def _has_made_up_times(container: InputContainer, stream: VideoStream) -> bool:
    # AVI stores no presentation times. What FFmpeg makes up is right for one level of B-frames, as MPEG-4 has them, and
    # wrong for the deeper reordering of H.264 and HEVC, which may begin anywhere in the file.
    context = stream.codec_context
    return container.format.name == "avi" and (context.name in ("h264", "hevc") or context.reorder_depth > 1)


def _last_duration(table: Table, durations: list[int]) -> int:
    stamps = [(pts, i) for i, pts in enumerate(table.pts) if pts is not None and i not in table.hidden]
    return durations[max(stamps)[1]] if stamps else 0


def _ends_early(container: InputContainer, stream: VideoStream, table: Table) -> bool:
    declared = _declared_seconds(container, stream)
    ticks = [ticks for ticks in (table.pts if None not in table.pts else table.dts) if ticks is not None]
    if declared is None or not ticks:
        return False
    return float((max(ticks) - min(ticks) + table.last_duration) * table.time_base) < declared - CUT_SECONDS


def _declared_seconds(container: InputContainer, stream: VideoStream) -> float | None:
    """How long the video is by its header; None when the header does not say, or only for all streams together."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    # Matroska has no such field; its writers put the length into a tag.
    tag = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", stream.metadata.get("DURATION", ""))
    if tag:
        return int(tag[1]) * 3600 + int(tag[2]) * 60 + float(tag[3])
    if container.duration and len(container.streams) == 1:
        return container.duration / av.time_base
    return None
