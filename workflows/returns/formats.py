"""How numbers and codes of the return are written: UPN with its check letter, ULN, postcode."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

from workflows.returns import codes
from workflows.returns.fields import Field, Format

CHECK_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"  # neither I, O nor S: they look like figures
_UPN: Final = re.compile(rf"[{CHECK_LETTERS}]\d{{11}}[\d{CHECK_LETTERS}]", re.ASCII)
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", re.ASCII)
_IN_TEXT: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.ASCII)
_SPACE: Final = re.compile(r"\s+")
_INWARD: Final = 3  # characters of a postcode's second half
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
TEXT_LIMIT: Final = 200  # characters


def check_letter(rest: str) -> str:
    """Return the letter that a UPN with these twelve last characters begins with.

    Each figure is weighted by its place, 2 to 13; the last of a temporary UPN is a letter, which
    counts as its place among the check letters.
    """
    total = sum(
        weight * (int(each) if each.isdigit() else CHECK_LETTERS.index(each))
        for weight, each in enumerate(rest, 2)
    )
    return CHECK_LETTERS[total % len(CHECK_LETTERS)]


def is_upn(text: str) -> bool:
    """Tell whether a text is a UPN, permanent or temporary, with the right check letter."""
    return bool(_UPN.fullmatch(text)) and check_letter(text[1:]) == text[0]


def is_date(text: str) -> bool:
    """Tell whether a text is a date as XML writes it."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def tidy_postcode(text: str) -> str:
    """Return a postcode in capitals with one blank before its last three characters."""
    joined = _SPACE.sub("", text).upper()
    return f"{joined[:-_INWARD]} {joined[-_INWARD:]}" if len(joined) > _INWARD else joined


def postcode_in(address: str) -> str:
    """Return the last postcode of an address, "" where there is none."""
    found = _IN_TEXT.findall(address.upper())
    return " ".join(found[-1]) if found else ""


def is_text(text: str) -> bool:
    """Tell whether a text can be sent: not too long, and without signs that XML cannot hold."""
    return len(text) <= TEXT_LIMIT and not _CONTROL.search(text)


def _figures(count: str) -> Callable[[str], bool]:
    pattern = re.compile(rf"\d{count}", re.ASCII)
    return lambda text: bool(pattern.fullmatch(text))


FITS: Final[Mapping[Format, Callable[[str], bool]]] = {
    Format.TEXT: is_text,
    Format.DATE: is_date,
    Format.FLAG: lambda text: text in {"0", "1"},
    Format.LA: _figures("{3}"),
    Format.UPN: is_upn,
    Format.ULN: _figures("{10}"),
    Format.URN: _figures("{1,6}"),
    Format.UKPRN: _figures("{8}"),
    Format.POSTCODE: lambda text: bool(_POSTCODE.fullmatch(text)),
}
WORDS: Final[Mapping[Format, str]] = {
    Format.TEXT: "has signs that cannot be sent, or is longer than 200 characters",
    Format.DATE: "is not a date",
    Format.FLAG: "must be 0 or 1",
    Format.CODE: "is not one of the codes",
    Format.LA: "must be the three figures of an authority",
    Format.UPN: "is not a UPN: a letter and 12 figures whose check letter fits",
    Format.ULN: "must have 10 figures",
    Format.URN: "must have at most 6 figures",
    Format.UKPRN: "must have 8 figures",
    Format.POSTCODE: "is not a full postcode",
}


def fits(field: Field, text: str) -> bool:
    """Tell whether a text is written as its item wants it."""
    if field.format is Format.CODE:
        return text in codes.lists()[field.codes].codes
    return FITS[field.format](text)
