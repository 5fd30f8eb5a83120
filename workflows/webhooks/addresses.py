"""Where webhooks may be sent: to public addresses over HTTPS, never to what stands inside.

A name is resolved anew for every delivery, all its addresses are looked at, and the connection is made
to one of those very addresses: a name that points elsewhere a moment later changes nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from engine import errors

LONGEST: Final = 500
HTTPS_PORTS: Final = frozenset({443, 8443})
# Names that never lead outside, whatever a resolver says of them.
INSIDE_NAMES: Final = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64: Final = ipaddress.ip_network("64:ff9b:1::/48")
# Given to protocols, and used for metadata by a cloud; Python counts some of it as global.
_PROTOCOLS: Final = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("192.88.99.0/24"))
_SITE_LOCAL: Final = ipaddress.ip_network("fec0::/10")
_TEREDO: Final = ipaddress.ip_network("2001::/32")
_SIX_TO_FOUR: Final = ipaddress.ip_network("2002::/16")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]


class InsideAddress(errors.Invalid):
    """This address is not reachable from outside. Webhooks are sent to public addresses only."""


class BadWebhookAddress(errors.Invalid):
    """Enter an address of the web that begins with “https”."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a delivery goes: the name that is asked for, and the addresses that it may go to."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...] = ()


def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of a host.

    Raises:
        OSError: it has none, or cannot be asked now.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parse(text: str, allowed: frozenset[str] = frozenset()) -> Target:
    """Return where an address leads, before any name is resolved.

    Args:
        text: As it was entered.
        allowed: Hosts ("name:port") that may be inside and without TLS; for tests alone.

    Raises:
        BadWebhookAddress: it is no address, not over HTTPS, or has a name and password in it.
        InsideAddress: it is plainly inside.
    """
    parts, port = _split(text)
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.username is not None or parts.password is not None or not host or "@" in parts.netloc:
        raise BadWebhookAddress("Enter an address with a host, and without name and password.")
    if parts.fragment or any(ord(sign) <= ord(" ") or sign == "\\" for sign in text):
        raise BadWebhookAddress("Enter an address without spaces, “#” and “\\”.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(parts.scheme, host, port, path)
    if f"{host}:{port}" in allowed and parts.scheme in {"http", "https"}:
        return target
    if parts.scheme != "https" or port not in HTTPS_PORTS:
        raise BadWebhookAddress("Enter an address that begins with https://, on port 443 or 8443.")
    _refuse_inside_name(host)
    return target


def _split(text: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(text)
        port = parts.port or (80 if parts.scheme == "http" else 443)
    except ValueError as error:
        raise BadWebhookAddress from error
    if len(text) > LONGEST or not text.isascii():
        raise BadWebhookAddress(f"Enter an address of at most {LONGEST} plain characters.")
    return parts, port


def _refuse_inside_name(host: str) -> None:
    literal = _literal(host)
    if literal is not None:
        if not is_public(literal):
            raise InsideAddress
        return
    last = host.rpartition(".")[2]
    if "." not in host or last in INSIDE_NAMES or last.isdigit() or last.startswith("0x"):
        raise InsideAddress


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def checked(
    target: Target, resolver: Resolver = resolve, allowed: frozenset[str] = frozenset()
) -> Target:
    """Return the target with its addresses, all of which are public.

    Raises:
        InsideAddress: one of them is not: then none is used.
        OSError: the name has no address, or cannot be resolved now.
    """
    found = tuple(resolver(target.host, target.port))
    if not found:
        raise OSError(f"“{target.host}” has no address.")
    if f"{target.host}:{target.port}" not in allowed:
        for each in found:
            if not is_public(ipaddress.ip_address(each.partition("%")[0])):
                raise InsideAddress
    return Target(target.scheme, target.host, target.port, target.path, found)


def is_public(address: Address) -> bool:
    """Tell whether an address is outside: not private, loopback, link-local, metadata, multicast.

    Addresses of version 6 that carry one of version 4 are as public as that one.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = _carried(address)
        if inner is not None:
            return is_public(inner)
    elif any(address in network for network in _PROTOCOLS):
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return ipaddress.IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    never = (_TEREDO, _LOCAL_NAT64, _SITE_LOCAL)
    if any(address in network for network in never) or int(address) >> 32 == 0:
        return ipaddress.IPv4Address("127.0.0.1")  # as inside as that one
    return None
