"""Column types that behave alike on SQLite and PostgreSQL."""

import datetime as dt
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

FAR_FUTURE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # sorts after every real date, and is indexable


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment: timestamptz on PostgreSQL, naive UTC on SQLite, aware UTC in Python."""

    impl = DateTime
    cache_ok = True

    @property
    @override
    def python_type(self) -> type[dt.datetime]:
        """What a value is in Python."""
        return dt.datetime

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use timestamptz where there is one."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a naive moment; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a moment needs its time zone: {value!r}"
            raise ValueError(msg)
        utc = value.astimezone(dt.UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    @override
    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Return aware UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=dt.UTC)
        return value.astimezone(dt.UTC)
