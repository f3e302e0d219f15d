"""Objects behind URLs, through fsspec: what is there, and its bytes. No secret of a URL gets into an error."""

from __future__ import annotations

import errno
import io
import logging
import posixpath
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, TypeVar

from recaption import urls
from recaption.clip import Place
from recaption.errors import MissingExtra
from recaption.storage.spool import Spool

log = logging.getLogger(__name__)

BLOCK = 2**18
"""Bytes that are asked for at a time where a file is read here and there."""
PIECE = 2**23
"""Bytes of a part of a file that are held in memory while it is fetched."""
TRIES = 4
WAIT = 0.5
"""Seconds before the second try; each later wait is twice as long."""
SILENCE = 60.0
"""Seconds without a byte after which a web server counts as gone."""

_FOR_GOOD = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError, RecursionError)
"""Errors that asking again does not help against."""
_NO_CHAIN = re.compile(r"::(?!(?:[a-z][a-z0-9+.-]*::)*(?:[a-z][a-z0-9+.-]*://|/))")
"""Colons in a name, behind which no other URL begins as fsspec chains them."""

T = TypeVar("T")


class StorageError(OSError):
    """Something behind a URL cannot be had.

    Attributes:
        reason: "missing" (not there, or not for us) or "unreachable" (its server does not give it).
        is_transient: asking again may help.
    """

    def __init__(self, message: str, reason: str, is_transient: bool = False) -> None:
        super().__init__(message)
        self.reason = reason
        self.is_transient = is_transient


@dataclass(frozen=True)
class Found:
    """A file or folder behind a URL; size in bytes and modification time are 0 where the server does not tell them."""

    url: str
    size: int = 0
    mtime_ns: int = 0
    is_folder: bool = False


def look(url: str) -> Found:
    """What is behind a URL.

    Raises:
        StorageError: nothing, or it cannot be had.
        MissingExtra: fsspec or aiohttp is not installed.
    """
    fs, path = filesystem(url)
    entry = _again(url, lambda: fs.info(path))
    # A web server knows no folders; what its listings name so ends in a slash.
    is_folder = entry["type"] == "directory" or (url.startswith("http") and url.partition("?")[0].endswith("/"))
    return Found(url, int(entry.get("size") or 0), _mtime_ns(entry), is_folder)


def exists(url: str) -> bool:
    """Whether something is behind a URL.

    Raises:
        StorageError: nobody can say.
    """
    try:
        look(url)
    except StorageError as error:
        if error.reason == "missing":
            return False
        raise
    return True


def files(url: str) -> Iterator[Found]:
    """The files in a folder and in its folders, by name, without those whose names begin with a dot.

    Of S3 one page of a listing is held at a time, of anything else the listings of the folders on the way.

    Raises:
        StorageError: it cannot be listed.
    """
    fs, path = filesystem(url)
    yield from _objects(fs, url, path) if hasattr(fs, "call_s3") else _walk(fs, url, path)


def _objects(fs: Any, url: str, path: str) -> Iterator[Found]:
    bucket, _, key = path.partition("/")
    prefix = f"{key.rstrip('/')}/" if key.strip("/") else ""
    asked = {"Bucket": bucket, "Prefix": prefix}
    while True:
        page = _again(url, partial(fs.call_s3, "list_objects_v2", **asked))
        for entry in page.get("Contents", ()):
            inside = entry["Key"][len(prefix) :]
            if inside and not inside.endswith("/") and not any(part.startswith(".") for part in inside.split("/")):
                yield Found(f"s3://{bucket}/{entry['Key']}", entry["Size"], _mtime_ns(entry))
        if not page.get("IsTruncated"):
            return
        asked["ContinuationToken"] = page["NextContinuationToken"]


def _walk(fs: Any, url: str, folder: str) -> Iterator[Found]:
    entries = _again(url, lambda: fs.ls(folder, detail=True))
    fs.invalidate_cache(folder)
    is_web = "http" in fs.protocol
    for entry in sorted(entries, key=lambda entry: entry["name"]):
        path = _below(folder, entry["name"]) if is_web else entry["name"]
        name = path.rstrip("/")
        if not name or name.rpartition("/")[2].startswith(".") or name == folder.rstrip("/"):
            continue
        if entry["type"] == "directory":
            yield from _walk(fs, url, path)
        else:
            yield Found(fs.unstrip_protocol(path), int(entry.get("size") or 0), _mtime_ns(entry))


def _below(folder: str, link: str) -> str:
    """A link on the page of a web server's folder, without detours; "" where it is no plain name in the folder."""
    plain = _plain(link) + ("/" if link.endswith("/") else "")
    return plain if plain.startswith(f"{_plain(folder)}/") and not re.search("[?#]", plain) else ""


def _plain(url: str) -> str:
    scheme, slashes, rest = url.partition("://")
    return scheme + slashes + posixpath.normpath(rest)


def fetch(url: str, offset: int = 0, size: int | None = None) -> Spool:
    """Fetch an object, or a part of one, to a local disk.

    Raises:
        StorageError: it cannot be had, or not whole.
    """
    spool = Spool()
    if size is None:
        fs, path = filesystem(url)
        _again(url, lambda: fs.get_file(path, spool.path))
        return spool
    with at(Place(url)) as file:
        file.seek(offset)
        while size:
            piece = file.read(min(size, PIECE))
            if not piece:
                raise StorageError(f"{urls.public(url)}: it ends before byte {offset + size}", "unreachable")
            spool.file.write(piece)
            size -= len(piece)
    spool.file.flush()
    return spool


def opened(path: str) -> BinaryIO:
    """A file, or what is behind a URL, to be read anywhere in it; see `in_parts`.

    Raises:
        StorageError: (reading too) it cannot be had.
        OSError: a file cannot be opened.
    """
    return at(in_parts(path))


def in_parts(path: str) -> Place:
    """The place of a file, or of what is behind a URL, that can be read from its middle.

    Where a web server gives only all of a file, all of it is fetched.

    Raises:
        StorageError: it cannot be had.
    """
    if not urls.is_url(path):
        return Place(path)
    fs, inside = filesystem(path)
    # Other kinds of storage all bear it, and web servers do not say so.
    if "http" not in fs.protocol or _gives_parts(path, fs, inside):
        return Place(path)
    log.info("%s: its server gives no parts of files, so all of it is fetched", urls.public(path))
    spool = fetch(path)
    return Place(spool.path, held=spool)


def at(place: Place) -> BinaryIO:
    """All that is at a place that `in_parts` gave; raises as `opened`."""
    if not urls.is_url(place.url):
        return open(place.url, "rb")
    return io.BufferedReader(_Parts(place.url), BLOCK)


def _gives_parts(url: str, fs: Any, inside: str) -> bool:
    def ask() -> bool:
        with _opened(fs, inside) as file:
            if not getattr(file, "size", None) or not file.seekable():
                return False
            try:
                file.seek(1)
                file.read(1)
            except ValueError:  # of fsspec, when the answer is the whole file
                return False
            return True

    return _again(url, ask)


def _opened(fs: Any, inside: str) -> Any:
    return fs.open(inside, "rb", block_size=BLOCK, cache_type="none")


class _Parts(io.RawIOBase):
    """A file of fsspec that asks again when its server breaks off."""

    def __init__(self, url: str) -> None:
        self.url = url
        fs, inside = filesystem(url)
        self._file = _again(url, lambda: _opened(fs, inside))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        end = min(self._at + len(buffer), self._file.size)
        if end <= self._at:
            return 0

        def read() -> bytes:
            self._file.seek(self._at)
            piece = self._file.read(end - self._at)
            if len(piece) < end - self._at:
                raise ConnectionError("the answer is too short")
            return bytes(piece)

        piece = _again(self.url, read)
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def filesystem(url: str) -> tuple[Any, str]:
    """The file system of fsspec for a URL, and the URL's path in it.

    Raises:
        StorageError: there is none for it, or its package is not installed.
        MissingExtra: fsspec or aiohttp is not installed.
    """
    try:
        from fsspec.core import get_filesystem_class, url_to_fs
    except ImportError:
        raise MissingExtra("fsspec", "remote") from None
    web = {scheme: {"client_kwargs": _web()} for scheme in ("http", "https") if f"{scheme}://" in url}
    try:
        with told(url):
            if _NO_CHAIN.search(url):
                scheme = url.partition("://")[0]
                kind = get_filesystem_class(scheme)
                fs, path = kind(**kind._get_kwargs_from_urls(url), **web.get(scheme, {})), kind._strip_protocol(url)
            else:
                fs, path = url_to_fs(url, **web)
    except ImportError as error:
        raise StorageError(
            f"{urls.public(url)}: {error} ('recaption[remote]' has s3fs and aiohttp)", "unreachable"
        ) from error
    return fs, path


def check_package(url: str) -> None:
    """Refuse a URL whose kind of storage needs a package that is missing. Of a kind that nobody knows, its clip tells.

    Raises:
        StorageError: the package is not installed.
        MissingExtra: fsspec or aiohttp is not installed.
    """
    try:
        filesystem(url)
    except StorageError as error:
        if isinstance(error.__cause__, ImportError):
            raise


def _web() -> dict[str, Any]:
    try:
        import aiohttp
    except ImportError:
        raise MissingExtra("aiohttp", "remote") from None
    return {"timeout": aiohttp.ClientTimeout(total=None, sock_connect=SILENCE, sock_read=SILENCE)}


@contextmanager
def told(url: str) -> Iterator[None]:
    """Make whatever fsspec and its libraries raise a StorageError without secrets; ImportError stays."""
    try:
        yield
    except (StorageError, MissingExtra, ImportError):
        raise
    except Exception as error:
        raise _error(url, error) from None


def _again(url: str, ask: Callable[[], T]) -> T:
    """Ask up to TRIES times, as long as that may help."""
    for number in range(TRIES):
        try:
            with told(url):
                return ask()
        except StorageError as error:
            if not error.is_transient or number == TRIES - 1:
                raise
            time.sleep(WAIT * 2**number)
    raise AssertionError("unreachable")


def _error(url: str, error: BaseException) -> StorageError:
    shown = urls.public(url)
    chain = list(_chain(error))
    status = next((status for each in chain if (status := _status(each))), None)
    kinds = {type(each).__name__ for each in chain}
    if status in (401, 403) or isinstance(error, PermissionError) or "NoCredentialsError" in kinds:
        return StorageError(f"{shown}: whoever asks with these credentials, or none, may not read it", "missing")
    # fsspec calls a web server that cannot be reached a file that is not found, too.
    is_absent = isinstance(error, FileNotFoundError) and isinstance(chain[-1], (FileNotFoundError, *_FOR_GOOD))
    if status in (404, 410) or is_absent or (status is None and error.args[:1] == (errno.ENOENT,)):
        return StorageError(f"{shown}: there is nothing", "missing")
    if status is not None:
        return StorageError(f"{shown}: its server answers {status}", "unreachable", status >= 500 or status == 429)
    last = chain[-1]
    words = urls.without_secrets(str(last)) or "no answer"
    return StorageError(f"{shown}: {type(last).__name__}: {words}", "unreachable", not isinstance(last, _FOR_GOOD))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was raised from."""
    each: BaseException | None = error
    while each is not None:
        yield each
        each = each.__cause__


def _status(error: BaseException) -> int | None:
    """The status of HTTP in an error of aiohttp, botocore, huggingface_hub, gcsfs or azure."""
    response = getattr(error, "response", None)
    told = [response.get("ResponseMetadata", {}).get("HTTPStatusCode")] if isinstance(response, dict) else []
    told += [getattr(each, name, None) for each in (error, response) for name in ("status", "status_code")]
    if type(error).__module__.startswith("gcsfs"):  # that of aiohttp for an answer that breaks off is none
        told.append(getattr(error, "code", None))
    return next((status for status in told if isinstance(status, int) and 400 <= status < 600), None)


def _mtime_ns(entry: dict[str, Any]) -> int:
    """When a file was changed, in nanoseconds; 0 where its listing does not tell it."""
    value = next((entry[key] for key in ("LastModified", "last_modified", "mtime", "updated") if entry.get(key)), None)
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    seconds = value.timestamp() if isinstance(value, datetime) else value
    return round(seconds * 10**9) if isinstance(seconds, int | float) else 0
