"""Old seeds keep their bytes: what the renderer learned later does not touch scripts that have none of it.

The hashes were taken before it learned anything.
"""

import hashlib
import json

from recaption.scripted import files
from recaption.scripted.plan import plan
from recaption.scripted.render import picture


def test_rows_are_as_they_were():
    rows = "".join(json.dumps(plan(11, number).to_json()) + "\n" for number in range(200))
    digest = hashlib.sha256(rows.encode()).hexdigest()
    assert digest == "4185d3c493d3f2658215d3544d90d4f1946adaf7e24ec80540b2c8a17d77f10e"


def test_pictures_are_as_they_were():
    digest = hashlib.sha256()
    for number in range(6):
        script = plan(11, number, size=(320, 180))
        for time in (0.0, script.seconds / 3, script.seconds * 2 / 3, script.seconds - 0.1):
            digest.update(picture(script, time).tobytes())
    assert digest.hexdigest() == "35dcd18a839678de8dee616bc37338b7b2167c6e1c67aa17b2515aa05d55ea63"


def test_files_are_as_they_were(tmp_path):
    paths = [path for path, _ in files.make(tmp_path, 2, 7, (2.0, 3.0), (320, 180))]
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*paths, tmp_path / files.TRUTH)] == [
        "41cdbdd801789982c8d79d0a30134b69df72e63e9ea3326766d2bed9e731d29f",
        "37bd55a701455da45d3c295efd50a77198d3ffc0ee03a33f14ce6f1430939303",
        "21bf8d22605025907db1bbb963ba10e7eade0cde8df77a21ceb9082c12bb1aae",
    ]
