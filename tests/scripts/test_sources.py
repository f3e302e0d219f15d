from __future__ import annotations

import itertools

from recaption.evaluate.matcher import read
from scripts.tiny import batches
from scripts.tiny.sources import sources


def test_each_sentence_of_a_summary_has_sources_that_tell_the_same() -> None:
    summaries = itertools.islice(batches.stream(3, {"summary": 1.0}, 8), 4)
    for lesson in itertools.chain.from_iterable(lessons for _, lessons in summaries):
        question, used = lesson.prompt.text, []
        for sentence, found in sources(question, lesson.answer):
            events = read(lesson.answer[sentence.start : sentence.end])
            told = [event for source in found for event in read(question[source.start : source.end])]
            assert found
            assert set(told) <= set(events)
            used += found
        assert len(used) == len(set(used))


def test_a_sentence_that_tells_the_same_again_comes_from_the_next_one() -> None:
    question = "Frame 1 at 2.00 seconds: The red cat jumps. Frame 2 at 4.00 seconds: The red cat leaps into the air."
    found = [[source.start for source in places] for _, places in sources(question, "The red cat jumps. It jumps.")]
    assert found[0] == [0]
    found = [[s.start for s in places] for _, places in sources(question, "The red cat jumps. The red cat hops.")]
    assert found == [[0], [question.index("Frame 2")]]
