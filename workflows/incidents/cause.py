"""The cause of a failed step: what its message says, without what tells one case from another."""

import hashlib
import re
from typing import Final

_TAKEN_OUT: Final = (
    re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),  # identifiers
    re.compile(r"[^\s@<>“”]+@[^\s@<>“”]+\.\w+"),  # addresses
    re.compile(r"“[^”]*”"),  # whatever is quoted: names, values
    re.compile(r"\b[A-Z]{2,}(?:[-/]?\d+)+(?:[-/]\d+)*\b"),  # references of cases
    re.compile(r"\d+(?:[.,:/-]\d+)*"),  # numbers, dates and times
)
GAP: Final = "…"


def cause(message: str) -> str:
    """Return a message without identifiers, so that what failed for one reason says the same."""
    for pattern in _TAKEN_OUT:
        message = pattern.sub(GAP, message)
    return re.sub(rf"{GAP}(?:\s*{GAP})+", GAP, " ".join(message.split()))


def key_of(process_key: str, version: int, element_id: str, why: str) -> str:
    """Return what a group of failed steps is called in addresses."""
    text = "\n".join((process_key, str(version), element_id, why))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
