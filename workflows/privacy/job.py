"""What a worker does about access to data: make bundles, remove old ones, and erase cases."""

import datetime as dt
import hashlib
import logging
import tempfile
from collections.abc import Callable
from typing import Final
from uuid import UUID

from engine import errors, ports
from workflows.bootstrap import System
from workflows.commands.end_subject_request import EndSubjectRequest
from workflows.commands.erase_case import EraseCase
from workflows.commands.forget_bundle import ForgetBundle
from workflows.commands.report_subject_request import ReportSubjectRequest
from workflows.privacy import bundle
from workflows.privacy.bundle import Contents, File
from workflows.privacy.redaction import Redaction
from workflows.queries import subject_request_page
from workflows.queries.subject_request_page import Subject
from workflows.store import erasure, retention, subject_requests

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 5  # seconds
SILENT_FOR: Final = dt.timedelta(minutes=30)  # after which a worker is given up for dead
AT_ONCE: Final = 20  # cases that are erased in one look
IN_MEMORY: Final = 5_000_000  # bytes of a bundle; what is larger goes to a temporary file
MISSING: Final = "A file of this case is missing in the document store: "


def look(system: System) -> None:
    """Do what waits; any number of workers may do so."""
    remove_old(system)
    make_bundles(system)
    erase(system)


def make_bundles(system: System) -> int:
    """Make the bundles that were released; return how many."""
    made = 0
    while True:
        now = system.executor.clock.now()
        with system.read() as connection:
            waiting = subject_requests.next_waiting(connection, silent_since=now - SILENT_FOR)
        if waiting is None:
            return made
        system.execute(ReportSubjectRequest(waiting, 0.0), ports.SYSTEM)
        _make(system, waiting)
        made += 1


def remove_old(system: System) -> None:
    """Remove the bundles whose time is over."""
    with system.read() as connection:
        old = subject_requests.expired(connection, system.executor.clock.now())
    for request_id, location in old:
        system.documents.remove(location)
        system.execute(ForgetBundle(request_id), ports.SYSTEM)


def erase(system: System) -> int:
    """Erase some of the cases that two people let be erased; return how many were looked at.

    A case goes first, its files after: files without a case are found by nobody, and a case whose
    files were gone would be worse.
    """
    for done in range(AT_ONCE):
        with system.read() as connection:
            item = retention.next_item(connection)
            files = erasure.files_of(connection, item[1]) if item else frozenset()
        if item is None:
            return done
        outcome = system.execute(EraseCase(*item), ports.SYSTEM)
        if outcome.changes:
            for each in files:
                system.documents.remove(each)
            logger.info("case erased", extra={"case": str(item[1]), "files": len(files)})
    return AT_ONCE


def _make(system: System, request_id: UUID) -> None:
    def report(progress: float) -> None:
        system.execute(ReportSubjectRequest(request_id, progress), ports.SYSTEM)

    try:
        location, sha256 = _write(system, request_id, report)
    except FileNotFoundError as error:
        problem = f"{MISSING}{error.filename or error}"
        system.execute(EndSubjectRequest(request_id, problem=problem), ports.SYSTEM)
    except errors.Refused as refusal:
        system.execute(EndSubjectRequest(request_id, problem=refusal.message), ports.SYSTEM)
    else:
        system.execute(EndSubjectRequest(request_id, location, sha256), ports.SYSTEM)


def _write(system: System, request_id: UUID, report: Callable[[float], None]) -> tuple[str, str]:
    with system.read() as connection:
        request = subject_requests.load(connection, request_id)
        subject = subject_request_page.subject(connection, request)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        bundle.write(file, contents(system, subject), Redaction(request.redact), report)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        return system.documents.keep(f"{request_id}.zip", file), sha256


def contents(system: System, subject: Subject) -> Contents:
    """Return what goes into the bundle of a request: the documents that were looked at, and no others."""
    given = [each for each in subject.documents if each.id in subject.request.documents]
    files = [
        File(each.id, name, lambda location=location: system.documents.get(location))  # type: ignore[misc]
        for each in given
        for name, location in each.locations
    ]
    received = subject.request.received_on
    asked = (
        f"{subject.request.requester} asked on {received.day} {received:%B %Y} to see what is held. "
        "This is everything that this system holds on the cases below: here as tables to read, in "
        "the folder “csv” and the file “data.json” for programs, and the documents in the folder "
        "“files”."
    )
    hidden = (
        "Where it says “[blacked out]”, the name or address of somebody else stood. Left out are "
        "secrets of the machine, and what protects a child, a family or legal proceedings."
    )
    return Contents(
        f"What is held about {subject.child_name}",
        (asked, hidden),
        subject.cases,
        subject.names,
        files,
        [each.title for each in subject.documents if each not in given],
    )
