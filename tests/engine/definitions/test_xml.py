"""XML from outside is hostile until it is read."""

import contextlib

import pytest
from hypothesis import given, strategies as st

from engine.definitions import xml
from engine.definitions.xml import MalformedXml

GOOD = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n' + GOOD


def test_a_bpmn_document_is_read() -> None:
    assert xml.kind_of(xml.parse(GOOD)) == "bpmn"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (BOMB, "line 1: a DOCTYPE"),
        (BOMB.decode().encode("utf-16"), "DOCTYPE"),
        (GOOD[:-2], "line 1: this is not well-formed"),
        (b"<html/>", "BPMN 2.0"),
        (GOOD.replace(b"20100524", b"20110701"), "BPMN 2.0"),
        (b" " * (xml.SIZE_LIMIT + 1) + GOOD, "at most 5,000,000"),
        (GOOD[:-2] + b">" + b"<a>" * 150 + b"</a>" * 150 + b"</definitions>", "nested more than"),
        (b'<?xml version="1.0" encoding="rot13"?>' + GOOD, "not well-formed"),
    ],
)
def test_what_could_harm_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(MalformedXml) as refused:
        xml.parse(data, name="evil.bpmn")

    assert words in refused.value.message
    assert refused.value.message.startswith("evil.bpmn")


@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_be_refused(data: bytes) -> None:
    with contextlib.suppress(MalformedXml):
        xml.parse(data)
