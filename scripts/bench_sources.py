"""How soon the first of two million clips comes from a source, and what memory it takes to go through all of them.

python -m scripts.bench_sources --clips 2000000 --objects 5000 --out benchmarks/sources.json

Each source is read in a process of its own, as a run reads it: checked, then clip by clip. Rows name objects on S3, of
which none is asked for; members of the tar hold nothing. A folder of S3 with `--objects` objects is listed from a
server on loopback (moto). Seconds are those of the process from its start; MiB are its greatest resident memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.measure import surroundings, write

BUCKET = "films"


def _path(number: int) -> str:
    return f"s3://{BUCKET}/some/folder/of/films/{number:08}.mp4"


def _csv(path: Path, count: int) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "text"])
        writer.writerows((_path(number), f"a dog runs over the wet grass, {number}") for number in range(count))


def _jsonl(path: Path, count: int) -> None:
    with path.open("w") as file:
        for number in range(count):
            file.write(json.dumps({"path": _path(number), "text": f"a dog, {number}"}) + "\n")


def _parquet(path: Path, count: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(
        pa.table({"path": [_path(number) for number in range(count)], "text": ["a dog"] * count}),
        path,
        row_group_size=2**17,
    )


def _tar(path: Path, count: int) -> None:
    with path.open("wb") as file:
        for number in range(count):
            file.write(tarfile.TarInfo(f"{number:08}.mp4").tobuf(tarfile.USTAR_FORMAT))
        file.write(bytes(2 * tarfile.BLOCKSIZE))


SOURCES = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "tar": _tar}


@contextmanager
def _s3(count: int) -> Iterator[None]:
    """A server of S3 with many objects, to which the environment points."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "word",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    for number in range(count):
        client.put_object(Bucket=BUCKET, Key=f"folder/{number:08}.mp4", Body=b"film")
    try:
        yield
    finally:
        server.stop()


def _read(source: str) -> dict[str, float]:
    """What it takes to go through a source, in a process of its own."""
    command = [sys.executable, "-m", "scripts.bench_sources", "--read", source]
    line = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(line))


def _reading(source: str, started: float) -> dict[str, float]:
    from recaption import sources

    columns = sources.Columns(text="text")
    sources.check([source], columns)
    stream: Iterable[object] = sources.clips([source], columns=columns)
    iterator = iter(stream)
    next(iterator)
    first = time.time() - started
    count = 1 + sum(1 for _ in iterator)
    # Not getrusage, which counts the parent's memory from before this program was put in its place.
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return {
        "clips": count,
        "seconds to the first clip": round(first, 2),
        "seconds to the last": round(time.time() - started, 1),
        "peak MiB": round(peak),
    }


def main() -> None:
    started = time.time()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2_000_000)
    parser.add_argument("--objects", type=int, default=5000)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/sources.json"))
    parser.add_argument("--read", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        print(json.dumps(_reading(arguments.read, started)))
        return
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in SOURCES.items():
            path = Path(folder) / f"clips.{name}"
            make(path, arguments.clips)
            found[name] = _read(str(path))
            path.unlink()
            print(name, found[name])
    with _s3(arguments.objects):
        found["folder of S3"] = _read(f"s3://{BUCKET}/folder")
        print("folder of S3", found["folder of S3"])
    write(arguments.out, {**surroundings("fsspec", "pyarrow", "s3fs"), "sources": found})


if __name__ == "__main__":
    main()
