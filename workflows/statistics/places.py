"""Which area a line of a published file is about."""

from collections.abc import Mapping
from typing import Final

from workflows.statistics.areas import (
    AUTHORITY,
    ENGLAND,
    LEVELS,
    PARTS_OF_LONDON,
    REGIONS,
    Area,
    AreaKind,
)
from workflows.statistics.cells import Wrong

NAME_LIMIT: Final = 100
SHOWN: Final = 40  # characters of a cell in a message


def area_of(given: Mapping[str, str]) -> Area:
    """Return the area of a line, by its columns.

    Raises:
        Wrong: it is none of those known, naming the column.
    """
    level = LEVELS.get(given["geographic_level"].lower())
    if level is None:
        raise Wrong(
            f"“{given['geographic_level'][:SHOWN]}” is no level that is known here: National, "
            "Regional or Local authority was expected",
            "geographic_level",
        )
    if given["country_code"] != ENGLAND:
        country = given["country_code"][:SHOWN]
        raise Wrong(f"“{country}” is not England, which is {ENGLAND}", "country_code")
    if level == AreaKind.ENGLAND:
        return Area(ENGLAND, level, "England")
    return _region(given) if level == AreaKind.REGION else _authority(given)


def _region(given: Mapping[str, str]) -> Area:
    code = given["region_code"]
    if code not in REGIONS:
        raise Wrong(
            f"“{code[:SHOWN]}” is no region of England: {min(REGIONS)} to {max(REGIONS)} was "
            "expected",
            "region_code",
        )
    return Area(code, AreaKind.REGION, REGIONS[code])


def _authority(given: Mapping[str, str]) -> Area:
    code, name, region = given["new_la_code"], given["la_name"], given["region_code"]
    if not AUTHORITY.fullmatch(code):
        raise Wrong(
            f"“{code[:SHOWN]}” is no code of an authority that answers for EHC plans: one such "
            "as E10000008 was expected",
            "new_la_code",
        )
    if region in PARTS_OF_LONDON:
        region = next(code for code, of in REGIONS.items() if of == "London")
    if region not in REGIONS:
        raise Wrong(f"“{region[:SHOWN]}” is no region of England", "region_code")
    if not name or len(name) > NAME_LIMIT or not name.isprintable():
        raise Wrong("the name of the authority cannot be read", "la_name")
    return Area(code, AreaKind.AUTHORITY, name, region)
