"""Scripts follow from their seed, and every event of them can be seen."""

from collections import Counter
from itertools import combinations

import pytest

from recaption.scripted.plan import plan
from recaption.scripted.shapes import KINDS
from recaption.scripted.sight import box, seen_share
from recaption.scripted.world import ACTIONS, COLOURS, SIDES, Camera, Script

SCRIPTS = [plan(11, number) for number in range(400)]


def test_the_same_seed_gives_the_same_script():
    assert plan(3, 7) == plan(3, 7)
    assert plan(3, 7) != plan(3, 8)
    assert plan(3, 7) != plan(4, 7)


def test_a_script_survives_json():
    for script in SCRIPTS[:50]:
        assert Script.from_json(script.to_json()) == script


def test_there_is_as_much_as_promised():
    assert len(KINDS) >= 30
    assert len(COLOURS) == 10
    counts = Counter(event.action for script in SCRIPTS for event in script.events)
    assert set(counts) == set(ACTIONS)
    assert min(counts.values()) >= 5
    assert {len(script.shots) for script in SCRIPTS} == {1, 2, 3}
    things = Counter(sum(t.here for t in shot.things) for script in SCRIPTS for shot in script.shots)
    assert set(things) == {1, 2, 3, 4}


def test_clips_are_as_long_and_as_large_as_asked():
    script = plan(1, 1, seconds=(3.0, 4.0), size=(320, 180))
    assert 3.0 <= script.seconds <= 4.0
    assert (script.width, script.height) == (320, 180)


def test_a_kind_stands_for_one_thing_in_a_clip():
    for script in SCRIPTS:
        kinds = [thing.kind for shot in script.shots for thing in shot.things]
        assert len(kinds) == len(set(kinds))


def test_no_event_happens_twice_to_the_same_thing_in_a_shot():
    for script in SCRIPTS:
        for shot in script.shots:
            told = [(event.subject, event.action) for event in shot.events]
            assert len(told) == len(set(told))


def test_events_keep_to_their_shot_and_follow_each_other():
    for script in SCRIPTS:
        for shot in script.shots:
            for event in shot.events:
                assert shot.start <= event.start < event.end <= shot.end
            for a, b in combinations(shot.events, 2):
                if a.subject == b.subject and a.changes and b.changes:
                    assert a.end <= b.start


def test_between_events_everything_that_is_there_is_in_the_picture():
    for script in SCRIPTS[:150]:
        aspect = script.width / script.height
        for shot in script.shots:
            for time in [shot.start, *(event.end + 0.01 for event in shot.events)]:
                if any(e.start <= time < e.end for e in shot.events):
                    continue
                for thing in shot.things_at(time):
                    assert not thing.here or seen_share(thing, shot.camera_at(time), aspect) > 0.8


def test_some_things_hide_a_part_of_others():
    hidden = 0
    for script in SCRIPTS:
        for one, other in combinations([t for t in script.shots[0].things if t.here], 2):
            a, b = (box(t, Camera(), script.width / script.height) for t in (one, other))
            hidden += min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])
    assert hidden > 10


@pytest.mark.parametrize("side", SIDES)
def test_who_enters_from_a_side_is_there_afterwards_and_who_leaves_is_not(side):
    seen = set()
    for script in SCRIPTS:
        for shot in script.shots:
            for event in shot.events:
                if event.action in (f"enters_{side}", f"leaves_{side}"):
                    enters = event.action.startswith("enters")
                    assert shot.things_at(event.end + 0.01)[event.subject].here == enters
                    assert shot.things_at(event.start - 0.01)[event.subject].here != enters
                    seen.add(event.action)
    assert len(seen) == 2
