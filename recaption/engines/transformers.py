"""Any image-text-to-text model of transformers, in this process, on the CPU or a GPU.

Questions that wait are answered in batches in threads of the engine's own, so that the event loop stays free.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recaption.clip import Question, Reply
from recaption.errors import AskError, MissingExtra, RecaptionError, RunError

if TYPE_CHECKING:
    from recaption.engines.rendering import Prompt

LINGER = 0.005
"""Seconds without a new question after which a batch that is not full starts: who was just answered asks again."""

PATIENCE = 4
"""How many batches of other questions may go before the oldest."""

SMALL = 100_000_000
"""Parameters up to which, on the CPU, each core is better given a batch of its own: handing the pieces of a small step
to several threads takes longer than the step."""

CPU_ROWS, GPU_ROWS = 20, 64
"""The most questions in a batch, by default. On two cores 16 and 24 rows of the tiny model were no faster than 20."""

CPU_READ, GPU_READ = 1536, 16384
"""How many tokens of questions go through the language model together. On the CPU as many as its caches hold: with the
tiny model 16 rows of 350 tokens took 20% longer than the same rows 4 at a time."""

CLIPS_A_BATCH = 3
"""Clips in flight for each place in a batch: enough that the questions of a batch are alike in length. With the tiny
model on two cores 4 were no faster, and 2 were slower by a fifth."""

SHOWN_TWICE = 2
"""Pictures that are remembered of each clip in flight: the one that comes back in its next question and the new one."""


@dataclass
class _Job:
    prompt: Prompt
    future: asyncio.Future[Reply]
    loop: asyncio.AbstractEventLoop
    passed: int = 0  # batches that were made without it while it waited

    @property
    def pictures(self) -> int:
        return len(self.prompt.question.all_pictures)

    def finish(self, reply: Reply) -> None:
        self._call(lambda: self.future.set_result(reply))

    def fail(self, error: RecaptionError) -> None:
        self._call(lambda: self.future.set_exception(error))

    def _call(self, settle: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self.loop.call_soon_threadsafe(lambda: None if self.future.done() else settle())


class TransformersEngine:
    """Implements `engines.Engine`.

    Args:
        model: what rows and fingerprints call the model, its revision included.
        network: a model with `generate`, on its device.
        processor: its processor, with a chat template.
        batch_size: the most questions that are answered side by side; CPU_ROWS or GPU_ROWS by default.

    Attributes:
        context: positions of the language model in tokens; None when it names no limit.
        clips_in_flight, longest: see `engines.Engine`.
    """

    def __init__(self, model: str, network: Any, processor: Any, *, batch_size: int | None = None) -> None:
        import torch

        from recaption.engines.encoding import encoder_for
        from recaption.engines.rendering import Renderer, longest

        self.model = model
        self.context: int | None = getattr(
            network.config.get_text_config(decoder=True), "max_position_embeddings", None
        )
        self._network = network
        self._tokenizer = processor.tokenizer
        self.batch_size = batch_size or (CPU_ROWS if network.device.type == "cpu" else GPU_ROWS)
        self.clips_in_flight = CLIPS_A_BATCH * self.batch_size
        self._encoder = encoder_for(network, processor, SHOWN_TWICE * self.clips_in_flight)
        self._renderer = Renderer(processor, self._encoder.picture_tokens, plays_films=self._encoder.plays_films)
        self.longest = longest(network.config)
        self._batch_tokens = _batch_tokens(network)
        self._stop_ids = _stop_ids(network, processor.tokenizer)
        self._waiting: list[_Job] = []
        self._wake = threading.Condition()
        self._closing = threading.Event()
        self._torch_threads = torch.get_num_threads()
        batches = _batches_at_a_time(network)
        self._threads = [
            threading.Thread(target=self._work, args=(batches,), name=f"recaption-transformers-{i}", daemon=True)
            for i in range(batches)
        ]
        for thread in self._threads:
            thread.start()

    @classmethod
    def load(
        cls,
        model: str,
        revision: str | None = None,
        *,
        name: str | None = None,
        batch_size: int | None = None,
        device: str = "auto",
    ) -> TransformersEngine:
        """Load a model with its processor: float32 on the CPU, bfloat16 on a GPU.

        Args:
            model: a folder with config, weights, processor and chat template, or a Hub id.
            revision: branch, tag or commit of a Hub id.
            name: what rows and fingerprints call the model; made from model and revision by default.
            batch_size: see the class.
            device: "cpu", "cuda", "cuda:1" ...; "auto" takes a GPU where there is one.

        Raises:
            MissingExtra: torch, transformers or Pillow is not installed.
            RunError: there is no such model, it is no image-text-to-text model, or it has no chat template.
        """
        try:
            import PIL  # noqa: F401
            import torch
            import transformers
        except ModuleNotFoundError as error:
            raise MissingExtra(error.name or "transformers", "local") from None
        from recaption.engines.rendering import load_processor, loading

        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        dtype = torch.float32 if device.startswith("cpu") else torch.bfloat16
        pinned = {"revision": revision} if revision else {}
        with loading(model):
            network = transformers.AutoModelForImageTextToText.from_pretrained(model, dtype=dtype, **pinned)
        processor = load_processor(model, revision)
        name = name or (f"{model}@{revision}" if revision else model)
        return cls(name, network.to(device).eval(), processor, batch_size=batch_size)

    async def ask(self, question: Question) -> Reply:
        """The answer to one question; see `engines.Engine`."""
        try:
            prompt = self._renderer.prompt(question)
        except Exception as error:
            raise AskError("engine", f"the question could not be encoded: {error}") from error
        prompt.must_fit(self.context)
        loop = asyncio.get_running_loop()
        job = _Job(prompt, loop.create_future(), loop)
        with self._wake:
            if self._closing.is_set():
                raise RunError("the engine is closed")
            self._waiting.append(job)
            self._wake.notify()
        return await job.future

    def fits(self, question: Question) -> bool:
        """Whether a question and an answer of `max_tokens` fit the model's context."""
        return self._renderer.prompt(question).fits(self.context)

    async def close(self) -> None:
        """Stop after the current token; waiting questions fail with AskError."""
        import torch

        self._closing.set()
        with self._wake:
            self._wake.notify_all()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        torch.set_num_threads(self._torch_threads)

    def _work(self, batches: int) -> None:
        import torch

        if batches > 1:
            torch.set_num_threads(1)  # of this thread, and the default of later ones until the engine is closed
        why = "the engine was closed"
        try:
            with torch.inference_mode():
                while jobs := self._next_batch():
                    self._answer(jobs)
        except BaseException as error:
            why = f"the engine broke: {error!r}"
            raise
        finally:
            self._closing.set()
            with self._wake:
                waiting, self._waiting = self._waiting, []
            for job in waiting:
                job.fail(AskError("engine", why))

    def _next_batch(self) -> list[_Job]:
        """Wait for questions and take some that are alike. Empty once the engine is closing."""
        with self._wake:
            while not self._closing.is_set():
                before = len(self._waiting)
                if before and (before >= self.batch_size or not self._wake.wait(LINGER)):
                    self._waiting = [job for job in self._waiting if not job.future.cancelled()]
                    if self._waiting:
                        return self._take()
                elif not before:
                    self._wake.wait()
        return []

    def _take(self) -> list[_Job]:
        """Questions with equally many pictures, of which most are waiting; the oldest, and those nearest to its length.

        They take about equally many steps, so that few rows run idle. PATIENCE bounds how often one is passed over.
        """
        groups = Counter(job.pictures for job in self._waiting)
        oldest = self._waiting[0]
        pictures = oldest.pictures if oldest.passed >= PATIENCE else groups.most_common(1)[0][0]
        first, *others = (job for job in self._waiting if job.pictures == pictures)
        others.sort(key=lambda job: abs(job.prompt.tokens - first.prompt.tokens))
        batch, longest = [first], 0
        for job in others[: self.batch_size - 1]:
            longest = max(longest, *(one.prompt.tokens + one.prompt.question.max_tokens for one in (first, job)))
            if longest * (len(batch) + 1) > self._batch_tokens:
                break
            batch.append(job)
        batch.sort(key=lambda job: job.prompt.tokens)
        taken = set(map(id, batch))
        self._waiting = [job for job in self._waiting if id(job) not in taken]
        for job in self._waiting:
            job.passed += 1
        return batch

    def _answer(self, jobs: Sequence[_Job]) -> None:
        """Answer a batch; one that fails is halved until only the guilty question is left."""
        try:
            replies = self._generate(jobs)
        except Exception as error:
            if len(jobs) == 1:
                jobs[0].fail(AskError("engine", f"{type(error).__name__}: {error}"))
                return
            failed = True
        else:
            failed = False
        if failed:
            # Outside the except block, whose traceback would keep the failed batch's memory alive.
            self._free_memory()
            self._answer(jobs[: len(jobs) // 2])
            self._answer(jobs[len(jobs) // 2 :])
            return
        for job, reply in zip(jobs, replies, strict=True):
            if self._closing.is_set():
                job.fail(AskError("engine", "the engine was closed"))
            else:
                job.finish(reply)

    def _generate(self, jobs: Sequence[_Job]) -> list[Reply]:
        from recaption.engines.generation import generate

        answers = generate(
            self._network,
            self._encoder.batch([job.prompt for job in jobs]),
            [job.prompt.question.max_tokens for job in jobs],
            [job.prompt.question.sampling for job in jobs],
            self._stop_ids,
            self._closing,
            CPU_READ if self._network.device.type == "cpu" else GPU_READ,
        )
        return [
            Reply(
                text=self._tokenizer.decode(answer.tokens, skip_special_tokens=True).strip(),
                finish_reason="stop" if answer.stopped else "length",
                prompt_tokens=job.prompt.tokens,
                completion_tokens=answer.completion_tokens,
                mean_logprob=answer.mean_logprob,
            )
            for job, answer in zip(jobs, answers, strict=True)
        ]

    def _free_memory(self) -> None:
        import torch

        if self._network.device.type == "cuda":
            torch.cuda.empty_cache()


def _stop_ids(network: Any, tokenizer: Any) -> set[int]:
    ids = network.generation_config.eos_token_id
    ids = tokenizer.eos_token_id if ids is None else ids
    return set() if ids is None else {ids} if isinstance(ids, int) else set(ids)


def _batches_at_a_time(network: Any) -> int:
    """One for each core that torch would use, for a small model on the CPU; else one."""
    import torch

    is_small = network.device.type == "cpu" and network.num_parameters() <= SMALL
    return torch.get_num_threads() if is_small else 1


def _batch_tokens(network: Any) -> int:
    """How many tokens, padding and answers included, a batch may hold.

    On a GPU half of the free memory divided by the keys and values of one token; activations take their share of the
    other half, and a batch that is still too large is halved when it fails. On the CPU a fixed 65536.
    """
    import torch

    if network.device.type != "cuda":
        return 65536
    text = network.config.get_text_config(decoder=True)
    heads = getattr(text, "num_key_value_heads", None) or text.num_attention_heads
    width = getattr(text, "head_dim", None) or text.hidden_size // text.num_attention_heads
    token_bytes = 2 * text.num_hidden_layers * heads * width * network.dtype.itemsize
    free, _ = torch.cuda.mem_get_info(network.device)
    return max(int(free // 2 // token_bytes), 2048)
