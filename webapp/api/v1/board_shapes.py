"""The shapes of the board's figures."""

from marshmallow import EXCLUDE, Schema, fields


class BoardQuery(Schema):
    """What to look at; what is left out does not narrow it."""

    class Meta:
        """Leave unknown parameters aside."""

        unknown = EXCLUDE

    process = fields.String(load_default="")
    duty = fields.String(load_default="")
    agency = fields.String(load_default="")
    team = fields.String(load_default="")
    area = fields.String(load_default="")


class StandingCount(Schema):
    """How many time limits that are alike in everything stand so."""

    process = fields.String()
    duty = fields.String()
    agency = fields.String()
    team = fields.String()
    area = fields.String()
    standing = fields.String()
    count = fields.Integer()


class PlansIssued(Schema):
    """Plans, with and without those for which a lawful exception was claimed."""

    issued = fields.Integer()
    in_time = fields.Integer()
    share = fields.Float(allow_none=True)
    issued_without_exceptions = fields.Integer(attribute="issued_unexcused")
    in_time_without_exceptions = fields.Integer(attribute="in_time_unexcused")
    share_without_exceptions = fields.Float(attribute="share_unexcused", allow_none=True)


class MonthOfPlans(Schema):
    """A month, and the twelve months that end with it."""

    month = fields.Date(attribute="begins")
    plans = fields.Nested(PlansIssued)
    twelve_months = fields.Nested(PlansIssued, attribute="year")


class AgeCount(Schema):
    """Open assessments of an age in weeks."""

    weeks = fields.String()
    count = fields.Integer()


class AdviceOfTeam(Schema):
    """The advice of a team."""

    agency = fields.String()
    team = fields.String()
    outstanding = fields.Integer()
    late = fields.Integer()
    received = fields.Integer()
    median_days = fields.Float(attribute="median", allow_none=True)
    chasers = fields.Integer(attribute="chased")
    received_in_a_week = fields.Float(attribute="pace")
    weeks_to_clear = fields.Float(attribute="weeks", allow_none=True)


class Board(Schema):
    """The figures; what has ended is counted since a day."""

    since = fields.Date()
    standings = fields.List(fields.Nested(StandingCount))
    timeliness = fields.List(fields.Nested(MonthOfPlans))
    target = fields.Float(allow_none=True)
    ages = fields.List(fields.Nested(AgeCount))
    advice = fields.List(fields.Nested(AdviceOfTeam))
