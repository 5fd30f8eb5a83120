"""Ages in bands, as the Department for Education publishes them (SEN2)."""

import datetime as dt
from typing import Final

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

# The first age that is no longer in the band.
BANDS: Final = (
    ("0 to 4", 5),
    ("5 to 10", 11),
    ("11 to 15", 16),
    ("16 to 19", 20),
    ("20 to 25", 26),
)
OLDER: Final = "Over 25"
ALL: Final = (*((name, name) for name, _ in BANDS), (OLDER, OLDER))


def band(born: sa.ColumnElement[dt.date], day: dt.date) -> sa.ColumnElement[str]:
    """Return the age band on a day, as SQL; a birthday on 29 February is kept on 1 March."""
    return sa.case(
        *((born > day - relativedelta(years=age), name) for name, age in BANDS), else_=OLDER
    )


def of(born: dt.date, day: dt.date) -> str:
    """Return the age band of somebody on a day."""
    age = relativedelta(day, born).years
    return next((name for name, end in BANDS if age < end), OLDER)
