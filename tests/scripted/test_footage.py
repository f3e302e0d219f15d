"""Footage is what its truth says: cuts, fades, the camera, text."""

import json
from collections import Counter
from dataclasses import replace

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.scripted import footage, lettering
from recaption.scripted.render import RGB, background_matrix, outlines, picture, write
from recaption.scripted.world import Camera, Lettering, Script, Shot, Thing, Transition

SIZE = (426, 240)
FILMS = [footage.footage(5, number) for number in range(60)]


def scene(**later) -> Script:
    thing = Thing("cat", "red", 0.4, 0.8, 0.3)
    shots = tuple(Shot(2.0 * n, 2.0 * n + 2, place, n, (thing,), Camera(), ()) for n, place in enumerate(PLACES))
    return Script(0, 0, 4.0, *SIZE, shots, **later)


PLACES = ("meadow", "night field")


def test_the_same_seed_gives_the_same_film_and_another_one_does_not():
    assert footage.footage(5, 1) == FILMS[1]
    assert footage.footage(6, 1) != FILMS[1] != footage.footage(5, 2)


def test_a_film_survives_json():
    for film in FILMS:
        full = replace(footage.lettered(film), logo=Thing("star", "red", 0.9, 0.2, 0.1), letterbox=0.1, noise=4.0)
        assert Script.from_json(json.loads(json.dumps(full.to_json()))) == full


def test_films_are_as_asked():
    kinds: Counter[str] = Counter()
    for film in FILMS:
        assert 2 <= len(film.shots) <= 6
        assert film.seconds == film.shots[-1].end
        for before, after in zip(film.shots, film.shots[1:], strict=False):
            assert before.end == after.start
            assert before.comes[1] < after.comes[0]
            kinds[after.transition.kind if after.transition else "cut"] += 1
            kinds["same place"] += before.place == after.place
            assert after.transition is None or before.place != after.place
        for shot in film.shots:
            assert 1.95 <= shot.end - shot.start <= 8.05
            kinds[footage.camera(shot)] += 1
    assert min(kinds[name] for name in (*footage.CAMERAS, "dissolve", "black", "cut", "same place")) >= 3
    assert all(start == end for start, end in footage.cuts(footage.footage(5, 3, fades=0.0)))
    assert all(
        0.3 <= end - start <= 0.5 for start, end in footage.cuts(footage.footage(5, 3, (6, 6), (2, 3), 1, (0.3, 0.5)))
    )


@pytest.mark.parametrize("camera", footage.CAMERAS)
def test_a_camera_behaves_as_named(camera):
    film = footage.one_shot(7, 0, camera, 0.1)
    shot = film.shots[0]
    assert footage.camera(shot) == camera
    before, after = shot.camera_at(1.0), shot.camera_at(2.0)
    ways = {
        "pan_left": before.x > after.x,
        "pan_right": before.x < after.x,
        "tilt_up": before.y > after.y,
        "tilt_down": before.y < after.y,
        "zoom_in": before.zoom < after.zoom,
        "zoom_out": before.zoom > after.zoom,
        "roll_clockwise": before.roll < after.roll,
        "roll_anticlockwise": before.roll > after.roll,
    }
    for name, goes in ways.items():
        assert camera == "hand_held" or goes == (name == camera)
    assert any(shot.things_at(1.0)[n].x != shot.things_at(2.0)[n].x for n in range(len(shot.things)))


@pytest.mark.parametrize("camera", footage.CAMERAS)
def test_the_background_moves_as_fast_as_asked(camera):
    means = []
    for number in range(12):
        film = footage.one_shot(8, number, camera, 0.1)
        means.append(np.mean([footage.speed(film, time) for time in np.arange(0.1, film.seconds - 0.1, 0.1)]))
    if camera[:3] in ("pan", "til"):
        assert means == pytest.approx([0.1] * 12)
    elif camera == "hand_held":
        assert np.mean(means) == pytest.approx(0.1, rel=0.1)
    else:
        assert means == pytest.approx([0.0 if camera == "static" else 0.069] * 12, abs=0.002)


def test_the_picture_of_a_camera_that_rolls_clockwise_turns_anticlockwise():
    thing = Thing("ball", "red", 0.5, 0.2, 0.1)
    (_, level), (_, rolled) = (outlines(thing, Camera(roll=roll), *SIZE)[0] for roll in (0.0, 30.0))
    assert rolled[:, 0].mean() < level[:, 0].mean() < SIZE[0] / 2 + 1
    assert rolled[:, 1].mean() > level[:, 1].mean()


VIEWS = {
    **{name: st.floats(0.2, 0.8) for name in ("x", "y")},
    **{"zoom": st.floats(0.5, 2.0), "roll": st.floats(-180, 180)},
}


@given(camera=st.builds(Camera, **VIEWS), x=st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_things_stand_on_the_same_spot_of_the_background_however_the_camera_is_held(camera, x):
    places = []
    for view in (camera, Camera()):
        foot = outlines(Thing("box", "red", x, 0.7, 1e-9), view, *SIZE)[0][1].mean(axis=0)
        places.append(background_matrix(view, *SIZE) @ (*foot, 1))
    assert places[0] == pytest.approx(places[1], abs=1e-3)


def test_a_hand_sways_smoothly_and_nobody_else_does():
    shot = footage.one_shot(9, 0, "hand_held", 0.08).shots[0]
    xs = np.array([shot.camera_at(n / 24).x for n in range(24 * 60)])
    assert np.sqrt(np.mean((xs - 0.5) ** 2)) == pytest.approx(shot.shake, rel=0.15)
    assert np.abs(np.diff(xs)).max() < shot.shake
    assert replace(shot, shake=0.0).camera_at(1.0) == Camera()


def test_a_dissolve_is_both_shots_and_a_fade_goes_through_black():
    hard = scene()
    before, after = (picture(hard, time).astype(int) for time in (1.99, 2.0))
    for kind, middle in (("dissolve", (before + after) / 2), ("black", np.zeros_like(before))):
        shots = (hard.shots[0], replace(hard.shots[1], transition=Transition(kind, 1.0)))
        film = replace(hard, shots=shots)
        assert footage.cuts(film) == [(1.5, 2.5)]
        assert np.abs(picture(film, 2.0) - middle).max() <= 1
        assert (picture(film, 1.5) == before).all()
        assert (picture(film, 2.5) == after).all()
        shares = [np.abs(picture(film, t) - before).mean() for t in (1.5, 1.6, 1.8, 2.0)]
        assert shares == sorted(shares)
        assert len(set(shares)) == 4


def test_a_flash_lights_the_picture_up_for_a_moment():
    film = scene(flashes=(1.0,))
    lights = [picture(film, time).mean() for time in (0.99, 1.0, 1.09, 1.11)]
    assert lights[0] + 40 < lights[1] == lights[2]
    assert lights[3] == lights[0]


def test_bars_are_black_and_lie_over_the_logo_only_where_they_are():
    logo = Thing("ball", "red", 0.9, 0.3, 0.1)
    plain, film = scene(logo=logo), scene(logo=logo, letterbox=0.125, pillarbox=0.05)
    rgb = picture(film, 1.0)
    assert not rgb[:30].any()
    assert not rgb[-30:].any()
    assert not rgb[:, :21].any()
    assert not rgb[:, -21:].any()
    assert (rgb[30:-30, 21:-21] == picture(plain, 1.0)[30:-30, 21:-21]).all()


def test_a_logo_stays_where_it_is_when_the_camera_moves():
    logo = Thing("ball", "red", 0.9, 0.3, 0.1)
    film = replace(footage.one_shot(10, 0, "pan_left", 0.1), logo=logo)
    outline = outlines(logo, Camera(), *SIZE)[0][1]
    x, y = (int(v) for v in outline.mean(axis=0) + (0, 6))
    for time in (0.0, 1.0, 2.0):
        assert np.abs(picture(film, time)[y, x].astype(int) - RGB["red"]).max() <= 6


def test_noise_is_as_strong_as_asked_and_new_in_every_frame():
    grey = replace(scene(), shots=(replace(scene().shots[0], place="hall", things=()),))
    noisy = replace(grey, noise=5.0)
    clean = picture(grey, 0.5).astype(int)
    grains = [picture(noisy, time) - clean for time in (0.5, 0.5, 0.542)]
    assert grains[0].std() == pytest.approx(5.0, rel=0.05)
    assert (grains[0] == grains[1]).all()
    assert abs(np.corrcoef(grains[0].ravel(), grains[2].ravel())[0, 1]) < 0.02


@pytest.mark.parametrize("font", footage.FONTS)
def test_letters_are_inside_their_box_and_reach_its_edges(font):
    text = Lettering("What a day, said Jo.", font, 0.5, 0.5, 0.1, "white", 0.0, 1.0, outlined=True)
    film, bare = scene(texts=(text,)), scene()
    changed = (np.abs(picture(film, 0.5).astype(int) - picture(bare, 0.5)) > 8).any(axis=2)
    left, top, wide, tall = cv2.boundingRect(changed.astype(np.uint8))
    box = lettering.box(text, *SIZE)
    assert np.abs(np.array(box) - (left, top, left + wide, top + tall)).max() <= 1
    assert footage.text_share(film, 0.5) == (box[2] - box[0]) * (box[3] - box[1]) / (SIZE[0] * SIZE[1]) > 0.04
    assert footage.text_share(film, 1.0) == 0
    assert (picture(film, 1.0) == picture(bare, 1.0)).all()


def test_text_that_is_empty_or_outside_takes_up_nothing():
    for words, x in (("", 0.5), ("far away", 5.0)):
        film = scene(texts=(Lettering(words, "DejaVuSans", x, 0.5, 0.1, "white", 0.0, 1.0),))
        assert footage.text_share(film, 0.5) == 0
        assert (picture(film, 0.5) == picture(scene(), 0.5)).all()


def test_lettered_films_have_text_that_stays_in_the_picture():
    for film in FILMS[:20]:
        texts = footage.lettered(film).texts
        assert texts
        for text in texts:
            left, top, right, bottom = lettering.box(text, *SIZE)
            assert 0 < left < right < SIZE[0]
            assert 0 < top < bottom < SIZE[1]


def test_files_have_the_rate_that_was_asked_for_and_less_of_them_is_smaller(tmp_path):
    film = footage.one_shot(11, 0, "pan_left", 0.1, seconds=(3.0, 3.0), size=(214, 120))
    for name, crf in (("fine", 20), ("coarse", 40)):
        write(film, tmp_path / name, fps=24, crf=crf)
    with av.open(str(tmp_path / "fine")) as container:
        assert container.streams.video[0].average_rate == 24
        assert sum(1 for _ in container.decode(video=0)) == 72
    assert (tmp_path / "coarse").stat().st_size < 0.5 * (tmp_path / "fine").stat().st_size
