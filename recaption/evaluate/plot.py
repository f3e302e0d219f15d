"""Two runs side by side in one picture: how their captions' figures are spread over the clips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from recaption.errors import MissingExtra

COLOURS = {"old": "#56B4E9", "new": "#D55E00", "human": "#009E73"}
"""Colours that colour-blind people can tell apart (Okabe and Ito, "Color Universal Design", 2008)."""

SHOWN = ("words", "things", "actions", "attributes", "camera", "background", "repetition")


def draw(result: dict[str, Any], path: Path) -> None:
    """Draw the figures of `compare.compare` as a PNG of 1800 x 900 pixels: a box over the clips for each run.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("matplotlib", "compare") from None
    clips = result["by_clip"].values()
    names = list(result["overall"])
    figure = Figure(figsize=(12, 6), layout="constrained")
    panels = figure.subplots(2, 4).flat
    for panel, name in zip(panels, SHOWN, strict=False):
        values = [[clip[run][name] for clip in clips if run in clip] for run in names]
        boxes = panel.boxplot(values, tick_labels=names, patch_artist=True, medianprops={"color": "black"})
        for box, run in zip(boxes["boxes"], names, strict=True):
            box.set_facecolor(COLOURS[run])
        panel.set_title(name)
        panel.set_ylim(bottom=0)
    _events(panels[len(SHOWN)], result["events"])
    figure.suptitle(result["verdict"], fontsize=10)
    figure.savefig(path, dpi=150)


def _events(panel: Any, events: dict[str, dict[str, float]]) -> None:
    panel.set_title("events")
    if not events:
        panel.text(0.5, 0.5, "not judged", ha="center", va="center", transform=panel.transAxes)
        panel.set_axis_off()
        return
    figures = list(dict.fromkeys(name for told in events.values() for name in told))
    for i, (run, told) in enumerate(events.items()):
        heights = [told.get(name, 0.0) for name in figures]
        panel.bar([n + 0.4 * i for n in range(len(figures))], heights, 0.38, label=run, color=COLOURS[run])
    panel.set_xticks([n + 0.2 for n in range(len(figures))], [name.removeprefix("event_") for name in figures])
    panel.set_ylim(0, 1)
    panel.legend()
