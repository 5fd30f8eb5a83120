"""Keep files by their content, after looking at what they really are."""

import hashlib
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import fsspec

from engine import errors

SIZE_LIMIT: Final = 25_000_000  # bytes
_PIECE: Final = 65_536  # bytes that are read or written at once
_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# What zipfile raises for archives that are damaged, or made to break their reader.
_UNREADABLE: Final = (
    zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError, struct.error,
)  # fmt: skip
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain",
}


class UnacceptableFile(errors.Invalid):
    """The file is not of a kind that is kept here."""


class TooLarge(UnacceptableFile):
    """The file is larger than 25 MB."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store."""

    file_name: str
    media_type: str
    size: int
    sha256: str
    location: str


class DocumentStore:
    """Files under a folder, or under any address that fsspec knows."""

    def __init__(self, url: str) -> None:
        """Open the store at `url` ("file:///…", "s3://…", "memory://…")."""
        self._files, self._root = fsspec.core.url_to_fs(url)

    def put(self, file_name: str, data: bytes) -> Stored:
        """Keep a file; the same content is kept once.

        Raises:
            UnacceptableFile: its kind is not accepted, or its content is not what its name says.
            TooLarge: it is too large.
        """
        name = re.sub(r"[^\w.() -]", "_", file_name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
        extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
        if len(data) > SIZE_LIMIT:
            raise TooLarge
        if extension not in MEDIA_TYPES:
            raise UnacceptableFile(
                f"“{name[:80]}” is not accepted. Upload a PDF, Word, OpenDocument, JPEG, PNG or "
                "text file."
            )
        if not _is(extension, data):
            raise UnacceptableFile(
                f"“{name[:80]}” is not what its name says. Save it again as a real "
                f"{extension.upper()} file, and upload that."
            )
        digest = hashlib.sha256(data).hexdigest()
        location = f"{digest[:2]}/{digest}.{extension}"
        path = f"{self._root}/{location}"
        if not self._files.exists(path):
            self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._files.pipe_file(path, data)
        return Stored(name[-200:], MEDIA_TYPES[extension], len(data), digest, location)

    def keep(self, name: str, file: IO[bytes]) -> str:
        """Keep what the program made itself, under a name of its own; return its location."""
        location = f"made/{name}"
        path = f"{self._root}/{location}"
        self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        with self._files.open(path, "wb") as target:
            while piece := file.read(_PIECE):
                target.write(piece)
        return location

    def remove(self, location: str) -> None:
        """Remove a file for good, if it is there."""
        path = f"{self._root}/{location}"
        if self._files.exists(path):
            self._files.rm_file(path)

    def keep_file(self, file_name: str, made: Path) -> dict[str, str | int]:
        """Keep a file that ehcflow has made itself, by pieces: of any kind and any size.

        Args:
            file_name: What it is called when it is taken.
            made: Where it lies now.

        Returns:
            Its name, size, SHA-256 and location.
        """
        with made.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        location = f"made/{digest[:2]}/{digest}{made.suffix}"
        path = f"{self._root}/{location}"
        if not self._files.exists(path):
            self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._files.put_file(str(made), path)
        size = made.stat().st_size
        return {"name": file_name, "size": size, "sha256": digest, "location": location}

    def pieces(self, location: str) -> Iterator[bytes]:
        """Yield a stored file piece by piece.

        Raises:
            FileNotFoundError: there is none.
        """
        with self._files.open(f"{self._root}/{location}", "rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def get(self, location: str) -> bytes:
        """Return the bytes of a stored file.

        Raises:
            FileNotFoundError: there is none.
        """
        content: bytes = self._files.cat_file(f"{self._root}/{location}")
        return content


def _is(extension: str, data: bytes) -> bool:  # noqa: PLR0911 (one answer a kind of file)
    match extension:
        case "pdf":
            return data.startswith(b"%PDF-")
        case "png":
            return data.startswith(b"\x89PNG\r\n\x1a\n")
        case "jpg" | "jpeg":
            return data.startswith(b"\xff\xd8\xff")
        case "txt":
            return bool(data) and not _TEXT.search(data[:100_000])
        case "docx":
            return _has_member(data, "word/document.xml")
    return _has_member(data, "content.xml")


def _has_member(data: bytes, member: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return member in archive.namelist()
    except _UNREADABLE:
        return False
