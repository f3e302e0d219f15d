"""True words: what the grammar says of a script is what the frames show."""

import random
from itertools import pairwise

from recaption.evaluate.matcher import names_in, read
from recaption.evaluate.report import frame_times
from recaption.scripted import grammar
from recaption.scripted.plan import plan
from recaption.scripted.sight import differences, see


def test_a_frame_is_told_with_everything_that_is_seen():
    for number in range(200):
        script = plan(21, number)
        sight = see(script, 0.0)
        text = grammar.frame(sight, random.Random(number))
        assert set(names_in(text)) == {thing.name for thing in sight.things.values()}, text


def test_a_difference_is_told_with_every_event_and_nothing_else():
    for number in range(200):
        script = plan(22, number)
        for a, b in pairwise(see(script, t) for t in frame_times(script)):
            found = differences(a, b)
            text = grammar.difference(a, b, random.Random(number))
            told = {(t.name, t.action) for t in read(text)}
            if found and found[0].action == "cuts":
                assert ("camera", "cuts") in told
                continue
            assert told == {(d.name, d.action) for d in found}, text


def test_a_caption_tells_each_event_once():
    for number in range(200):
        script = plan(23, number)
        times = frame_times(script)
        rng = random.Random(number)
        told, found = grammar.steps(script, times, rng)
        caption = grammar.summary(told, found, rng)
        events = {(d.name, d.action) for step in found for d in step}
        assert events <= {(t.name, t.action) for t in read(caption)}, caption
        assert "\n" not in caption


def test_the_same_script_is_told_in_many_ways():
    script = plan(24, 0)
    captions = {grammar.caption(script, frame_times(script), random.Random(i)) for i in range(50)}
    assert len(captions) > 40
