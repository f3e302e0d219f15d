"""The course of a run as one picture: loss, learning rates, speed, and how well the events of clips are told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from recaption.errors import MissingExtra

BLUE, ORANGE, GREEN, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9"
"""Colours that colour-blind people can tell apart (Okabe and Ito, "Color Universal Design", 2008)."""

GREY = "#666666"

SMOOTHED = 0.04
"""Share of the logged steps that the bold line of the loss is a mean of, half before a step and half after it."""


def plot(log: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Draw the log of a run as a PNG of 1650 x 1050 pixels, written aside and renamed.

    Args:
        log: rows with "step" and any of "loss" (nats for each label), "lr_PART" or "learning_rate", "tokens_per_second"
            and "event_f1" (0 to 1); a panel for each of these that some row has. Without a loss nothing is drawn.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    if not _course(log, "loss")[0]:
        return
    aside = path.with_name(f"{path.stem}.part.png")
    draw(log).savefig(aside, dpi=150)
    os.replace(aside, path)


def draw(log: Sequence[Mapping[str, Any]]) -> Any:
    """The picture of `plot` as a `matplotlib.figure.Figure`."""
    try:
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError:
        raise MissingExtra("matplotlib", "train") from None

    rates = sorted({key for row in log for key in row if key.startswith(("lr_", "learning_rate"))})
    below = {"rate": rates, "speed": ["tokens_per_second"], "events": ["event_f1"]}
    panels = [panel for panel, keys in below.items() if any(_course(log, key)[0] for key in keys)]

    figure = Figure(figsize=(11, 7), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
    rows: list[Any] = [["loss"] * len(panels), panels] if panels else [["loss"]]
    axes = figure.subplot_mosaic(rows, height_ratios=[3, 2][: len(rows)])
    for panel in axes.values():
        _tidy(panel, max(row["step"] for row in log))

    _draw_loss(axes["loss"], log)
    if "rate" in panels:
        _draw_rates(axes["rate"], log, rates)
    if "speed" in panels:
        axes["speed"].plot(*_course(log, "tokens_per_second"), color=GREEN, linewidth=1.2)
        axes["speed"].set_ylim(bottom=0)
        axes["speed"].yaxis.set_major_formatter("{x:,.0f}")
        _name(axes["speed"], "speed, tokens/s")
    if "events" in panels:
        axes["events"].plot(
            *_course(log, "event_f1"), color=PURPLE, linewidth=2, marker="o", markersize=4, clip_on=False
        )
        axes["events"].set_ylim(0, 1)
        _name(axes["events"], "events told in validation, F1")
    return figure


def _draw_loss(axes: Any, log: Sequence[Mapping[str, Any]]) -> None:
    steps, losses = _course(log, "loss")
    axes.plot(steps, losses, color=BLUE, alpha=0.25, linewidth=1)
    axes.plot(steps, smooth(losses), color=BLUE, linewidth=2.2)
    _name(axes, "loss, nats per label")


def _draw_rates(axes: Any, log: Sequence[Mapping[str, Any]], keys: Iterable[str]) -> None:
    highest = []
    for key, colour in zip(keys, (ORANGE, BLUE, GREEN, PURPLE, SKY), strict=False):
        steps, rates = _course(log, key)
        axes.plot(steps, rates, color=colour, linewidth=1.8, label=key.removeprefix("lr_").replace("_", " "))
        highest.append(max(rates))
    _name(axes, "learning rate")
    if min(highest) > 0:
        # Parts differ by orders of magnitude, and all start and end near zero, which a logarithm would show at length.
        axes.set_yscale("log")
        axes.tick_params(axis="y", which="minor", left=False)
        axes.set_ylim(min(highest) / 30, max(highest) * 1.6)
    if len(highest) > 1:
        axes.legend(frameon=False, labelcolor="linecolor", handlelength=1.2)


def smooth(values: Sequence[float]) -> list[float]:
    """The mean around each value, of SMOOTHED of all values, and of fewer at both ends."""
    half = round(len(values) * SMOOTHED / 2)
    around = (values[max(0, i - half) : i + half + 1] for i in range(len(values)))
    return [sum(window) / len(window) for window in around]


def _course(log: Sequence[Mapping[str, Any]], key: str) -> tuple[list[int], list[float]]:
    """Steps and values of the rows that have a value."""
    rows = [row for row in log if row.get(key) is not None]
    return [row["step"] for row in rows], [row[key] for row in rows]


def _name(axes: Any, values: str) -> None:
    """Above the axis, where it is read without turning one's head."""
    axes.set_title(values, loc="left", fontsize=11, fontweight="bold")


def _tidy(axes: Any, last: int) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(colors=GREY, labelsize=9)
    axes.grid(axis="y", color="#E6E6E6", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel("optimizer step", color=GREY)
    axes.set_xlim(0, last)
    axes.xaxis.set_major_locator(_whole_steps())
    axes.xaxis.set_major_formatter("{x:,.0f}")


def _whole_steps() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=6, integer=True)
