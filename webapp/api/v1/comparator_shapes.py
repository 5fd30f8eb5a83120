"""The shapes of comparators."""

from marshmallow import EXCLUDE, Schema, fields, validate

from workflows.statistics.measures import MEASURES


class ComparatorQuery(Schema):
    """Of which measure."""

    class Meta:
        """Leave unknown parameters aside."""

        unknown = EXCLUDE

    measure = fields.String(required=True, validate=validate.OneOf(sorted(MEASURES)))


class Point(Schema):
    """The figure of a year; an academic year counts as the one in which it ends."""

    year = fields.Integer()
    value = fields.Float()


class ComparatorLine(Schema):
    """An area. `kind`: england, region, neighbour or own."""

    name = fields.String()
    kind = fields.String()
    points = fields.List(fields.Nested(Point))


class ComparatorList(Schema):
    """The areas that one compares oneself with."""

    measure = fields.String()
    items = fields.List(fields.Nested(ComparatorLine))
    next = fields.String(allow_none=True)
