import numpy as np
import pytest

from recaption.scripted.plan import plan
from recaption.scripted.shapes import KINDS
from recaption.scripted.sight import Difference, Sight, differences, see
from recaption.scripted.world import ACTIONS, CAMERA, COLOURS
from scripts.tiny import oracle

SIDE = 6


def told(count: int) -> list[tuple[Difference, Sight, Sight, np.ndarray, np.ndarray]]:
    """Differences of neighbouring frames of some clips, with what the frames show and their patches."""
    found = []
    for number in range(count):
        script = plan(5, number)
        for start in np.arange(0.0, script.seconds - 2, 2.0):
            first, second = see(script, start), see(script, start + 2)
            before, after = (oracle.patches(script, time, SIDE) for time in (start, start + 2))
            found += [(d, first, second, before, after) for d in differences(first, second)]
    return found


def kind(difference: Difference) -> int:
    """The column of a difference's thing."""
    return oracle.KIND.start + KINDS.index(difference.name.split(" ")[1])


@pytest.mark.parametrize("side", [6, 12])
def test_patches_show_the_things_that_are_there(side: int) -> None:
    script = plan(5, 1)
    numbers = oracle.patches(script, 0.0, side)
    assert numbers.shape == (side * side, oracle.SIZE)
    things = see(script, 0.0).things.values()
    kinds, colours = numbers[:, oracle.KIND], numbers[:, oracle.COLOUR]
    assert {KINDS[i] for i in np.flatnonzero(kinds.sum(0) > 0.2)} == {thing.kind for thing in things}
    assert {COLOURS[i] for i in np.flatnonzero(colours.sum(0) > 0.2)} == {thing.colour for thing in things}
    assert (kinds.sum(1) <= 1 + 1e-6).all()


def test_changes_stand_where_they_can_be_seen() -> None:
    cases = told(30)
    assert len({d.action for d, *_ in cases}) > 15
    for difference, first, second, before, after in cases:
        happened = oracle.changes(first, second, before, after)[:, ACTIONS.index(difference.action)]
        if difference.name == CAMERA:
            assert (happened == 1).all()
        else:
            seen = np.maximum(before[:, kind(difference)], after[:, kind(difference)]) > 0
            assert happened.any()
            assert seen[happened.argmax()]


def test_motion_goes_the_way_that_is_told() -> None:
    ways = []
    for difference, first, second, before, after in told(40):
        if difference.action not in ("moves_left", "moves_right") or first.camera != second.camera:
            continue
        motion = oracle.motion(before, after)
        mine = (after[:, kind(difference)] > 0.5) & (motion[:, 0] > 0.5)
        ways += [(w > 0) == (difference.action == "moves_right") for w in motion[mine, 1]]
    assert len(ways) > 20
    assert np.mean(ways) > 0.95


def test_the_scenery_flows_against_the_camera() -> None:
    signs = {"pans_left": (1, 1), "pans_right": (1, -1), "tilts_up": (2, 1), "tilts_down": (2, -1)}
    signs |= {"zooms_in": (3, 1), "zooms_out": (3, -1)}
    seen = set()
    for difference, first, second, _, after in told(60):
        if difference.name != CAMERA or difference.action == "cuts":
            continue
        flow = oracle.flow(first, second, after)
        column, sign = signs[difference.action]
        assert np.sign(flow[:, column].mean()) == sign, difference
        assert (flow[:, 0] <= 1 + 1e-6).all()
        seen.add(difference.action)
    assert seen == set(signs)


def test_scenery_that_stays_does_not_flow() -> None:
    still = [(f, s, a) for _, f, s, _, a in told(10) if f.shot == s.shot and f.camera == s.camera]
    assert still
    for first, second, after in still:
        assert np.allclose(oracle.flow(first, second, after)[:, 1:], 0)
