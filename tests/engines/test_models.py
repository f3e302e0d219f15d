"""Every family of models through every mode and both engines in this process; docs/models.md tells what came of it.

`python -m tests.engines.test_models` writes the table there anew.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from recaption import prompts
from recaption.caption import longest
from recaption.clip import Clip, Question
from recaption.engines import serving
from recaption.engines.choose import choose
from recaption.engines.serving import Asked, Serving
from recaption.films import Showing, caption_clips
from recaption.modes import MODES
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.sample import Every, Uniform
from recaption.video.workers import DecodePool
from tests.families import FAMILIES

DOCS = Path(__file__).parents[2] / "docs" / "models.md"
ENGINES = ("transformers", "vllm")
WORDS = prompts.load("default")
TOKENS = 12
GREY = np.full((90, 160, 3), 128, np.uint8)
ASKED = Asked(Question("word " * 60, (GREY, GREY), TOKENS), 8)

Outcome = dict[str, str]
"""By mode: the caption before the post-filter, or "reason: detail"."""


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    family: str
    outcomes: dict[str, Outcome]

    def __str__(self) -> str:
        cells = [_modes(self.outcomes[engine]) for engine in ENGINES]
        first, second = (self.outcomes[engine] for engine in ENGINES)
        same = [mode for mode in MODES if first[mode] == second[mode]]
        return f"| {' | '.join([self.family, *cells, _listed(same)])} |"


def _modes(outcome: Outcome) -> str:
    return _listed([mode for mode in MODES if not outcome[mode].startswith("failed")])


def _listed(modes: list[str]) -> str:
    missing = [mode for mode in MODES if mode not in modes]
    return "all modes" if not missing else f"all but {'; '.join(missing)}" if modes else "none"


def tried(family: str, folder: Path, clip: Path) -> Row:
    choice = choose(str(FAMILIES[family](folder)))
    return Row(family, {engine: outcome(choice, engine, clip) for engine in ENGINES})


def outcome(choice, engine_name: str, clip: Path) -> Outcome:  # type: ignore[no-untyped-def]
    """One clip through all modes."""
    by_hand = ("max_model_len=4096", 'limit_mm_per_prompt={"image": 8, "video": 1}') if engine_name == "vllm" else ()
    engine = serving.load(choice, Serving(engine=engine_name, clips=2, engine_args=by_hand), ASKED)

    async def run() -> Outcome:
        try:
            async with DecodePool(1, 60.0) as pool:
                return {mode: await told(engine, mode, clip, pool) for mode in MODES}
        finally:
            await engine.close()

    return asyncio.run(run())


async def told(engine, mode: str, clip: Path, pool: DecodePool) -> str:  # type: ignore[no-untyped-def]
    sampling = Uniform(4) if mode == "grid" else Every(1.0, 8)
    showing = Showing(mode, WORDS, sampling, longest(WORDS, mode, engine))
    store = MemoryStore()
    await caption_clips([Clip.of(clip)], showing, Settings(TOKENS), engine, store, pool, Tally())
    if store.failures:
        ((reason, detail),) = store.failures.values()
        # What the post-filter leaves nothing of was answered all the same.
        return detail if reason == "empty" else f"failed, {reason}: {detail}"
    (caption,) = store.captions.values()
    return caption.raw


def made_clip(folder: Path) -> Path:
    path, _ = next(iter(files.make(folder, 1, seed=77, seconds=(4.0, 4.5), size=(160, 90))))
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_clip(tmp_path_factory.mktemp("clip"))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_table_in_the_docs_is_true(family: str, clip: Path, tmp_path: Path) -> None:
    row = tried(family, tmp_path, clip)
    assert str(row) in DOCS.read_text(encoding="utf-8").splitlines(), row.outcomes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clip = made_clip(Path(folder) / "clips")
        rows = [tried(family, Path(folder), clip) for family in FAMILIES]
    for row in rows:
        print(row.outcomes)
    before, mark, after = DOCS.read_text(encoding="utf-8").partition("|---|---|---|---|\n")
    kept = after[after.index("\n\n") :] if "\n\n" in after else ""
    DOCS.write_text(before + mark + "\n".join(map(str, rows)) + kept, encoding="utf-8")


if __name__ == "__main__":
    main()
