"""What a recipe drops, and how each measure is spread over the clips, with its threshold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from recaption.curate.curate import RECIPE, all_clips, summary
from recaption.curate.recipe import Threshold, load
from recaption.curate.rows import number
from recaption.errors import MissingExtra
from recaption.sources import shown

PICTURE = "measures.png"
BINS = 40
COLUMNS = 3
KEPT_COLOUR, DROPPED_COLOUR = "#0072B2", "#D55E00"
"""Colours that colour-blind people can tell apart (Okabe and Ito, "Color Universal Design", 2008)."""


def explain(out: Path) -> list[str]:
    """Draw each measure that a clip may be dropped by into OUT/measures.png; the lines that a person is told.

    Raises:
        UsageError: nothing was curated there.
        MissingExtra: matplotlib is not installed.
    """
    lines = summary(out)
    recipe = load(str(out / RECIPE))
    values = {name: _values(out, name) for name in recipe.drop}
    for name, threshold in recipe.drop.items():
        known = np.count_nonzero(~np.isnan(values[name]))
        lines.append(f"{name} {threshold.bounds}: {threshold.source} ({known} of {len(values[name])} measured)")
    _draw(values, recipe.drop, out / PICTURE)
    return [*lines, f"{shown(out / PICTURE)}"]


def _values(out: Path, name: str) -> Any:
    """A measure of every clip; nan where it was not measured."""
    found = (number(row["measures"], name) for row in all_clips(out))
    return np.array([np.nan if value is None else value for value in found])


def _draw(values: dict[str, Any], thresholds: dict[str, Threshold], path: Path) -> None:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("matplotlib", "curate") from None
    rows = max(1, -(-len(values) // COLUMNS))
    figure = Figure(figsize=(4.5 * COLUMNS, 3 * rows), layout="constrained")
    panels = list(figure.subplots(rows, COLUMNS, squeeze=False).flat)
    for panel in panels[len(values) :]:
        panel.set_axis_off()
    for panel, (name, found) in zip(panels, values.items(), strict=False):
        threshold, found = thresholds[name], found[np.isfinite(found)]
        drops = np.array([threshold.broken_by(value) for value in found], bool)
        bins = np.histogram_bin_edges(found, BINS) if len(found) else BINS
        panel.hist([found[~drops], found[drops]], bins, stacked=True, color=[KEPT_COLOUR, DROPPED_COLOUR])
        for bound in (threshold.below, threshold.above):
            if np.isfinite(bound):
                panel.axvline(bound, color="black", linestyle="--")
        panel.set_title(f"{name} {threshold.bounds}: drops {drops.sum()} of {len(found)}", fontsize=10)
        panel.set_ylabel("clips")
    figure.savefig(path, dpi=120)
