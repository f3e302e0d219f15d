"""Frames of a clip, decoded by PyAV: the packet plan, and plain sequential decoding where the plan cannot be had.

The packet plan reads all packets once without decoding, chooses frames by presentation time, and decodes only from the
keyframes that those frames need, skipping pictures that no other refers to. Each frame that comes out is matched by its
presentation time; when one is missing or damaged, the file is decoded from its beginning instead. A frame that is
damaged there too is refused, or given as it is to those who ask for damaged ones too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol, TypeVar, cast

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError, UsageError
from recaption.storage import at_hand
from recaption.video import probe
from recaption.video.album import Album
from recaption.video.plan import Run, runs, start_of
from recaption.video.probe import Packet, Table
from recaption.video.sample import Sampling, Selection, select

DECODERS = ("pyav", "decord")
REORDERED = 64
"""Packets that are remembered to know what was decoded before one that breaks: H.264 and HEVC keep at most 16 frames
for reordering (ITU-T H.264, A.3.1)."""


@dataclass(frozen=True)
class Schedule:
    """When the frames are shown that would be taken of a clip.

    Attributes:
        times: seconds from the start of the clip.
        duration: length of the clip in seconds.
        flags: keys of `sample.FLAGS`.
    """

    times: tuple[float, ...]
    duration: float
    flags: tuple[str, ...]


class Sink(Protocol):
    """Takes the chosen frames of a clip."""

    @property
    def is_full(self) -> bool:
        """Whether it has them all."""
        ...

    def put(self, slot: int, frame: VideoFrame) -> None:
        """Take a frame, as the decoder gives it; slots follow the order of time."""
        ...


S = TypeVar("S", bound=Sink)


@dataclass(frozen=True)
class _Wanted:
    """What is asked of a clip; see `pour`."""

    clip: Clip
    sampling: Sampling
    damaged_too: bool = False
    alive: Callable[[], object] = lambda: None


class PlanError(Exception):
    """The packet plan did not deliver what was asked for."""


def decode(clip: Clip, sampling: Sampling, longest: int | None = None, decoder: str = "pyav") -> Frames:
    """The sampled frames of a clip, in this process.

    Args:
        clip: a file, or a span of it in seconds from its first frame.
        sampling: which frames.
        longest: frames are shrunk so that their longest side is at most this many pixels; never enlarged.
        decoder: "pyav", or "decord" (see `recaption.video.decord` for what it gets wrong).

    Returns:
        Frames of one size, turned as the file says, with the times of the decoder in seconds from the start of the clip
        and flags from `sample.FLAGS`.

    Raises:
        DecodeError: "missing", "unreachable", "unreadable", "no_video", "damaged" or "span".
        UsageError: no such decoder, or it is not installed.
    """
    if decoder not in DECODERS:
        raise UsageError(f"--decoder {decoder}: known decoders are {', '.join(DECODERS)}")
    if decoder == "decord":
        from recaption.video.decord import decode as decode_with_decord

        return decode_with_decord(clip, sampling, longest)
    selection, album = pour(clip, sampling, lambda selection: Album(len(selection.indices), longest))
    return Frames(selection.times, album.rgb, selection.duration, selection.flags)


def pour(
    clip: Clip,
    sampling: Sampling,
    begin: Callable[[Selection], S],
    *,
    damaged_too: bool = False,
    alive: Callable[[], object] = lambda: None,
) -> tuple[Selection, S]:
    """The sampled frames of a clip into a sink, one after the other in the order of time, and none kept.

    Args:
        begin: makes a sink for what was selected. It is asked for another one, which gets all frames from the first on,
            where the file turns out to be none that the packet plan works for.
        damaged_too: frames that cannot be decoded whole are given as the decoder has them, and the selection says which
            these are; times are then on the file's own clock even if its first frames are lost.
        alive: is called with each frame that was decoded, whether it is taken or not.

    Raises:
        DecodeError: as `decode`; what the sink has by then is not whole. With `damaged_too`, "damaged" only where no
            frame is whole.
    """
    wanted = _Wanted(clip, sampling, damaged_too, alive)
    with at_hand(clip) as path:
        with probe.opened(path, clip.path) as (container, stream):
            table = probe.scan(container, stream, keep=container.size <= probe.KEEP_BYTES)
            if table.is_plannable:
                with suppress(PlanError):
                    return _planned(container, stream, table, wanted, begin)
        selection, places = _survey(path, table, wanted)
        if selection.damaged and (not damaged_too or len(selection.damaged) == len(selection.times)):
            raise _damaged(clip, selection.times[min(selection.damaged)])
        return selection, _sequential(path, table, wanted, selection, places, begin)


def schedule(clip: Clip, sampling: Sampling) -> Schedule:
    """When the frames are shown that `decode` would take, without decoding them where the file says it.

    Raises:
        DecodeError: as `decode`, except that damaged frames are not noticed.
    """
    with at_hand(clip) as path:
        with probe.opened(path, clip.path) as (container, stream):
            table = probe.scan(container, stream, keep=False)
        wanted = _Wanted(clip, sampling)
        selection, _ = choose(table, clip, sampling) if table.is_plannable else _survey(path, table, wanted)
    return Schedule(selection.times, selection.duration, selection.flags)


def choose(table: Table, clip: Clip, sampling: Sampling) -> tuple[Selection, list[int]]:
    """What to take of a plannable file, and the packet of each frame that is taken."""
    shown = table.shown()
    if not shown:
        raise DecodeError("unreadable", f"{clip.path}: no frame to show in it")
    selection = _select([pts for pts, _ in shown], shown[0][0], table, clip, sampling, ())
    return selection, [shown[i][1] for i in selection.indices]


def _select(
    stamps: list[int], origin: int, table: Table, clip: Clip, sampling: Sampling, flags: tuple[str, ...]
) -> Selection:
    """What to take of a file whose frames are shown at `stamps`, sorted, in ticks, where 0 seconds are at `origin`."""
    last = table.last_duration or probe.step(stamps) or (round(1 / table.rate / table.time_base) if table.rate else 0)
    times = [float((stamp - origin) * table.time_base) for stamp in stamps]
    end = float((stamps[-1] - origin + last) * table.time_base)
    chosen = select(times, end, clip, sampling)
    flags = chosen.flags + flags + (("truncated",) if table.truncated else ())
    return Selection(chosen.indices, chosen.times, chosen.duration, flags)


def _planned(
    container: InputContainer, stream: VideoStream, table: Table, wanted: _Wanted, begin: Callable[[Selection], S]
) -> tuple[Selection, S]:
    selection, targets = choose(table, wanted.clip, wanted.sampling)
    pts = [stamp for stamp in table.pts if stamp is not None]
    slots = {pts[target]: slot for slot, target in enumerate(targets)}
    packet_of = {stamp: i for stamp, i in table.shown()}
    sink = begin(selection)
    damaged: set[int] = set()
    context = stream.codec_context
    context.open(strict=False)
    context.flush_buffers()
    plan = runs(targets, table.keys, pts)
    for run in plan:
        packets = packets_of(container, stream, table, run)
        latest: int | None = None
        for frame in _decoded(stream, packets, set(targets), damaged):
            wanted.alive()
            if damaged and wanted.damaged_too:
                raise PlanError
            if frame.pts is None or (latest is not None and frame.pts <= latest):
                # Decoders give frames in the order in which they are shown, so these times are not true.
                raise PlanError
            latest = frame.pts
            if frame.pts < pts[run[0]]:
                continue
            if frame.is_corrupt:
                damaged.add(packet_of.get(frame.pts, run[0]))
            elif frame.pts in slots:
                sink.put(slots[frame.pts], frame)
    if damaged and wanted.damaged_too:
        raise PlanError
    for target, time in zip(targets, selection.times, strict=True):
        start = start_of(target, table.keys, pts)
        hurt = [d for d in damaged if start <= d <= target and pts[d] >= pts[start]]
        if any(plan[0][0] == 0 and d <= min(plan[0][1], len(pts) - 2) for d in hurt):
            # Decoding from the beginning would meet the same packet; only a last one may be cut and not damaged.
            raise _damaged(wanted.clip, time)
        if hurt:
            raise PlanError
    if not sink.is_full:
        raise PlanError
    return selection, sink


def packets_of(container: InputContainer, stream: VideoStream, table: Table, run: Run) -> Iterator[tuple[int, Packet]]:
    """(index, packet) of a run, from memory or by seeking in the file.

    Raises:
        PlanError: the file gives other packets than the table has.
    """
    first, last = run
    if table.packets is not None:
        yield from ((i, table.packets[i]) for i in range(first, last + 1))
        return
    pts, dts = table.pts[first], table.dts[first]
    assert pts is not None
    container.seek(pts if dts is None else dts, stream=stream)
    index = None
    for packet in probe.demux(container, stream, table):
        if index is None:
            if not packet.is_keyframe or packet.pts is None or packet.pts < pts:
                continue
            index = first
        # Seeking may miss, and some demuxers give other times after it.
        if packet.pts != table.pts[index]:
            raise PlanError
        yield index, packet
        if index == last:
            return
        index += 1
    raise PlanError


def _decoded(
    stream: VideoStream, packets: Iterable[tuple[int, Packet]], targets: set[int], damaged: set[int]
) -> Iterator[VideoFrame]:
    """Frames of one run; puts packets that cannot be decoded into `damaged`. The decoder is empty afterwards."""
    context = stream.codec_context
    skipping: bool | None = None
    for index, packet in packets:
        if skipping is not (index not in targets):
            skipping = index not in targets
            context.skip_frame = "NONREF" if skipping else "DEFAULT"
        try:
            frames = context.decode(packet)
        except av.FFmpegError:
            damaged.add(index)
            continue
        yield from frames
    try:
        yield from context.decode(None)
    except av.FFmpegError:
        damaged.add(index)
    context.flush_buffers()


def _sequential(
    path: str,
    table: Table,
    wanted: _Wanted,
    selection: Selection,
    places: list[int],
    begin: Callable[[Selection], S],
) -> S:
    slots = {place: slot for slot, place in enumerate(places)}
    sink = begin(selection)
    with probe.opened(path, wanted.clip.path) as (container, stream):
        for place, (frame, _) in enumerate(_all_frames(container, stream, table, set())):
            wanted.alive()
            if place in slots:
                sink.put(slots[place], frame)
            if sink.is_full:
                break
    return sink


def _damaged(clip: Clip, time: float) -> DecodeError:
    return DecodeError("damaged", f"{clip.path}: the frame at {time:.3f} s cannot be decoded whole")


@dataclass(frozen=True)
class _Found:
    """A frame that came out of the decoder: its place among all of them, its time in ticks, and how it is."""

    place: int
    pts: int | None
    is_damaged: bool
    is_key: bool


def _survey(path: str, table: Table, wanted: _Wanted) -> tuple[Selection, list[int]]:
    """What to take by decoding the whole file, and the place of each frame that is taken among all that come out."""
    clip = wanted.clip
    found: list[_Found] = []
    broken: set[int] = set()
    with probe.opened(path, clip.path) as (container, stream):
        for frame, is_damaged in _all_frames(container, stream, table, broken):
            wanted.alive()
            found.append(_Found(len(found), frame.pts, is_damaged, frame.key_frame))
    if not found:
        raise DecodeError("unreadable", f"{clip.path}: no frame of it can be decoded")
    # Before its first keyframe a decoder gives nothing, or rubbish that it does not mark.
    skipped = next((frame.place for frame in found if frame.is_key), 0)
    count, found = len(found), found[skipped:]
    if len(found) > 1 and found[-1].is_damaged and not found[-2].is_damaged:
        # The end of the data has cut the last packet in two.
        found.pop()
        table.truncated = True
    flags: tuple[str, ...] = ()
    stamps = [frame.pts for frame in found if frame.pts is not None]
    first = table.shown()[0][0] if table.shown() else None
    if skipped or (stamps and first is not None and stamps[0] > first):
        flags += ("late_start",)
    if table.is_plannable and (broken or any(frame.is_damaged for frame in found)):
        found = _in_order(found)
        stamps = [frame.pts for frame in found if frame.pts is not None]
    elif table.made_up or len(stamps) < len(found) or any(np.diff(stamps) < 0):
        stamps = _guessed(count, table)[skipped : skipped + len(found)]
        flags += ("guessed_times",)
    damaged = {i for i, frame in enumerate(found) if frame.is_damaged}
    if wanted.damaged_too and table.is_plannable:
        # The frame before one that is lost is shown in its stead; a packet that the end has cut is not in the table.
        lost = broken.intersection(table.pts).difference(stamps)
        damaged |= {max(0, bisect_left(stamps, stamp) - 1) for stamp in lost}
    # Spans are on the clock of the packet plan, also where the first frames are lost.
    by_plan = table.is_plannable and (wanted.damaged_too or clip.start is not None or clip.end is not None)
    origin = first if by_plan and first is not None else stamps[0]
    selection = _select(stamps, origin, table, clip, wanted.sampling, flags)
    hurt = tuple(slot for slot, i in enumerate(selection.indices) if i in damaged)
    return replace(selection, damaged=hurt), [found[i].place for i in selection.indices]


def _in_order(found: Sequence[_Found]) -> list[_Found]:
    """The frames without those between which times step back: after a break a decoder gives damaged ones too early."""
    kept: list[_Found] = []
    for frame in found:
        if frame.pts is None:
            continue
        while kept and kept[-1].is_damaged and not frame.is_damaged and cast(int, kept[-1].pts) >= frame.pts:
            kept.pop()
        if not kept or frame.pts > cast(int, kept[-1].pts):
            kept.append(frame)
    return kept


def _guessed(count: int, table: Table) -> list[int]:
    """Presentation times in ticks for `count` frames of which the file says none.

    They are the decoding times in order, when there is one for each frame: these leave out frames that an AVI drops.
    Otherwise the frame rate decides.
    """
    dts = sorted(ticks for ticks in table.dts if ticks is not None)
    if len(dts) == count:
        return dts
    # Elementary streams say no rate; FFmpeg's raw demuxers assume 25 frames a second too.
    ticks = 1 / (table.rate or 25) / table.time_base
    return [round(i * ticks) for i in range(count)]


def _all_frames(
    container: InputContainer, stream: VideoStream, table: Table, broken: set[int]
) -> Iterator[tuple[VideoFrame, bool]]:
    """Every frame in the order of the decoder, and whether it is damaged or comes from a damaged one.

    Args:
        broken: gets the times in ticks of the packets that cannot be decoded.
    """
    context = stream.codec_context
    context.open(strict=False)
    hurt: float | None = None
    # Frames that were decoded before a packet that breaks come out after it.
    before: deque[int | None] = deque(maxlen=REORDERED)
    for packet in chain(probe.demux(container, stream, table), (None,)):
        stamp = None if packet is None else packet.pts
        try:
            frames = context.decode(packet)
        except av.FFmpegError:
            hurt = float("inf") if stamp is None else stamp
            broken.update(() if stamp is None else (stamp,))
            continue
        if hurt is None:
            before.append(stamp)
        for frame in frames:
            if frame.is_corrupt:
                # What was decoded since may build on it, and still come out later.
                hurt = float("inf") if frame.pts is None else frame.pts
                before.clear()
            elif hurt is not None and frame.key_frame and frame.pts is not None and frame.pts > hurt:
                hurt = None
                before.clear()
            was_before = frame.pts is not None and frame.pts in before
            yield frame, frame.is_corrupt or (hurt is not None and not was_before)
