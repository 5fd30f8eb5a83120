"""Word files as people and attackers make them, from the delivered template."""

import io
import zipfile
from collections.abc import Mapping

from workflows.notices import word

BODY = "word/document.xml"
TYPES = "[Content_Types].xml"


def parts() -> dict[str, bytes]:
    """Return the parts of the delivered template."""
    with zipfile.ZipFile(word.DELIVERED) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a .docx of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def changed(name: str, old: str, new: str) -> bytes:
    """Return the delivered template with a text of a part exchanged."""
    files = parts()
    assert old.encode() in files[name], f"{old} is not in {name}"
    files[name] = files[name].replace(old.encode(), new.encode())
    return packed(files)


def with_part(name: str, data: bytes) -> bytes:
    """Return the delivered template with a further part."""
    return packed({**parts(), name: data})


def printing(text: str) -> bytes:
    """Return the delivered template, which prints something more."""
    return changed(BODY, "{{ authority }}", "{{ authority }} " + text)
