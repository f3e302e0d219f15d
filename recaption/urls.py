"""Paths and URLs as text: where a clip lies, without secrets, and what it is called there.

A member of an archive is written as fsspec writes it, `tar://MEMBER::ARCHIVE`, and one whose bytes are in a row of a
data set in the same manner, `row://ROW/NAME::SOURCE`.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, quote, unquote, urlencode

_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*::)*[a-z][a-z0-9+.-]*://")
_SCHEMES = re.compile(_URL.pattern, re.IGNORECASE)
_WEB = re.compile(r"(?:.*::)?https?://", re.DOTALL)
"""Only these have a query; in S3 and its like a question mark is a letter of a name."""
_MEMBER = re.compile(rf"(tar|row)://(?:(.*?)::((?:{_URL.pattern}|/).*)|(.*)::(.*))", re.DOTALL)
_LOCAL = re.compile(r"(file|local)://(?:localhost(?=/))?")
_USER = re.compile(r"(\b(?:github://[^/?#\s]*|(?:abfss?|wasbs?|az|oci)://[^/?#\s:@]*)@)|(://)[^/?#\s]*@")
"""Who asks, and first where that is the name of a container or repository instead."""
_IN_TEXT = re.compile(
    r"(?:(?<=')[a-z][a-z0-9+.-]*://[^'\n]+(?='))|(?:(?<=\")[a-z][a-z0-9+.-]*://[^\"\n]+(?=\"))"
    r"|[a-z][a-z0-9+.-]*://[^\s'\"<>]+",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"(.*[-_])?(token|secret|signature|sig|sign|password|passwd|pwd|auth|authorization|credentials?|jwt)"
    r"|(access|auth|session|security)token|api[-_]?key|access[-_]?key([-_]?id)?"
    r"|(aws|oss)accesskeyid|googleaccessid|expires|policy|key-pair-id|x-(amz|goog|oss|cos)-.*"
    r"|q-(ak|sign-algorithm|sign-time|key-time|header-list|url-param-list)",
    re.IGNORECASE,
)
"""Names of query parameters that say who asks and until when he may, not what he asks for."""
_AZURE = frozenset(["sv", "ss", "srt", "sp", "se", "st", "spr", "sip", "sr", "sig", "skoid", "sktid", "skt", "ske"])
"""Those of a shared access signature (learn.microsoft.com/rest/api/storageservices/create-service-sas)."""


def is_url(path: str) -> bool:
    """Whether a path is a URL, a member of an archive included, and none of this machine's disks."""
    return bool(_URL.match(path))


def absolute(path: str | os.PathLike[str], folder: str | None = None) -> str:
    """A path as it means the same from everywhere: absolute, or a URL.

    Args:
        folder: where relative paths count from, itself a path or a URL; None for the current folder.
    """
    text = _lowered(os.fspath(path))
    if found := member(text):
        return f"{found[0]}://{found[1]}::{absolute(found[2])}"
    if local := _LOCAL.match(text):
        inside = text[local.end() :]
        return os.path.abspath(unquote(inside, errors="surrogateescape") if local[1] == "file" else inside)
    if is_url(text):
        return text
    if folder is None or not is_url(folder) or os.path.isabs(text):
        return os.path.abspath(os.path.join(folder or "", text))
    scheme, _, rest = folder.rpartition("://")
    host, _, inside = rest.partition("/")
    # The name of a file may hold what would end the path of a web address.
    name = quote(text) if scheme.startswith("http") else text
    return f"{scheme}://{host}/{posixpath.normpath(posixpath.join('/', inside, name)).lstrip('/')}"


def parent(path: str) -> str:
    """The folder of a file."""
    return posixpath.dirname(_file(path)) if is_url(path) else os.path.dirname(path)


def name(path: str) -> str:
    """What a file is called in its folder or archive."""
    if found := member(path):
        return PurePosixPath(found[1]).name
    if not is_url(path):
        return PurePosixPath(path).name
    last = PurePosixPath(_file(path)).name
    return unquote(last) if _WEB.match(path) else last


def suffix(path: str) -> str:
    """The suffix of a file's name, in small letters."""
    return PurePosixPath(name(path)).suffix.lower()


def member(path: str) -> tuple[str, str, str] | None:
    """ "tar" or "row", the member and its archive; None for what lies in none."""
    found = _MEMBER.fullmatch(path)
    return (found[1], found[2] or found[4] or "", found[3] or found[5] or "") if found else None


def is_in_row(path: str) -> bool:
    """Whether a clip's bytes came with a row; they are nowhere else."""
    return path.startswith("row://")


def public(url: str) -> str:
    """A URL without names, passwords and signatures: the same for whoever asks, today and tomorrow."""
    if found := member(url):
        return f"{found[0]}://{found[1]}::{public(found[2])}"
    if not is_url(url):
        return url
    url = _USER.sub(r"\1\2", url)
    if not _WEB.match(url):
        return url
    bare, question, query = url.partition("#")[0].partition("?")
    if not question:
        return bare
    pairs = parse_qsl(query, keep_blank_values=True)
    is_azure = any(key == "sig" for key, _ in pairs)
    kept = [(key, value) for key, value in pairs if not (_SECRET.fullmatch(key) or (is_azure and key in _AZURE))]
    if len(kept) == len(pairs):
        return f"{bare}?{query}"
    return f"{bare}?{urlencode(kept)}" if kept else bare


def without_secrets(text: str) -> str:
    """A text, such as an error of somebody else's, with all URLs in it made `public`."""
    return _IN_TEXT.sub(lambda found: public(_lowered(found[0])), text)


def _file(url: str) -> str:
    """A URL up to its query."""
    return re.split("[?#]", url, maxsplit=1)[0] if _WEB.match(url) else url


def _lowered(path: str) -> str:
    """A URL with its schemes in small letters."""
    return _SCHEMES.sub(lambda found: found[0].lower(), path, count=1) if _SCHEMES.match(path) else path
