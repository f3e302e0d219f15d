"""Any server that speaks the OpenAI API: `vllm serve`, SGLang, a hosted model."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2

from recaption.clip import GREEDY, Picture, Question, Reply
from recaption.engines.chat import chat
from recaption.engines.choose import Choice
from recaption.engines.lanes import Lanes
from recaption.errors import AskError, RecaptionError, RunError, UsageError

log = logging.getLogger(__name__)

KEY_VARIABLE = "OPENAI_API_KEY"
FIRST_LANES, MOST_LANES = 8, 256
ATTEMPTS = 8
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds between attempts: doubled each time, with jitter, and never less than the server's `Retry-After`."""
TIMEOUT = 600.0
"""Seconds after which a question that has no whole answer yet is asked again."""
ANSWERS_WITHIN = 30.0
"""Seconds for the question what a server serves."""
NEVER = (400, 413, 415, 422)
"""What a server says of a question that it will never answer."""
SHOWN = 8
CHARACTERS_A_TOKEN = 2
"""Fewer than English has with any tokenizer of a current model, so that a question which seems to fit does fit."""


class OpenAIEngine:
    """Implements `engines.Engine`.

    Args:
        model: what the server calls it, and so do rows and fingerprints.
        client: an `openai.AsyncOpenAI` that does not retry by itself.
        context: tokens of question and answer together; None when the server does not say.
        timeout: seconds for one attempt as a whole, so that an answer that drips in ends too.

    Attributes:
        clips_in_flight, longest: see `engines.Engine`.
    """

    longest: int | None = None

    def __init__(self, model: str, client: Any, context: int | None, timeout: float = TIMEOUT) -> None:
        self.model, self.context, self.clips_in_flight = model, context, MOST_LANES
        self._client, self._timeout = client, timeout
        self._lanes = Lanes(FIRST_LANES, MOST_LANES)
        self._logprobs = True

    async def ask(self, question: Question) -> Reply:
        """The answer to one question; see `engines.Engine`.

        Raises:
            AskError: "context" or "refused" when the server will never answer it, "engine" when it did not in ATTEMPTS.
            RunError: the server takes no question at all: gone, wrong key, no such model, nothing left to spend.
        """
        messages = await asyncio.to_thread(chat, question, _shown)
        problem = ""
        for attempt in range(ATTEMPTS):
            async with self._lanes.lane() as round_:
                try:
                    async with asyncio.timeout(self._timeout):
                        reply = _reply(await self._create(messages, question))
                except Exception as error:
                    problem = self._problem(error)
                    wait = _wait(error, attempt)
                    self._lanes.refused(round_)
                else:
                    self._lanes.answered()
                    return reply
            log.debug("attempt %d: %s; again in %.1f s", attempt + 1, problem, wait)
            await asyncio.sleep(wait)
        await self._must_live(problem)
        raise AskError("engine", f"no answer in {ATTEMPTS} attempts; the last time: {problem}")

    def fits(self, question: Question) -> bool:
        """Whether a question without pictures and an answer of `max_tokens` fit; guessed from the question's length."""
        tokens = len(question.prompt) // CHARACTERS_A_TOKEN + question.max_tokens
        return self.context is None or tokens <= self.context

    async def close(self) -> None:
        await self._client.close()

    async def _must_live(self, problem: str) -> None:
        """Raises: RunError when the server says nothing at all, so that an outage does not fail a million clips."""
        from openai import APIConnectionError

        try:
            await self._client.models.list(timeout=ANSWERS_WITHIN)
        except APIConnectionError:
            raise RunError(f"the server is gone ({problem}); the same command goes on once it is back") from None
        except Exception as error:
            log.debug("the server lives: %r", error)

    async def _create(self, messages: list[dict[str, Any]], question: Question) -> Any:
        from openai import BadRequestError

        asked = {
            "model": self.model,
            "messages": messages,
            "max_tokens": question.max_tokens,
            "temperature": question.sampling.temperature,
            **({} if question.sampling == GREEDY else {"seed": question.sampling.seed}),
        }
        if not self._logprobs:
            return await self._client.chat.completions.create(**asked)
        try:
            return await self._client.chat.completions.create(**asked, logprobs=True)
        except BadRequestError as error:
            if "logprobs" not in str(error):
                raise
            self._logprobs = False
            return await self._client.chat.completions.create(**asked)

    def _problem(self, error: Exception) -> str:
        """What went wrong, when asking again may help.

        Raises:
            AskError, RunError: asking again cannot help.
        """
        import openai

        if isinstance(error, RecaptionError):
            raise error
        what = f"{type(error).__name__}: {error}".replace(self._client.api_key, "(the key)")
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            raise RunError(f"the server does not take the key in {KEY_VARIABLE}: {error.status_code}") from None
        if isinstance(error, openai.NotFoundError):
            raise RunError(f"the server has no model {self.model!r}: {what}") from None
        if isinstance(error, openai.RateLimitError) and error.code == "insufficient_quota":
            raise RunError(f"the server answers no more: {what}") from None
        if isinstance(error, openai.APIStatusError) and error.status_code in NEVER:
            reason = "context" if "context" in what and "length" in what else "refused"
            raise AskError(reason, what) from None
        return what


def served(base_url: str, model: str | None, key_file: Path | None = None) -> Choice:
    """The model that a server is asked for, after asking what it serves.

    Args:
        base_url: such as http://localhost:8000/v1.
        model: as the server calls it; None where it serves only one.
        key_file: holds the key; without it the environment's OPENAI_API_KEY is taken, and none where that is not set.

    Raises:
        UsageError: no model is named and the server has several.
        RunError: the server cannot be reached, refuses the key, or does not have the model.
    """
    cards = _cards(base_url, key_file)
    if model is None and len(cards) != 1:
        raise UsageError(f"{base_url} serves {_some(cards)}: name one with --model")
    name = model or next(iter(cards))
    if name not in cards:
        raise RunError(f"{base_url} serves {_some(cards)}, and not {name}")
    return Choice(name, name)


def connect(base_url: str, model: str, key_file: Path | None = None, timeout: float = TIMEOUT) -> OpenAIEngine:
    """The engine for a server's model; see `served`."""
    context = getattr(_cards(base_url, key_file).get(model), "max_model_len", None)
    import openai

    client = openai.AsyncOpenAI(base_url=base_url, api_key=_key(key_file), timeout=timeout, max_retries=0)
    return OpenAIEngine(model, client, context, timeout)


def _cards(base_url: str, key_file: Path | None) -> dict[str, Any]:
    import openai

    try:
        with openai.OpenAI(base_url=base_url, api_key=_key(key_file), timeout=ANSWERS_WITHIN, max_retries=2) as client:
            return {card.id: card for card in client.models.list()}
    except openai.APIStatusError as error:
        raise RunError(f"{base_url}: the server does not say what it serves ({error.status_code})") from None
    except openai.OpenAIError as error:
        raise RunError(f"{base_url}: no server answers there ({type(error).__name__})") from None


def _some(names: Mapping[str, Any]) -> str:
    shown = sorted(names)[:SHOWN]
    return ", ".join(shown) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "") or "nothing"


def _key(file: Path | None) -> str:
    if file is None:
        return os.environ.get(KEY_VARIABLE) or "none"
    try:
        key = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{file}: the key cannot be read from there: {error}") from None
    if not key:
        raise UsageError(f"{file}: no key in it")
    return key


def _shown(picture: Picture) -> dict[str, Any]:
    """A picture without loss, as the server will see it."""
    _, file = cv2.imencode(".png", picture[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 1])
    url = f"data:image/png;base64,{base64.b64encode(file.tobytes()).decode()}"
    return {"type": "image_url", "image_url": {"url": url}}


def _reply(completion: Any) -> Reply:
    """What a server answered.

    Raises:
        ValueError: it is no answer.
    """
    if not isinstance(getattr(completion, "choices", None), list) or not completion.choices:
        raise ValueError("an answer without choices")
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter":
        raise AskError("refused", "the server's content filter ended the answer")
    if choice.message is None or not isinstance(choice.message.content, str):
        raise ValueError(f"an answer without text, finished by {choice.finish_reason}")
    if choice.finish_reason not in ("stop", "length"):
        raise ValueError(f"an answer that was finished by {choice.finish_reason}")
    logprobs = [token.logprob for token in (choice.logprobs and choice.logprobs.content) or []]
    usage = completion.usage
    return Reply(
        text=choice.message.content.strip(),
        finish_reason=choice.finish_reason,
        prompt_tokens=usage.prompt_tokens if usage else 0,
        completion_tokens=usage.completion_tokens if usage else 0,
        mean_logprob=sum(logprobs) / len(logprobs) if logprobs else None,
    )


def _wait(error: Exception, attempt: int) -> float:
    """Seconds until the next attempt: "full jitter" up to a doubling bound, after what the server asks for."""
    bound = min(LONGEST_WAIT, SHORTEST_WAIT * 2**attempt)
    return _retry_after(error) + random.uniform(0, bound)


def _retry_after(error: Exception) -> float:
    response = getattr(error, "response", None)
    try:
        return min(LONGEST_WAIT, float(response.headers["retry-after"])) if response is not None else 0.0
    except (KeyError, ValueError):
        return 0.0
