"""Shapes of reports."""

from typing import Final

from marshmallow import Schema, fields

FIRST_YEAR: Final = 2014  # the Act came into force


class JointQuery(Schema):
    """Of one area, or of all."""

    area = fields.String(load_default="")


class Table(Schema):
    """Counts by row and column; null where one is withheld, since it would tell about a few."""

    code = fields.String()
    title = fields.String()
    note = fields.String()
    rows = fields.List(fields.String())
    columns = fields.List(fields.String())
    cells = fields.List(fields.List(fields.Integer(allow_none=True)))
    row_totals = fields.List(fields.Integer(allow_none=True))
    column_totals = fields.List(fields.Integer(allow_none=True))
    total = fields.Integer(allow_none=True)


class Report(Schema):
    """Tables of counts."""

    tables = fields.List(fields.Nested(Table))
