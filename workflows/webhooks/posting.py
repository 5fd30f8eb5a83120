"""Post a delivery over one connection, to a checked address: no proxy, no redirect, little patience."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from workflows.webhooks.addresses import Target

CONNECT_WITHIN: Final = 5.0  # seconds
ANSWER_WITHIN: Final = 10.0
ALL_WITHIN: Final = 20.0
ANSWER_LIMIT: Final = 4_096  # bytes that are read of an answer: it means nothing to us
ADDRESSES_TRIED: Final = 3
SUCCESS: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: the HTTP status, None where there was none; and what went wrong."""

    status: int | None
    problem: str
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        """The receiver has it."""
        return not self.problem


class _Pinned(http.client.HTTPConnection):
    """A connection to an address, under the name that it was resolved from."""

    def __init__(self, target: Target, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=ANSWER_WITHIN)
        self._target = target
        self._context = context

    @override
    def connect(self) -> None:
        """Connect to the first address that answers."""
        self.sock = _first(self._target)
        self.sock.settimeout(ANSWER_WITHIN)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self._target.host)


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Post a body; whatever is not a success says why.

    Args:
        target: With addresses that were checked.
        body: JSON.
        headers: Beside those of HTTP itself.
        context: What certificates are trusted; by default those of the machine.
    """
    begun = time.monotonic()
    trusted = (context or ssl.create_default_context()) if target.scheme == "https" else None
    connection = _Pinned(target, trusted)
    status, problem = None, ""
    try:
        with _at_most(connection, ALL_WITHIN):
            connection.request("POST", target.path, body, {**headers, "Connection": "close"})
            answer = connection.getresponse()
            answer.read(ANSWER_LIMIT)
            status = answer.status
        problem = _problem(status)
    except (OSError, http.client.HTTPException, ValueError) as error:
        problem = _said(error)
    finally:
        connection.close()
    return Answer(status, problem, round((time.monotonic() - begun) * 1000))


def _problem(status: int) -> str:
    if status in SUCCESS:
        return ""
    if 300 <= status < 400:  # noqa: PLR2004 (redirections)
        return f"The receiver answered {status}: redirects are not followed."
    return f"The receiver answered {status}."


# In this order, since some are kinds of others; none tells what stands inside.
_FAULTS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ssl.SSLCertVerificationError, "The certificate of the receiver is not accepted."),
    (ssl.SSLError, "There is no secure connection."),
    (TimeoutError, "The receiver took too long."),
    (ConnectionRefusedError, "The receiver refused the connection."),
    (OSError, "The connection broke or could not be made."),
)


def _said(error: Exception) -> str:
    return next(
        (words for kind, words in _FAULTS if isinstance(error, kind)), "The answer is no HTTP."
    )


def _first(target: Target) -> socket.socket:
    fault: OSError = OSError(f"“{target.host}” has no address.")
    for address in target.addresses[:ADDRESSES_TRIED]:
        try:
            return socket.create_connection((address, target.port), CONNECT_WITHIN)
        except OSError as error:
            fault = error
    raise fault


@contextlib.contextmanager
def _at_most(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cut a connection whose other end sends a byte now and then for ever."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        sock = connection.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
