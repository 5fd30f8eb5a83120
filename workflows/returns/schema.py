"""Check what is sent by the schema of ours, a person at a time."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

FILE: Final = Path(__file__).parent / "sen2.xsd"


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    """Return the schema; it comes with ehcflow, and is no file from outside."""
    return etree.XMLSchema(file=str(FILE))


def faults_of_person(text: str) -> list[str]:
    """Return what the schema does not accept of a person's element, in words."""
    return _faults(text)


def faults_of_header(text: str) -> list[str]:
    """Return what the schema does not accept of the header, in words."""
    return _faults(text.strip())


def _faults(text: str) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    checker = schema()
    if checker.validate(etree.XML(text.encode(), parser)):
        return []
    return [f"{each.message} (line {each.line})" for each in checker.error_log]
