"""Put the records of one child under one person."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from workflows.returns.model import PERSON, Module, Value


def together(records: Iterable[tuple[str, Module]]) -> Iterator[Module]:
    """Yield persons from records that come in the order of their keys, the newest of each first.

    What the newest case says of the person is sent; an older one fills what it leaves open.
    """
    for _, found in groupby(records, lambda each: each[0]):
        yield merged([record for _, record in found])


def merged(records: list[Module]) -> Module:
    """Return one person with all requests, of records of which the newest comes first."""
    values: dict[str, Value] = {}
    for record in reversed(records):
        values |= {
            name: each for name, each in record.values.items() if each.text or name not in values
        }
    if any(record.values["PostCode"].source == "withheld" for record in records):
        values["PostCode"] = Value("", "withheld")
    return Module(PERSON, values, tuple(part for record in records for part in record.parts))
