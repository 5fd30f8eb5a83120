"""The shapes of what waits."""

from marshmallow import EXCLUDE, Schema, fields, validate


class WaitQuery(Schema):
    """Of which process, and of which version; 0 is all."""

    class Meta:
        """Leave unknown parameters aside."""

        unknown = EXCLUDE

    process = fields.String(required=True, validate=validate.Length(1, 120))
    version = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))


class Wait(Schema):
    """A step. Days are working days, of tasks completed within a year."""

    element_id = fields.String()
    name = fields.String()
    waiting = fields.Integer()
    late = fields.Integer()
    under_a_week = fields.Integer()
    under_four_weeks = fields.Integer()
    longer = fields.Integer()
    oldest = fields.AwareDateTime(allow_none=True)
    failed = fields.Integer()
    median_days = fields.Float(allow_none=True)
    p80_days = fields.Float(allow_none=True)
    measured = fields.Integer()
    done_again = fields.Integer()


class WaitList(Schema):
    """The steps of a process, in the order of its diagram."""

    process = fields.String()
    version = fields.Integer(allow_none=True)
    items = fields.List(fields.Nested(Wait))
    next = fields.String(allow_none=True)
