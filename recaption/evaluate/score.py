"""Event precision, recall and order of captions against scripts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from recaption.evaluate.matcher import Told, read
from recaption.scripted import grammar
from recaption.scripted.world import Script

DRAWS = 1000

Each = TypeVar("Each")


@dataclass(frozen=True)
class Match:
    """One caption against its truth.

    Attributes:
        right, told, true: numbers of events.
        ordered, pairs: event pairs told in the right order, and all that were told and have an order.
    """

    right: int
    told: int
    true: int
    ordered: int = 0
    pairs: int = 0


@dataclass(frozen=True)
class Known:
    """One true event: subject, action, and when it starts in seconds."""

    name: str
    action: str
    start: float


def truth(script: Script) -> list[Known]:
    return [Known(event.name, event.action, event.start) for event in script.events]


def match(caption: str, events: Sequence[Known]) -> Match:
    """Match the events that a caption tells with the true ones; each true event is matched once."""
    open_events = list(events)
    told = read(caption)
    found: list[Known] = []
    for each in told:
        event = next((e for e in open_events if _same(each, e)), None)
        if event:
            open_events.remove(event)
            found.append(event)
    pairs = [(a, b) for a, b in combinations(found, 2) if a.start != b.start]
    return Match(len(found), len(told), len(events), sum(a.start < b.start for a, b in pairs), len(pairs))


def oracle(script: Script, times: Sequence[float]) -> Match:
    """What somebody reaches who sees exactly the frames at these times (seconds) and tells all of it."""
    rng = random.Random(script.number)
    return match(grammar.caption(script, times, rng), truth(script))


def scores(matches: Sequence[Match]) -> dict[str, float | list[float]]:
    """Precision, recall and F1 over all captions, each with a 95% bootstrap interval over clips, and `order`."""
    return {**with_intervals(matches, _figures), "order": round(_order(matches), 4)}


def with_intervals(clips: Sequence[Each], figures: Callable[[Sequence[Each]], dict[str, float]]) -> dict[str, Any]:
    """Figures over clips, each (NAME) with its 95% bootstrap interval (NAME_interval)."""
    rng = random.Random(0)
    draws = [figures(rng.choices(clips, k=len(clips))) for _ in range(DRAWS)] if clips else []
    result: dict[str, Any] = {}
    for name, value in figures(clips).items():
        result[name] = round(value, 4)
        if draws:
            ordered = sorted(draw[name] for draw in draws)
            result[f"{name}_interval"] = [round(ordered[int(share * DRAWS)], 4) for share in (0.025, 0.975)]
    return result


def confusions(caption: str, events: Sequence[Known]) -> Counter[str]:
    """What went wrong, by action: "missed ACTION", "invented ACTION", "wrong colour", "wrong kind"."""
    told = read(caption)
    missed = [e for e in events if not any(_same(t, e) for t in told)]
    wrong: Counter[str] = Counter()
    for each in told:
        if any(_same(each, e) for e in events):
            continue
        near = next((e for e in missed if e.action == each.action and e.name != "camera"), None)
        if near is None:
            wrong[f"invented {each.action}"] += 1
            continue
        missed.remove(near)
        wrong["wrong colour" if near.name.split()[-1] == each.name.split()[-1] else "wrong kind"] += 1
    wrong.update(f"missed {e.action}" for e in missed)
    return wrong


def _same(told: Told, event: Known) -> bool:
    return told.action == event.action and told.name in (event.name, event.name.split()[-1])


def _figures(matches: Sequence[Match]) -> dict[str, float]:
    right, told, true = sum(m.right for m in matches), sum(m.told for m in matches), sum(m.true for m in matches)
    return {
        "event_precision": right / told if told else 0.0,
        "event_recall": right / true if true else 0.0,
        "event_f1": 2 * right / (told + true) if told + true else 0.0,
    }


def _order(matches: Sequence[Match]) -> float:
    pairs = sum(m.pairs for m in matches)
    return sum(m.ordered for m in matches) / pairs if pairs else 1.0
