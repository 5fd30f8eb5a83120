"""Tests talk to this machine alone: a connection to anywhere else is an error."""

import ipaddress
import sys

LOCAL_NAMES = frozenset({"localhost", "", "0.0.0.0", "::"})


class OutsideConnectionError(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: str | bytes | None) -> bool:
    """Tell whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else host or ""
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refuse_outside(event: str, arguments: tuple[object, ...]) -> None:
    """Raise for a look-up of, or a connection to, another machine (an audit hook of Python)."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if (host is None or isinstance(host, str | bytes)) and not is_local(host):
        raise OutsideConnectionError(f"Tests reach no other machine, but this one wants {host!r}.")


def pytest_configure() -> None:
    """Watch the sockets of this process from now on."""
    sys.addaudithook(refuse_outside)
