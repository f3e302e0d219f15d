"""The packet plan: which packets must be decoded so that the wanted frames come out, and no others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Run = tuple[int, int]
"""First packet (a keyframe) and last packet to decode without a break, both included."""


def start_of(target: int, keys: Sequence[int], pts: Sequence[int]) -> int:
    """The keyframe from which decoding must begin so that packet `target` gives its frame.

    That is the keyframe before it in decoding order; or, when the target is shown before that keyframe (a leading
    picture of an open group of pictures, which may refer to the group before), the one before that.

    Args:
        target: index of a packet, not before the first keyframe.
        keys: indices of keyframes, increasing.
        pts: presentation time of each packet.
    """
    at = bisect_right(keys, target) - 1
    if at > 0 and pts[target] < pts[keys[at]]:
        at -= 1
    return keys[at]


def runs(targets: Iterable[int], keys: Sequence[int], pts: Sequence[int]) -> list[Run]:
    """The stretches of packets to decode for all targets, in the order of decoding, none overlapping."""
    merged: list[Run] = []
    for start, target in sorted((start_of(target, keys, pts), target) for target in targets):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], target))
        else:
            merged.append((start, target))
    return merged
