"""Webhooks go outside and nowhere else: the table of what is refused, by name and by address."""

import ipaddress
from collections.abc import Iterable

import pytest

from workflows.webhooks import addresses
from workflows.webhooks.addresses import BadWebhookAddress, InsideAddress

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"]
INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]


def always(*found: str) -> addresses.Resolver:
    return lambda *_: found


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_outside_is_public(address: str) -> None:
    assert addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_refused_as_a_name_resolves_to_it(address: str) -> None:
    target = addresses.parse("https://hooks.example.org/in")

    assert not addresses.is_public(ipaddress.ip_address(address))
    with pytest.raises(InsideAddress):
        addresses.checked(target, always(address))


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_refused_as_it_is_entered(address: str) -> None:
    host = f"[{address}]" if ":" in address else address

    with pytest.raises(InsideAddress):
        addresses.parse(f"https://{host}/")


@pytest.mark.parametrize(
    "text",
    [
        "https://localhost/",
        "https://LOCALHOST./",
        "https://intranet/",
        "https://db.internal/",
        "https://metadata.google.internal/",
        "https://printer.local/",
        "https://box.lan:8443/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0x0.0x0.0x1/",
        "https://1.0.0.127.in-addr.arpa/",
    ],
)
def test_names_and_spellings_that_lead_inside_are_refused(text: str) -> None:
    with pytest.raises(InsideAddress):
        addresses.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hooks.example.org",
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "https://hooks.example.org:22/",
        "https://hooks.example.org:99999/",
        "https://user:word@hooks.example.org/",
        "https://user@hooks.example.org/",
        "https://@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org/a b",
        "https://hooks.example.org\\@10.0.0.1/",
        "https://höoks.example.org/",
        "https:///path",
        "https://[::1/",
        "https://hooks.example.org/" + "a" * 500,
    ],
)
def test_what_is_no_plain_https_address_is_refused(text: str) -> None:
    with pytest.raises((BadWebhookAddress, InsideAddress)):
        addresses.parse(text)


def test_one_address_inside_spoils_all() -> None:
    target = addresses.parse("https://hooks.example.org/")

    with pytest.raises(InsideAddress):
        addresses.checked(target, always("93.184.216.34", "10.0.0.1"))


def test_a_name_that_changes_its_mind_is_connected_to_what_was_checked() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    def rebinding(*_: object) -> Iterable[str]:
        return next(answers)

    first = addresses.checked(addresses.parse("https://hooks.example.org/"), rebinding)

    assert first.addresses == ("93.184.216.34",)
    with pytest.raises(InsideAddress):
        addresses.checked(first, rebinding)


def test_hosts_of_tests_must_be_named_with_their_port() -> None:
    allowed = frozenset({"localhost:9000"})

    assert addresses.parse("http://localhost:9000/x", allowed).port == 9000
    with pytest.raises((BadWebhookAddress, InsideAddress)):
        addresses.parse("http://localhost:9001/x", allowed)
    with pytest.raises(BadWebhookAddress):
        addresses.parse("ftp://localhost:9000/x", allowed)


def test_a_name_without_an_address_is_tried_again_later() -> None:
    with pytest.raises(OSError, match="no address"):
        addresses.checked(addresses.parse("https://hooks.example.org/"), always())
