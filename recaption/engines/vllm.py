"""vLLM in this process's care: one continuous batch of every question that waits, in a core process of its own."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import math
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from recaption.clip import Question, Reply, Turn, picture_hash
from recaption.engines.choose import Choice
from recaption.engines.rendering import (
    Prompt,
    Renderer,
    film_metadata,
    load_processor,
    loading,
    longest,
    plays_films,
)
from recaption.engines.serving import Asked, Serving, arguments_of
from recaption.engines.vllm_child import OURS
from recaption.engines.vllm_setup import Demand, footprint, setup
from recaption.errors import AskError, MissingExtra, RunError

ADAPTER = "adapter"
NO_FILMS = {"smolvlm", "idefics3"}
"""Models that take native video, and not from vLLM 0.32 ("At most 0 video(s) may be provided")."""
GPU_SHARE = 0.9
"""Of a GPU's memory, for weights, activations and keys and values; the rest is CUDA's own and vLLM's graphs."""
CPU_SHARE = 0.25
"""Of the machine's memory, where there is no GPU."""
STOPS_WITHIN = 30.0
"""Seconds for the core to end by itself; then it is killed."""
NOT_NEEDED = ["*.pth", "*.pt", "*.gguf", "original/*", "*.onnx"]
"""Files of a Hub model that vLLM does not read."""


class VLLMEngine:
    """Implements `engines.Engine`.

    Args:
        model: what rows and fingerprints call the model.
        core: a running `vllm.AsyncLLM`.
        renderer: of the model's chat template.
        clips: how many clips keep it busy.
        adapter: folder of a LoRA adapter that answers.

    Attributes:
        clips_in_flight, longest: see `engines.Engine`.
        context: tokens of question and answer together.
        core: the running `vllm.AsyncLLM`.
    """

    def __init__(
        self, model: str, core: Any, renderer: Renderer, clips: int, *, longest: int | None, adapter: Path | None = None
    ) -> None:
        self.model, self.clips_in_flight, self.longest = model, clips, longest
        self.context: int = core.model_config.max_model_len
        self.core = core
        self.renderer = renderer
        self._numbers = itertools.count()
        self._adapter = _adapter(adapter)

    async def ask(self, question: Question) -> Reply:
        """The answer to one question; see `engines.Engine`."""
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind
        from vllm.v1.engine.exceptions import EngineDeadError

        prompt = self.renderer.prompt(question)
        prompt.must_fit(self.context)
        sampling = SamplingParams(
            temperature=question.sampling.temperature,
            seed=question.sampling.seed,
            max_tokens=question.max_tokens,
            logprobs=0,
            output_kind=RequestOutputKind.FINAL_ONLY,
        )
        answer = None
        try:
            (rendered,) = await self.core.renderer.render_cmpl_async([_asked(prompt)])
            async for answer in self.core.generate(  # noqa: B007 - the last one is the answer
                rendered, sampling, str(next(self._numbers)), lora_request=self._adapter
            ):
                pass
        except EngineDeadError as error:
            raise RunError(f"vLLM's core has died; its own words are above ({error})") from None
        ended = answer.outputs[0].finish_reason if answer else None
        if ended not in ("stop", "length"):
            raise AskError("engine", f"vLLM gave no whole answer: {ended}")
        return _reply(answer)

    def fits(self, question: Question) -> bool:
        """Whether a question and an answer of `max_tokens` fit the model's context."""
        return self.renderer.prompt(question).fits(self.context)

    async def close(self) -> None:
        """Stop the core."""
        core, self.core = self.core, None  # a core that is let go at the interpreter's end complains
        if core.output_handler is not None:
            core.output_handler.cancel()  # else it reports the end of the core as a fault
        await asyncio.to_thread(core.shutdown, STOPS_WITHIN)


def _asked(prompt: Prompt) -> dict[str, Any]:
    """A question as vLLM takes it. What is shown has an id: one that is known is neither prepared nor encoded again."""
    asked: dict[str, Any] = {"prompt_token_ids": list(prompt.ids)}
    if films := prompt.films:
        asked["multi_modal_data"] = {"video": [(np.stack(film.pictures), film_metadata(film.times)) for film in films]}
        asked["multi_modal_uuids"] = {"video": [_film_hash(film) for film in films]}
        asked["mm_processor_kwargs"] = {"do_sample_frames": False}
    elif pictures := prompt.question.all_pictures:
        asked["multi_modal_data"] = {"image": [Image.fromarray(picture) for picture in pictures]}
        asked["multi_modal_uuids"] = {"image": [picture_hash(picture) for picture in pictures]}
    return asked


def _film_hash(film: Turn) -> str:
    parts = (*map(picture_hash, film.pictures), *map(str, film.times))
    return hashlib.blake2b(" ".join(parts).encode(), digest_size=16).hexdigest()


def load(choice: Choice, serving: Serving, asked: Asked) -> VLLMEngine:
    """Start vLLM with a chosen model: float32 on the CPU, the model's own dtype on a GPU.

    Raises:
        UsageError: vLLM does not know an argument.
        MissingExtra: vLLM is not installed.
        RunError: there is no such model, it does not fit, or vLLM does not take it.
    """
    _prepare_environment()
    try:
        from vllm import AsyncEngineArgs
        from vllm.platforms import current_platform
    except ModuleNotFoundError as error:
        raise MissingExtra(error.name or "vllm", "vllm") from None
    from transformers import AutoConfig

    by_hand = arguments_of(serving.engine_args, (field.name for field in fields(AsyncEngineArgs)))
    folder = _folder(choice)
    with loading(choice.source):
        config = AutoConfig.from_pretrained(folder)
    processor = load_processor(str(folder))
    plays = plays_films(processor) and config.model_type not in NO_FILMS
    renderer = Renderer(processor, plays_films=plays, one_by_one=True)
    on_cpu = current_platform.is_cpu()
    made = setup(
        _demand(renderer, asked),
        footprint(config, folder, 4 if on_cpu else 2),
        _memory(current_platform, serving.tensor_parallel),
        serving.clips,
        by_hand.get("max_model_len"),
    )
    arguments = {
        "model": str(folder),
        "dtype": "float32" if on_cpu else "auto",
        "enforce_eager": on_cpu,
        "tensor_parallel_size": serving.tensor_parallel,
        "data_parallel_size": serving.data_parallel,
        **_lora(serving.lora),
        **made.arguments,
        **({"kv_cache_memory_bytes": made.cache} if on_cpu else {"gpu_memory_utilization": GPU_SHARE}),
        **by_hand,
    }
    return VLLMEngine(
        choice.name,
        _start(AsyncEngineArgs, arguments),
        renderer,
        made.clips,
        longest=longest(config),
        adapter=serving.lora,
    )


def _prepare_environment() -> None:
    # A spawned process runs vLLM's plugins, of which one is ours; a forked one does not.
    os.environ["VLLM_WORKER_MULTIPROC_METHOD"] = "spawn"
    os.environ[OURS] = "1"
    os.environ.setdefault("VLLM_LOGGING_LEVEL", "ERROR")
    os.environ.setdefault("VLLM_LOGGING_STREAM", "ext://sys.stderr")


def _folder(choice: Choice) -> Path:
    if os.path.isdir(choice.source):
        return Path(choice.source)
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(choice.source, revision=choice.revision, ignore_patterns=NOT_NEEDED))


def _demand(renderer: Renderer, asked: Asked) -> Demand:
    question = asked.largest
    alone = tuple(replace(exchange, turn=Turn(exchange.turn.prompt)) for exchange in question.earlier)
    words = renderer.prompt(replace(question, pictures=(), times=(), earlier=alone)).tokens
    pictures = len(question.all_pictures)
    prompt = renderer.prompt(question)
    return Demand(
        pictures=pictures,
        films=bool(prompt.films),
        picture_tokens=math.ceil((prompt.tokens - words) / max(pictures, 1)),
        words=words,
        answer=question.max_tokens,
        turns=len(question.turns),
        steps=asked.steps,
    )


def _memory(platform: Any, tensor_parallel: int) -> int:
    """Bytes that vLLM may take: a share of the GPUs that hold one model, or of the machine's memory."""
    total = platform.get_device_total_memory()
    return int(total * CPU_SHARE) if platform.is_cpu() else int(total * GPU_SHARE * tensor_parallel)


def _start(make: Any, arguments: dict[str, Any]) -> Any:
    from vllm import AsyncLLMEngine

    try:
        return AsyncLLMEngine.from_engine_args(make(**arguments))
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise RunError(f"vLLM does not start with {arguments['model']}: {error}") from error


def _lora(folder: Path | None) -> dict[str, Any]:
    """vLLM's arguments for an adapter; it makes room for ranks by powers of two."""
    if folder is None:
        return {}
    rank = json.loads((folder / "adapter_config.json").read_text())["r"]
    return {"enable_lora": True, "max_lora_rank": max(8, 2 ** math.ceil(math.log2(rank)))}


def _adapter(folder: Path | None) -> Any:
    if folder is None:
        return None
    from vllm.lora.request import LoRARequest

    return LoRARequest(ADAPTER, 1, str(folder))


def _reply(answer: Any) -> Reply:
    said = answer.outputs[0]
    tokens = len(said.token_ids)
    return Reply(
        text=said.text.strip(),
        finish_reason=said.finish_reason,
        prompt_tokens=len(answer.prompt_token_ids),
        completion_tokens=tokens,
        mean_logprob=said.cumulative_logprob / tokens if tokens and said.cumulative_logprob is not None else None,
    )
