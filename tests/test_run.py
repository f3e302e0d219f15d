from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recaption import prompts, sources
from recaption.claim import open_run
from recaption.clip import Caption, Clip, Frames, Question, Reply
from recaption.database import Database
from recaption.engines import Engine
from recaption.errors import REASONS, AskError, DecodeError, RunError
from recaption.films import Showing, caption_clips
from recaption.run import Settings
from recaption.schedule import CHUNK, Tally
from recaption.store import Fingerprint, MemoryStore, caption_row
from recaption.video.sample import Every, Sampling, Uniform
from recaption.video.workers import DecodePool
from tests.clips import ColourEngine, colour_answer, make_clips
from tests.loops import in_loop

PROMPTS = prompts.load("default")
DIFFSW = Showing("diffsw", PROMPTS, Every(2.0, 64), longest=1024)
GRID = Showing("grid", PROMPTS, Uniform(4))
USUAL = Settings()
RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)


class Painter:
    """A decoder that paints frames instead of reading them, as many as the clip's name says.

    Attributes:
        calls: the clips that were decoded.
        most_at_once: how many of them at the same time, at most.
    """

    def __init__(
        self, shape: tuple[int, int] = (24, 32), error: Callable[[Clip], Exception | None] | None = None
    ) -> None:
        self.calls: list[Clip] = []
        self.most_at_once = 0
        self._at_once = 0
        self._shape = shape
        self._error = error

    async def decode(self, clip: Clip, sampling: Sampling, longest: int | None) -> Frames:
        self.calls.append(clip)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        await asyncio.sleep(0.001)
        self._at_once -= 1
        if self._error and (error := self._error(clip)):
            raise error
        count = int(Path(clip.path).stem.rpartition("-")[2])
        rgb = np.zeros((count, *self._shape, 3), np.uint8)
        rgb[..., 0] = hash(clip.path) % 251
        rgb += np.arange(count, dtype=np.uint8)[:, None, None, None]
        return Frames(tuple(2.0 * i for i in range(count)), rgb, 2.0 * count, ("truncated",) if count == 9 else ())


def painted(count: int, frames: int = 3) -> list[Clip]:
    return [Clip(f"/films/{i}-{frames}", size=1, mtime_ns=i) for i in range(count)]


async def captioned(
    clips: list[Clip],
    engine: Engine | None = None,
    showing: Showing = DIFFSW,
    settings: Settings = USUAL,
    **painter: object,
) -> tuple[MemoryStore, Tally]:
    store, tally = MemoryStore(), Tally()
    decoder = Painter(**painter)  # type: ignore[arg-type]
    await caption_clips(clips, showing, settings, engine or ColourEngine(), store, decoder, tally)
    return store, tally


def fail_on(word: str, outcome: str | Reply | Exception) -> ColourEngine:
    """An engine that does something else when a word is in the prompt."""
    return ColourEngine(answer=lambda question: outcome if word in question.prompt else None)


@in_loop
async def test_real_clips_from_decoding_to_captions(tmp_path: Path) -> None:
    make_clips(tmp_path, 4)
    (tmp_path / "text.mp4").write_text("no video")
    engine, store, tally = ColourEngine(), MemoryStore(), Tally()
    async with DecodePool(2, 60.0) as pool:
        await caption_clips(sources.clips([str(tmp_path)]), DIFFSW, USUAL, engine, store, pool, tally)
    assert tally == Tally(captioned=4, failed=tally.failed)
    assert tally.failed == {"unreadable": 1}
    for clip, caption in store.captions.items():
        # Frames at 0, 2 and 4 s and the last one: a first question, three pairs, one summary.
        assert [round(step.end, 1) for step in caption.steps] == [0.0, 2.0, 4.0, 5.5], clip
        assert caption.steps[1].text.count(" then ") == 1
        assert caption.text == caption.raw
        assert "of no picture" in caption.text
        assert caption.decode_seconds > 0
    assert len({caption.steps[0].text for caption in store.captions.values()}) == 4
    assert len(engine.asked) == 4 * 5


@in_loop
async def test_clips_are_asked_about_side_by_side() -> None:
    engine = ColourEngine(until=60)
    async with asyncio.timeout(30):
        await captioned(painted(60), engine)
    assert engine.most_waiting == 60


@in_loop
async def test_no_more_clips_are_in_flight_than_allowed() -> None:
    engine = ColourEngine(seconds=0.01, until=7)
    showing, settings = replace(DIFFSW, decodes_in_flight=3), Settings(clips_in_flight=7)
    async with asyncio.timeout(30):
        store, tally = await captioned(painted(40), engine, showing, settings)
    assert engine.most_waiting == 7
    assert len(store.captions) == tally.captioned == 40


@in_loop
async def test_decoding_waits_when_enough_frames_are_held() -> None:
    one = 3 * 24 * 32 * 3
    engine = ColourEngine(seconds=0.01, until=5)
    showing = replace(DIFFSW, frame_bytes=5 * one, decodes_in_flight=3)
    async with asyncio.timeout(30):
        store, _ = await captioned(painted(30), engine, showing)
    assert engine.most_waiting == 5
    assert len(store.captions) == 30


@in_loop
async def test_a_clip_larger_than_the_bound_goes_alone() -> None:
    engine = ColourEngine(seconds=0.002)
    store, _ = await captioned(painted(6), engine, replace(DIFFSW, frame_bytes=1, decodes_in_flight=1))
    assert engine.most_waiting == 1
    assert len(store.captions) == 6


@in_loop
async def test_room_is_given_back_by_clips_that_fail() -> None:
    clips = painted(20)
    showing = replace(DIFFSW, frame_bytes=3 * 3 * 24 * 32 * 3, decodes_in_flight=2)
    error = DecodeError("damaged", "frame 3")
    store, _ = await captioned(clips, None, showing, error=lambda clip: error if clip in clips[::2] else None)
    assert len(store.captions) == len(store.failures) == 10
    store, _ = await captioned(clips, fail_on("frame", AskError("engine", "no")), showing)
    assert len(store.failures) == 20


@in_loop
async def test_the_decoder_gets_no_more_clips_than_it_works_on() -> None:
    store, tally, painter = MemoryStore(), Tally(), Painter()
    await caption_clips(painted(30), replace(DIFFSW, decodes_in_flight=4), USUAL, ColourEngine(), store, painter, tally)
    assert painter.most_at_once == 4


@in_loop
async def test_the_source_is_read_as_it_is_needed() -> None:
    taken = 0

    def endless() -> Iterator[Clip]:
        nonlocal taken
        while True:
            taken += 1
            yield Clip(f"/films/{taken}-2", size=1)

    store, tally = MemoryStore(), Tally()
    settings = Settings(clips_in_flight=5)
    run = asyncio.create_task(caption_clips(endless(), DIFFSW, settings, ColourEngine(), store, Painter(), tally))
    while tally.captioned < 3 * CHUNK:
        await asyncio.sleep(0.001)
        assert taken <= tally.done + 5 + 2 * CHUNK
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert len(store.captions) == tally.captioned


@in_loop
async def test_a_clip_that_comes_twice_is_captioned_once() -> None:
    clips = painted(5)
    engine = ColourEngine(seconds=0.005)
    store, tally = await captioned([*clips, *clips], engine)
    assert len(engine.asked) == 5 * 4
    assert tally.captioned == len(store.captions) == 5


REASON_CASES: list[tuple[str, dict[str, object], ColourEngine | None]] = [
    ("deadline", {"error": lambda clip: DecodeError("deadline", "slow")}, None),
    ("engine", {}, fail_on("first frame", AskError("engine", "it choked"))),
    ("engine", {}, fail_on("first frame", RuntimeError("out of memory"))),
    ("context", {}, fail_on("first frame", AskError("context", "too long"))),
    ("empty", {}, fail_on("first frame", "  \n")),
    ("empty", {}, ColourEngine(answer=lambda question: None if question.pictures else "...")),
    ("refusal", {}, ColourEngine(answer=lambda question: None if question.pictures else "Sorry, I can't describe it.")),
    ("internal", {"error": lambda clip: TypeError("a bug")}, None),
]


@pytest.mark.parametrize(("reason", "painter", "engine"), REASON_CASES)
@in_loop
async def test_a_clip_that_fails_is_told_by_its_reason_and_stops_nothing(
    reason: str, painter: dict[str, object], engine: ColourEngine | None
) -> None:
    only = {"error": lambda clip: painter["error"](clip) if clip.path == "/films/0-3" else None} if painter else {}  # type: ignore[operator]
    store, tally = await captioned(painted(3), engine, **only)
    failed = 1 if painter else 3
    assert reason in REASONS
    assert tally.failed == {reason: failed}
    assert [told for told, _ in store.failures.values()] == [reason] * failed
    assert all(detail for _, detail in store.failures.values())
    assert tally.captioned == 3 - failed


@in_loop
async def test_files_that_cannot_be_read_fail_without_the_decoder() -> None:
    painter, store, tally = Painter(), MemoryStore(), Tally()
    await caption_clips([Clip("/films/gone-3")], DIFFSW, USUAL, ColourEngine(), store, painter, tally)
    assert tally.failed == {"missing": 1}
    assert not painter.calls


@in_loop
async def test_an_engine_that_dies_ends_the_run() -> None:
    answers = 0

    def dying(question: Question) -> Exception | None:
        nonlocal answers
        answers += 1
        return RunError("the engine died") if answers > 20 else None

    store, tally = MemoryStore(), Tally()
    engine = ColourEngine(seconds=0.001, answer=dying)
    with pytest.raises(RunError, match="the engine died"):
        await caption_clips(painted(50), DIFFSW, Settings(clips_in_flight=4), engine, store, Painter(), tally)
    assert 0 < tally.captioned < 20
    assert not store.failures


@in_loop
async def test_an_answer_without_an_end_is_flagged_and_its_last_sentence_goes() -> None:
    cut = Reply("A red ball rolls in from the left. It then stops besi", "length", 9, 12, -0.5)
    store, _ = await captioned(painted(1), ColourEngine(answer=lambda question: None if question.pictures else cut))
    (caption,) = store.captions.values()
    assert caption.text == "A red ball rolls in from the left."
    assert caption.raw == cut.text
    assert "cut" in caption.flags
    assert caption.edits

    store, _ = await captioned(painted(1), fail_on("first frame", replace(cut, text="Cut off in the")))
    (caption,) = store.captions.values()
    assert caption.text == caption.raw
    assert "cut" in caption.flags


@in_loop
async def test_flags_come_from_everywhere_once() -> None:
    settings = Settings(flags=("tiny", "tiny"))
    store, _ = await captioned(painted(1, frames=9), None, DIFFSW, settings)
    (caption,) = store.captions.values()
    assert caption.flags == ("tiny", "truncated")


@in_loop
async def test_tokens_and_log_probabilities_are_those_of_all_answers() -> None:
    replies = iter(
        [Reply("One.", "stop", 10, 4, -1.0), Reply("Two.", "stop", 20, 6, -0.5), Reply("Sum.", "stop", 3, 2, -2)]
    )
    engine = ColourEngine(answer=lambda question: next(replies))
    store, _ = await captioned(painted(1, frames=2), engine)
    (caption,) = store.captions.values()
    assert (caption.prompt_tokens, caption.completion_tokens) == (33, 12)
    assert caption.mean_logprob == pytest.approx(-11 / 12)

    for unknown in (None, float("nan")):
        engine = ColourEngine(answer=lambda question, unknown=unknown: Reply("A ball.", "stop", 1, 1, unknown))
        store, _ = await captioned(painted(1), engine)
        assert [caption.mean_logprob for caption in store.captions.values()] == [None]


@in_loop
async def test_a_grid_is_no_larger_than_the_model_sees() -> None:
    engine = ColourEngine()
    engine.longest = 60  # type: ignore[assignment]
    await captioned(painted(1, frames=4), engine, GRID)
    (question,) = engine.asked
    assert max(question.pictures[0].shape) == 60


@in_loop
async def test_the_layout_of_the_prompt_set_is_what_the_engine_sees() -> None:
    engine = ColourEngine()
    await captioned(painted(1, frames=2), engine, replace(DIFFSW, prompts=prompts.load("sharecaptioner")))
    assert [len(question.pictures) for question in engine.asked] == [1, 1, 0]
    engine = ColourEngine()
    await captioned(painted(1, frames=2), engine)
    assert [len(question.pictures) for question in engine.asked] == [1, 2, 0]
    engine = ColourEngine()
    await captioned(painted(1, frames=4), engine, GRID, Settings(max_tokens=77))
    (question,) = engine.asked
    assert (len(question.pictures), question.max_tokens) == (1, 77)


@in_loop
async def test_steps_that_exceed_the_context_are_summed_up_in_parts() -> None:
    whole = ColourEngine()
    await captioned(painted(1, frames=12), whole)
    longest = max(len(question.prompt) for question in whole.asked if not question.pictures)
    engine = ColourEngine(longest_prompt=longest * 2 // 3)
    store, _ = await captioned(painted(1, frames=12), engine)
    summaries = [question for question in engine.asked if not question.pictures]
    assert len(summaries) == 3
    (caption,) = store.captions.values()
    assert caption.raw == colour_answer(summaries[-1])


def resumable(out: Path) -> Database:
    return open_run(out, RUN)


@in_loop
async def test_a_clip_goes_on_where_it_was_given_up(tmp_path: Path) -> None:
    """DiffSW is stopped after some questions; nothing that was answered is asked again, and the row is the same."""
    clips = painted(6, frames=5)
    whole, _ = await captioned(clips)
    answers = 0

    def dying(question: Question) -> Exception | None:
        nonlocal answers
        answers += 1
        return RunError("power cut") if answers > 17 else None

    first, store = ColourEngine(answer=dying), resumable(tmp_path)
    with pytest.raises(RunError):
        await caption_clips(clips, DIFFSW, USUAL, first, store, Painter(), Tally())
    store.close()

    second, store, tally = ColourEngine(), resumable(tmp_path), Tally()
    await caption_clips(clips, DIFFSW, USUAL, second, store, Painter(), tally)
    assert len(second.asked) == 6 * 6 - 17
    assert tally.captioned + tally.captioned_before == 6
    store.close()

    third, store, tally = ColourEngine(), resumable(tmp_path), Tally()
    await caption_clips(clips, DIFFSW, USUAL, third, store, Painter(), tally)
    assert not third.asked
    assert tally == Tally(captioned_before=6)
    for clip, line in zip(sorted(clips, key=lambda clip: clip.path), store.lines(captioned=True), strict=True):
        assert same_row(line, whole.captions[clip], clip)
    store.close()


def same_row(line: str, caption: Caption, clip: Clip) -> bool:
    """Whether a stored row tells the same as a caption; how long it took aside."""
    expected = json.loads(json.dumps(caption_row(clip, caption, RUN)))
    row = json.loads(line)
    return {**row, "seconds": None} == {**expected, "seconds": None}


@in_loop
async def test_failed_clips_are_left_alone_until_they_are_asked_for() -> None:
    clips = painted(6)
    store, tally = MemoryStore(), Tally()
    broken = {clips[1], clips[4]}
    error = DecodeError("crashed", "the decoder crashed")
    painter = Painter(error=lambda clip: error if clip in broken else None)
    await caption_clips(clips[:5], DIFFSW, USUAL, ColourEngine(), store, painter, tally)
    assert (tally.captioned, tally.failed) == (3, {"crashed": 2})

    tally = Tally()
    await caption_clips(clips[:5], DIFFSW, USUAL, ColourEngine(), store, Painter(), tally)
    assert tally == Tally(captioned_before=3, failed_before=2)

    tally = Tally()
    await caption_clips(clips, DIFFSW, Settings(retry_failed=True), ColourEngine(), store, Painter(), tally)
    assert tally == Tally(captioned=2, captioned_before=3, left=1)
    assert not store.failures
    assert clips[5] not in store.captions


@in_loop
async def test_a_file_that_was_repaired_is_taken_by_retry_failed(tmp_path: Path) -> None:
    store, broken = resumable(tmp_path), Clip("/films/a-3", size=5, mtime_ns=1)
    await store.fail(broken, "unreadable", "cut off")
    tally = Tally()
    repaired = replace(broken, size=9, mtime_ns=2)
    await caption_clips([repaired], DIFFSW, Settings(retry_failed=True), ColourEngine(), store, Painter(), tally)
    assert tally == Tally(captioned=1)
    assert store.counts() == (1, {})
    store.close()


@in_loop
async def test_an_empty_answer_is_not_kept() -> None:
    store, tally = MemoryStore(), Tally()
    await caption_clips(painted(1), DIFFSW, USUAL, fail_on("first frame", ""), store, Painter(), tally)
    assert tally.failed == {"empty": 1}
    tally = Tally()
    await caption_clips(painted(1), DIFFSW, Settings(retry_failed=True), ColourEngine(), store, Painter(), tally)
    assert tally == Tally(captioned=1)


@in_loop
async def test_a_store_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    store = resumable(tmp_path)
    store._db.execute("PRAGMA max_page_count = 14")
    with pytest.raises(RunError, match="full"):
        await caption_clips(painted(300), DIFFSW, USUAL, ColourEngine(), store, Painter(), Tally())
    store.close()


@in_loop
async def test_a_source_that_fails_ends_the_run() -> None:
    def broken() -> Iterator[Clip]:
        yield painted(1)[0]
        raise RunError("the list is damaged")

    with pytest.raises(RunError, match="the list is damaged"):
        await caption_clips(broken(), DIFFSW, USUAL, ColourEngine(), MemoryStore(), Painter(), Tally())


@in_loop
async def test_a_person_s_words_are_merged_into_the_caption() -> None:
    engine = ColourEngine()
    clips = [replace(one, text="a red ball") for one in painted(1, frames=3)]
    await captioned(clips, engine, replace(DIFFSW, mode="frames"))
    *frames, merge = engine.asked
    assert [len(question.pictures) for question in frames] == [1, 1, 1]
    assert not any("a red ball" in question.prompt for question in frames)
    assert "a red ball" in merge.prompt
    assert all(colour_answer(question) in merge.prompt for question in frames)


@in_loop
async def test_history_shows_each_frame_once_and_all_that_was_said() -> None:
    engine = ColourEngine()
    await captioned(painted(1, frames=3), engine, replace(DIFFSW, mode="diffsw, history"))
    *talk, summary = engine.asked
    assert [len(question.pictures) for question in talk] == [1, 1, 1]
    assert [len(question.earlier) for question in (*talk, summary)] == [0, 1, 2, 0]
    assert talk[2].earlier[0] == talk[1].earlier[0]
    assert talk[2].earlier[1].reply == colour_answer(talk[1])


@in_loop
async def test_a_history_that_no_longer_fits_forgets_its_older_half() -> None:
    class Short(ColourEngine):
        def fits(self, question: Question) -> bool:
            return len(question.earlier) <= 4

    engine = Short()
    await captioned(painted(1, frames=9), engine, replace(DIFFSW, mode="diffsw, history"))
    assert [len(question.earlier) for question in engine.asked[:-1]] == [0, 1, 2, 3, 4, 3, 4, 3, 4]


@in_loop
async def test_the_frames_of_a_video_go_with_their_times() -> None:
    engine = ColourEngine()
    await captioned(painted(1, frames=4), engine, replace(DIFFSW, mode="video"))
    (question,) = engine.asked
    assert (len(question.pictures), question.times) == (4, (0.0, 2.0, 4.0, 6.0))


@in_loop
async def test_three_captions_of_a_clip_are_kept() -> None:
    engine = ColourEngine()
    clips = [replace(one, text="a red ball") for one in painted(1, frames=4)]
    store, _ = await captioned(clips, engine, replace(DIFFSW, mode="svd"))
    video, middle, join = sorted(engine.asked, key=lambda question: -len(question.pictures))
    assert (len(video.pictures), video.times) == (4, (0.0, 2.0, 4.0, 6.0))
    # Frame 2 of four is the one at 4 s, half of the clip.
    assert int(middle.pictures[0][0, 0, 1]) == 2
    assert "4.00 seconds" in middle.prompt
    assert [question.prompt.count("a red ball") for question in (video, middle, join)] == [1, 0, 1]
    (caption,) = store.captions.values()
    told = [(step.start, step.end, step.text) for step in caption.steps]
    assert told == [(0.0, 8.0, colour_answer(video)), (4.0, 4.0, colour_answer(middle))]
    assert all(text in join.prompt for _, _, text in told)
    assert caption.raw == colour_answer(join)
    assert caption.text


@in_loop
async def test_a_clip_of_one_frame_has_three_captions_too() -> None:
    store, _ = await captioned(painted(1, frames=1), showing=replace(DIFFSW, mode="svd"))
    (caption,) = store.captions.values()
    assert [(step.start, step.end) for step in caption.steps] == [(0.0, 2.0), (0.0, 0.0)]
