"""Make a system on a temporary database with chosen diagrams; nothing that happens there leaves it.

It has no worker and no sender: what a diagram would send stays queued, and goes with the folder.
"""

import atexit
import functools
import hashlib
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from engine import errors, ports
from engine.clock import MovableClock
from engine.commands.publish_definitions import PublishDefinitions
from engine.queries import definition_list
from workflows import bootstrap
from workflows.bootstrap import System
from workflows.demo import organisation

REASON: Final = "For a sandbox"
KEPT: Final = 4  # templates: one a set of diagrams
FILE: Final = "sandbox.sqlite3"


@dataclass(slots=True)
class Template:
    """A database with the example county and a set of diagrams, to be copied."""

    path: Path
    system: System


class Places:
    """Makes sandboxes in a folder that goes with the process. Safe to share between threads."""

    def __init__(self) -> None:
        """Make the folder."""
        self._folder = Path(tempfile.mkdtemp(prefix="ehcflow-sandbox-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._templates: dict[str, Template] = {}
        self._lock = threading.Lock()

    def open(self, files: Mapping[str, bytes]) -> System:
        """Return a system in which just these files are live (file name to content).

        Raises:
            errors.Invalid: the files cannot be published together.
        """
        template = self._template(files)
        place = self._folder / uuid4().hex
        place.mkdir()
        _copy(template.path, place / FILE)
        system = _system(place)
        system.executor.bundles = template.system.executor.bundles  # parsed once a set of diagrams
        return system

    def close(self, system: System) -> None:
        """Remove a sandbox with all that happened in it."""
        system.engine.dispose()
        shutil.rmtree(Path(str(system.engine.url.database)).parent, ignore_errors=True)

    def _template(self, files: Mapping[str, bytes]) -> Template:
        with self._lock:
            mark = checksum(files)
            if mark not in self._templates:
                made = self._make(files)
                while len(self._templates) >= KEPT:
                    self.close(self._templates.pop(next(iter(self._templates))).system)
                self._templates[mark] = made
            return self._templates[mark]

    def _make(self, files: Mapping[str, bytes]) -> Template:
        place = self._folder / uuid4().hex
        place.mkdir()
        _copy(self._empty(), place / FILE)
        system = _system(place)
        try:
            system.execute(PublishDefinitions(files, REASON), ports.SYSTEM)
        except errors.Invalid:
            self.close(system)
            raise
        with system.read() as connection:
            live = definition_list.processes(connection)
        for each in live:
            system.executor.bundles.get(each.bundle_id)
        return Template(place / FILE, system)

    def _empty(self) -> Path:
        """Return a database with the schema and the example county, made at the first call."""
        place = self._folder / "empty"
        if not place.exists():
            place.mkdir()
            bootstrap.migrate(f"sqlite:///{place / FILE}")
            system = _system(place)
            organisation.install(system.engine, organisation.new_password())
            system.engine.dispose()
        return place / FILE


@functools.cache
def places() -> Places:
    """Return the places of this operating system process."""
    return Places()


def checksum(files: Mapping[str, bytes]) -> str:
    """Return what tells one set of files from another, whatever they are called."""
    contents = sorted(hashlib.sha256(data).hexdigest() for data in files.values())
    return hashlib.sha256("".join(contents).encode()).hexdigest()


def _system(place: Path) -> System:
    clock = MovableClock(frozen=MovableClock().now())
    return bootstrap.build(
        f"sqlite:///{place / FILE}", f"file://{place / 'documents'}", clock=clock, drafts=True
    )


def _copy(source: Path, target: Path) -> None:
    """Copy a database with all that was committed, wherever SQLite has it just now."""
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)
