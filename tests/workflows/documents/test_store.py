"""Files are kept by what they are, and refused when they are not what their name says."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from workflows.documents.store import (
    MEDIA_TYPES,
    SIZE_LIMIT,
    DocumentStore,
    TooLarge,
    UnacceptableFile,
)


def archive(member: str) -> bytes:
    with (held := io.BytesIO()), zipfile.ZipFile(held, "w") as zipped:
        zipped.writestr(member, "<document/>")
        zipped.close()
        return held.getvalue()


WORD, OPEN = archive("word/document.xml"), archive("content.xml")
CONTENT = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01",
    "docx": WORD,
    "odt": OPEN,
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "txt": "Ada’s views.\r\n\tShe likes maths.".encode(),
}


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(f"file://{tmp_path}")


def kept(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.*"))


def test_every_kind_that_is_accepted_has_an_example_here() -> None:
    assert set(CONTENT) == set(MEDIA_TYPES)


@pytest.mark.parametrize("extension", CONTENT)
def test_a_file_that_is_what_its_name_says_is_kept(store: DocumentStore, extension: str) -> None:
    stored = store.put(f"Report (2).{extension.upper()}", CONTENT[extension])

    assert store.get(stored.location) == CONTENT[extension]
    assert stored.file_name == f"Report (2).{extension.upper()}"
    assert stored.media_type == MEDIA_TYPES[extension]
    assert stored.size == len(CONTENT[extension])


@pytest.mark.parametrize("extension", CONTENT)
@pytest.mark.parametrize("content", CONTENT)
def test_a_file_that_is_something_else_is_refused(
    store: DocumentStore, tmp_path: Path, extension: str, content: str
) -> None:
    if MEDIA_TYPES[extension] == MEDIA_TYPES[content]:
        return
    message = f"“a.{extension}” is not what its name says. Save it again as a real"

    with pytest.raises(UnacceptableFile, match=message):
        store.put(f"a.{extension}", CONTENT[content])

    assert kept(tmp_path) == []


@pytest.mark.parametrize("extension", CONTENT)
@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", b"PK\x03\x04 broken", b"GIF89a\x01\x00\x01\x00"],
    ids=["empty", "Windows program", "Linux program", "broken archive", "GIF"],
)
def test_a_program_or_nothing_under_a_harmless_name_is_refused(
    store: DocumentStore, tmp_path: Path, extension: str, content: bytes
) -> None:
    with pytest.raises(UnacceptableFile, match="is not what its name says"):
        store.put(f"letter.{extension}", content)

    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "setup.exe",
        "page.html",
        "drawing.svg",
        "macro.docm",
        "report.pdf.exe",
        "pdf",
        "",
        "a.",
    ],
)
def test_a_kind_that_is_not_kept_here_is_refused_with_the_kinds_that_are(
    store: DocumentStore, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UnacceptableFile, match=r"is not accepted\. Upload a PDF, Word,"):
        store.put(name, CONTENT["pdf"])

    assert kept(tmp_path) == []


def test_a_file_is_kept_up_to_the_limit_and_refused_beyond(
    store: DocumentStore, tmp_path: Path
) -> None:
    largest = CONTENT["pdf"].ljust(SIZE_LIMIT, b" ")

    with pytest.raises(TooLarge, match="larger than 25 MB"):
        store.put("large.pdf", largest + b" ")
    refused = kept(tmp_path)
    stored = store.put("large.pdf", largest)

    assert refused == []
    assert stored.size == SIZE_LIMIT


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../etc/report.pdf", "report.pdf"),
        ("/var/www/report.pdf", "report.pdf"),
        (r"C:\Users\asha\report.pdf", "report.pdf"),
        (r"..\..\report.pdf", "report.pdf"),
        ("report\x00.txt.pdf", "report_.txt.pdf"),
        ("re\r\nport.pdf", "re__port.pdf"),
        ('re"port;<b>.pdf', "re_port__b_.pdf"),
        ("Aïcha’s rapport.pdf", "Aïcha_s rapport.pdf"),
        ("~root$HOME`id`.pdf", "_root_HOME_id_.pdf"),
    ],
)
def test_a_path_in_a_name_leads_nowhere(
    store: DocumentStore, tmp_path: Path, name: str, called: str
) -> None:
    stored = store.put(name, CONTENT["pdf"])

    assert stored.file_name == called
    assert kept(tmp_path) == [stored.location]
    assert stored.location == f"{stored.sha256[:2]}/{stored.sha256}.pdf"


@given(st.text(max_size=300))
def test_no_name_at_all_leaves_the_store(name: str) -> None:
    stored = DocumentStore("memory://names").put(f"{name}.pdf", CONTENT["pdf"])

    assert not set(stored.file_name) & set("/\\\x00\r\n\"'<>&;")
    assert len(stored.file_name) <= 200
    assert stored.file_name.endswith(".pdf")


@given(st.binary(max_size=400), st.integers(0, len(WORD)))
def test_no_damaged_archive_breaks_the_check(noise: bytes, position: int) -> None:
    damaged = WORD[:position] + noise + WORD[position + len(noise) :]
    store = DocumentStore("memory://damaged")

    try:
        stored = store.put("report.docx", damaged)
    except UnacceptableFile:
        return
    assert store.get(stored.location) == damaged


def test_the_same_content_is_kept_once(store: DocumentStore, tmp_path: Path) -> None:
    one = store.put("one.pdf", CONTENT["pdf"])
    two = store.put("two.pdf", CONTENT["pdf"])

    assert (one.location, one.file_name) == (two.location, "one.pdf")
    assert kept(tmp_path) == [one.location]


def test_a_file_that_is_gone_is_missed(store: DocumentStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.get("00/nothing.pdf")
