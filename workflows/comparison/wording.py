"""Say in words what an expression or a period of a diagram means, where it is of a usual kind."""

import re
from typing import Final

from workflows.rulebook import load
from workflows.rulebook.model import UnknownDuty

UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}
_PERIOD: Final = re.compile(r"P(?:(\d+)(Y|M|W|D)|T(\d+)(H|M))")
_DUE: Final = re.compile(r"""due(?:_for)?\(\s*['"]([\w.]+)['"]\s*(?:,[^)]*)?\)""")
_DUE_OF: Final = re.compile(r"""due_of\(\s*['"]([\w.]+)['"]\s*\)""")
_HALFWAY: Final = re.compile(r"""halfway\(\s*['"]([\w.]+)['"]\s*,[^)]*\)""")
_SHIFTED: Final = re.compile(r"""(before|after)\((.*),\s*['"](P\w+)['"]\s*\)""")
_WORKING: Final = re.compile(r"working_days_after\((.*),\s*(\d+)\s*\)")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
_EQUAL: Final = re.compile(
    r"""([a-z_][a-z0-9_]*)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|(true|false|null))"""
)


def period(text: str) -> str:
    """Return a period in words ("P2W": "2 weeks"); one of another kind as it is written."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        return text
    count = int(found[1] or found[3])
    unit = UNITS[found[2]] if found[2] else {"H": "hour", "M": "minute"}[found[4]]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def day(text: str) -> str:
    """Return what a date expression means; one of another kind as it is written."""
    plain = strip(text)
    for pattern, words in (
        (_DUE, "the last day of “{}”"),
        (_DUE_OF, "the last day of the {} that is open"),
        (_HALFWAY, "half way to the last day of “{}”"),
    ):
        if found := pattern.fullmatch(plain):
            return words.format(_title(found[1]))
    if found := _SHIFTED.fullmatch(plain):
        return f"{period(found[3])} {found[1]} {day(found[2])}"
    if found := _WORKING.fullmatch(plain):
        return f"{found[2]} working days after {day(found[1])}"
    return plain.replace("_", " ") if _NAME.fullmatch(plain) else plain


def timer(kind: str, text: str) -> str:
    """Return when a timer fires. `kind`: timeDate, timeDuration or timeCycle."""
    if kind == "timeDuration":
        return f"after {period(text)}"
    if kind == "timeDate":
        said = day(text)
        return said if said[:1].isdecimal() else f"on {said}"
    parts = re.split(r"/(?![^{]*\})", text)
    rounds = parts[0].removeprefix("R")
    often = f"{rounds} times, " if rounds else ""
    start = f", from {day(parts[1])}" if len(parts) > 2 else ""  # noqa: PLR2004 (R/start/period)
    return f"{often}every {period(parts[-1])}{start}"


def condition(text: str) -> str:
    """Return a condition in words where it compares one answer, else as it is written."""
    plain = strip(text)
    found = _EQUAL.fullmatch(plain)
    if found is None:
        return plain
    value = found[3] or found[4] or found[5] or ""
    verb = "is" if found[2] == "==" else "is not"
    said = "not answered" if value == "null" else value.replace("_", " ")
    return f"{found[1].replace('_', ' ')} {verb} {said}"


def strip(text: str) -> str:
    """Return an expression without its `${…}`."""
    plain = " ".join(text.split())
    wrapped = plain.startswith("${") and plain.endswith("}") and plain.count("${") == 1
    return plain[2:-1].strip() if wrapped else plain


def _title(code: str) -> str:
    try:
        return load.current().newest(code).title
    except UnknownDuty:
        return code.replace("_", " ")
