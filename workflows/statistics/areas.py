"""The areas that statistics are published for: England, its regions and its local authorities."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ENGLAND: Final = "E92000001"
# Regions as the Office for National Statistics codes them.
REGIONS: Final[Mapping[str, str]] = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
# Inner and outer London: published beside the nine regions, and left out.
PARTS_OF_LONDON: Final = frozenset({"E13000001", "E13000002"})
# Unitary authorities, metropolitan districts, London boroughs and counties.
AUTHORITY: Final = re.compile(r"E(06|08|09|10)[0-9]{6}")
MOST: Final = 400  # England has had fewer authorities in all the years together


class AreaKind(StrEnum):
    """How large an area is."""

    ENGLAND = "england"
    REGION = "region"
    AUTHORITY = "authority"


LEVELS: Final[Mapping[str, AreaKind]] = {
    "national": AreaKind.ENGLAND,
    "regional": AreaKind.REGION,
    "local authority": AreaKind.AUTHORITY,
}


@dataclass(frozen=True, slots=True)
class Area:
    """England, a region, or a local authority with the region that it lies in."""

    code: str
    kind: AreaKind
    name: str
    region: str = ""
