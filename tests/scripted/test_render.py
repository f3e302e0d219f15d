"""Pictures show what the script says, and files hold the pictures."""

import hashlib

import av
import numpy as np
import pytest

from recaption.errors import RunError
from recaption.scripted import files
from recaption.scripted.plan import plan
from recaption.scripted.render import FPS, RGB, picture
from recaption.scripted.sight import box, see
from recaption.scripted.world import Camera, Script, Shot, Thing


def scene(*things: Thing, camera: Camera | None = None) -> Script:
    shot = Shot(0.0, 2.0, "meadow", 1, things, camera or Camera(), ())
    return Script(0, 0, 2.0, 427, 240, (shot,))


@pytest.mark.parametrize("colour", sorted(RGB))
def test_a_thing_is_drawn_in_its_colour_where_it_stands(colour):
    thing = Thing("ball", colour, 0.3, 0.8, 0.4)
    rgb = picture(scene(thing), 0.0)
    left, top, right, bottom = box(thing, Camera(), 427 / 240)
    x, y = int((left + right) / 2 * 427), int((0.75 * bottom + 0.25 * top) * 240)
    assert np.abs(rgb[y, x].astype(int) - RGB[colour]).max() <= 6


def test_a_thing_leaves_the_rest_of_the_picture_as_it_is():
    empty, full = picture(scene(), 0.0), picture(scene(Thing("cat", "red", 0.3, 0.8, 0.4)), 0.0)
    changed = (empty != full).any(axis=2)
    columns = np.flatnonzero(changed.any(axis=0)) / 427
    assert 0.15 < columns.min() < columns.max() < 0.45


@pytest.mark.parametrize(
    "camera", [Camera(x=0.6), Camera(x=0.4), Camera(y=0.6), Camera(y=0.4), Camera(zoom=1.3), Camera(zoom=0.8)]
)
def test_every_move_of_the_camera_changes_the_background(camera):
    still, moved = picture(scene(), 0.0).astype(int), picture(scene(camera=camera), 0.0).astype(int)
    assert (np.abs(still - moved).max(axis=2) > 8).mean() > 0.03


def test_every_event_changes_the_picture():
    for number in range(25):
        script = plan(2, number, size=(320, 180))
        for shot in script.shots:
            for event in shot.events:
                if event.action in ("stops", "meets"):
                    continue
                before = picture(script, max(event.start - 0.02, shot.start)).astype(int)
                after = picture(script, min(event.end + 0.02, shot.end - 0.01)).astype(int)
                assert (np.abs(before - after).max(axis=2) > 20).mean() > 0.001, (number, event)


def test_files_hold_the_pictures_and_the_truth(tmp_path):
    made = dict(files.make(tmp_path, 2, seed=5, seconds=(2.0, 3.0), size=(320, 180)))
    assert files.read(tmp_path / "scripts.jsonl") == {str(path): script for path, script in made.items()}
    path, script = next(iter(made.items()))
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == round(script.seconds * FPS)
    for number in (0, len(frames) // 2, len(frames) - 1):
        error = np.abs(frames[number].astype(int) - picture(script, number / FPS)).mean()
        assert error < 6


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    digests = set()
    for name in ("a", "b"):
        for path, _ in files.make(tmp_path / name, 1, seed=5, seconds=(2.0, 2.5), size=(320, 180)):
            digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_file_that_is_no_truth_is_refused_by_name(tmp_path):
    wrong = tmp_path / "scripts.jsonl"
    wrong.write_text('{"file": "x.mp4"}\n')
    with pytest.raises(RunError, match=r"scripts\.jsonl"):
        files.read(wrong)


def test_sight_sees_only_what_is_in_the_picture():
    inside, outside = Thing("cat", "red", 0.5, 0.8, 0.3), Thing("duck", "blue", 1.4, 0.8, 0.3)
    assert list(see(scene(inside, outside), 0.0).things) == [0]
