"""What a run would be, told without a GPU and without reading a weight: parameters, data, memory, FLOPs and hours."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoImageProcessor,
    AutoModelForCausalLM,
    AutoProcessor,
    AutoTokenizer,
    LlavaConfig,
    LlavaForConditionalGeneration,
)

from llava_train.compose import compose
from llava_train.flops import PEAK, Work, named_peak, step_flops
from llava_train.memory import LOGIT_BYTES, Part, step_memory
from llava_train.meter import told_skipped, total_skipped
from llava_train.mixture import load as load_mixture
from llava_train.model import TOWERS, halve_frozen, optimizer, place, prepare, tower_config
from llava_train.recipe import Recipe
from llava_train.samples import Encoder
from llava_train.steps import Steps, total_steps
from recaption.errors import RecipeError

HEADROOM = 0.1
"""Share of a GPU that is left to CUDA itself, to what lives within one operation, and to holes between allocations."""


@dataclass(frozen=True)
class Machine:
    """The GPUs of a run that is only thought of.

    Attributes:
        gpus: processes, one for each.
        gpu: a name that PEAK of `llava_train.flops` knows.
        gpu_gb: memory of each, GiB.
        mfu: share of their peak that the run is expected to reach.
    """

    gpus: int = 1
    gpu: str = "H100"
    gpu_gb: float = 80.0
    mfu: float = 0.4


@dataclass(frozen=True)
class Seen:
    """What some steps of the data are made of.

    Attributes:
        counts: for each step, of all processes together, "labelled", "tokens", "padded" (tokens with padding),
            "pictures", "samples", and "skipped_REASON" for each reason; "samples" are those that were not skipped.
        lengths: tokens of each sample in them.
        steps: of the whole run.
    """

    counts: Sequence[Mapping[str, int]]
    lengths: Sequence[int]
    steps: int


def dry_run(recipe: Recipe, machine: Machine, seen: Seen | None = None, say: Callable[[str], None] = print) -> None:
    """Say what a recipe would do on a machine.

    Args:
        seen: what its data is made of; without it, what follows from the data is left out.

    Raises:
        RecipeError: the configs or the tokenizer cannot be had, or the GPU is one that PEAK does not know.
    """
    peak = named_peak(machine.gpu)
    if peak is None:
        raise RecipeError(f"{machine.gpu}: not among the GPUs whose peak is known: {', '.join(PEAK)}")
    model = prepare(skeleton(recipe)[0], recipe, say)
    half = recipe.dtype != "float32"
    if half:
        halve_frozen(model)  # as on a GPU

    for title, trains in (("trains", True), ("frozen", False)):
        say(title)
        for name in folded(name for name, p in model.named_parameters() if p.requires_grad is trains):
            say(f"  {name}")
    if seen is not None:
        _say_data(seen, say)
    part = _part(model.config, recipe, seen)
    sharded = bool(recipe.fsdp or recipe.deepspeed)
    memory = step_memory(model, optimizer(model, recipe), part, gpus=machine.gpus, sharded=sharded, half=half)
    if seen is None:
        memory.pop("logits", None)
    _say_memory(memory, part, machine, sharded, say)
    if seen is None:
        each = 1000 * LOGIT_BYTES * model.config.text_config.vocab_size / 2**30
        say(f"the data was not looked at: no hours, and logits, {each:.2f} GiB for 1,000 labels at once, are left out")
        return
    _say_time(model, seen, machine, peak * machine.gpus, say)


def look(recipe: Recipe, steps: int) -> Seen:
    """Go through the first steps of a recipe's data, pictures and all, as one process would.

    Raises:
        RecipeError: the data or the processor cannot be had, or no sample can be trained on.
    """
    mixture = load_mixture(recipe.data)
    encoder = Encoder(skeleton(recipe)[1], recipe.max_length)
    items = list(islice(Steps(mixture, encoder, recipe.batch_size, recipe.micro_tokens, device="cuda"), steps))
    counts = [item["counts"] for item in items]
    lengths = [length for item in items for length in item["lengths"]]
    if not lengths:
        raise RecipeError(f"all samples of the first {steps} steps are left out: {told_skipped(total_skipped(counts))}")
    return Seen(counts, lengths, total_steps(recipe, mixture))


def skeleton(recipe: Recipe) -> tuple[LlavaForConditionalGeneration, Any]:
    """The model that a recipe starts from, with shapes and without content, on the `meta` device; and its processor.

    Configs are read, and the tokenizer and the image processor.

    Raises:
        RecipeError: one of them cannot be had.
    """
    source = recipe.model or f"{recipe.tower} and {recipe.llm}"
    try:
        with torch.device("meta"):
            if not recipe.model:
                return _composed(recipe)
            config = AutoConfig.from_pretrained(place(recipe.model))
            if not isinstance(config, LlavaConfig):
                raise RecipeError(f"{recipe.model}: a {config.model_type}, and what is trained here is a llava")
            return LlavaForConditionalGeneration(config), AutoProcessor.from_pretrained(place(recipe.model))
    except (OSError, ValueError) as error:
        raise RecipeError(f"{source}: the configuration cannot be loaded: {error}") from error


def _composed(recipe: Recipe) -> tuple[LlavaForConditionalGeneration, Any]:
    config = tower_config(place(recipe.tower))
    tower = TOWERS[config.model_type]._from_config(config, dtype=torch.float32)
    llm = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(recipe.llm), dtype=torch.float32)
    # New embeddings start around the mean of the old ones, which have no content here.
    llm.resize_token_embeddings = partial(llm.resize_token_embeddings, mean_resizing=False)
    tokenizer = AutoTokenizer.from_pretrained(recipe.llm)
    image_processor = AutoImageProcessor.from_pretrained(place(recipe.tower))
    return compose(tower, llm, tokenizer, image_processor, feature_layer=recipe.feature_layer)


def folded(names: Iterable[str]) -> list[str]:
    """Names that differ in the number of their block only as one: `layers.{0..31}.mlp.up_proj.weight`."""
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for name in names:
        found = re.search(r"(?<=\.)\d+(?=\.)", name)
        before, after = (name[: found.start()], name[found.end() :]) if found else (name, "")
        numbers[before, after] += [int(found[0])] if found else []
    return [f"{before}{_span(blocks)}{after}" for (before, after), blocks in numbers.items()]


def _span(numbers: Sequence[int]) -> str:
    if len(numbers) < 2:
        return "".join(map(str, numbers))
    if list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{{{numbers[0]}..{numbers[-1]}}}"
    return f"{{{','.join(map(str, numbers))}}}"


def _total(seen: Seen) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in seen.counts:
        total.update(counts)
    return total


def _part(config: LlavaConfig, recipe: Recipe, seen: Seen | None) -> Part:
    """The part of a step that is full to micro_tokens, in rows of the longest sample, otherwise as the data is.

    Answers are taken to stand at the same positions of all rows, where they share their logits' places.
    """
    width = min(max(seen.lengths) if seen else recipe.max_length, recipe.micro_tokens)
    rows = recipe.micro_tokens // width
    if seen is None:
        return Part(rows, width, pictures=rows * width // config.image_seq_length, kept=0)
    total = _total(seen)
    pictures = math.ceil(rows * width * total["pictures"] / total["tokens"])
    return Part(rows, width, pictures, kept=math.ceil(width * total["labelled"] / total["tokens"]))


def _say_data(seen: Seen, say: Callable[[str], None]) -> None:
    total, steps = _total(seen), len(seen.counts)
    lengths = sorted(seen.lengths)
    say(f"data, from {steps} of {seen.steps:,} steps")
    for key in ("samples", "pictures", "tokens", "labelled"):
        a_step = total[key] / steps
        say(f"  {key:25s}{a_step:>14,.0f} a step {a_step * seen.steps:>18,.0f} in all")
    say(f"  {'padding':25s}{1 - total['tokens'] / total['padded']:>14.1%} of positions")
    say(f"  {'tokens of a sample':25s}{lengths[len(lengths) // 2]:>14,} in the middle, {lengths[-1]:,} at most")
    skipped = {key.removeprefix("skipped_"): n for key, n in total.items() if key.startswith("skipped_")}
    for reason, count in sorted(skipped.items()):
        say(f"  skipped: {reason:16s}{count / (total['samples'] + sum(skipped.values())):>14.2%} of samples")


def _say_memory(
    memory: dict[str, int], part: Part, machine: Machine, sharded: bool, say: Callable[[str], None]
) -> None:
    how = f"each of {machine.gpus} GPUs, {'sharded' if sharded else 'replicated'}" if machine.gpus > 1 else "one GPU"
    say(f"memory of {how}, working on {part.rows} x {part.width:,} tokens and {part.pictures:,} pictures at once")
    for use, count in memory.items():
        say(f"  {use:25s}{count / 2**30:>14.2f} GiB")
    total, room = sum(memory.values()) / 2**30, machine.gpu_gb * (1 - HEADROOM)
    verdict = (
        "fits" if total <= room else "does NOT fit: take more GPUs, FSDP, fewer micro_tokens, checkpointing or LoRA"
    )
    say(f"  {'in all':25s}{total:>14.2f} GiB of {machine.gpu_gb:g}, {HEADROOM:.0%} of them left free: {verdict}")


def _say_time(model: Any, seen: Seen, machine: Machine, peak: float, say: Callable[[str], None]) -> None:
    total, steps = _total(seen), len(seen.counts)
    square = sum(length**2 for length in seen.lengths) / sum(seen.lengths)
    work = Work(total["pictures"], total["tokens"], round(total["tokens"] * square), total["labelled"])
    say("FLOPs of a step")
    flops = step_flops(model, work)
    for name, part in flops.items():
        forward, backward = part.forward / steps / 1e12, part.backward / steps / 1e12
        say(f"  {name:25s}{forward:>14,.3f} T forward {backward:>14,.3f} T backward")
    seconds = sum(part.total for part in flops.values()) / steps / peak / machine.mfu
    say(f"time at an MFU of {machine.mfu:.0%} of {machine.gpus} x {machine.gpu}, {peak / 1e12:,g} TFLOP/s together")
    say(f"  {'a step':25s}{seconds:>14,.2f} s")
    say(f"  {f'{seen.steps:,} steps':25s}{seconds * seen.steps / 3600:>14,.2f} h")
