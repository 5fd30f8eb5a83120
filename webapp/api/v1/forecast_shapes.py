"""The shapes of forecasts, going in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Query


class ForecastQuery(Query):
    """Filters of the list of forecasts; `weeks`: due within so many from today on; `late`: past."""

    area = fields.String(load_default="")
    team = fields.String(load_default="")
    driver = fields.String(load_default="")
    weeks = fields.Integer(load_default=0, validate=validate.Range(0, 520))
    late = fields.Boolean(load_default=False)
    at_risk = fields.Boolean(load_default=False)
    sort = fields.String(load_default="chance", validate=validate.OneOf(["chance", "date"]))


class Forecast(Schema):
    """When an open case will probably be finished.

    `p50` and `p80`: finished by then in half, in four of five draws. `chance_late` is from 0 to 1, and 0
    where a lawful exception lifts the limit. `driver` takes most of the time left, `driver_share` of it.
    """

    case_id = fields.UUID()
    case_reference = fields.String()
    duty = fields.String()
    due = fields.Date()
    p50 = fields.Date()
    p80 = fields.Date()
    chance_late = fields.Float()
    at_risk = fields.Boolean()
    excused = fields.Boolean()
    driver = fields.String()
    driver_share = fields.Float()
    area = fields.String()
    computed_at = fields.AwareDateTime()
    stale = fields.Boolean()


class ForecastPage(Schema):
    """Forecasts, and where the next ones begin."""

    items = fields.List(fields.Nested(Forecast))
    next = fields.String(attribute="next_cursor", allow_none=True)


class RescueQuery(Query):
    """Filters of the rescue list."""

    action = fields.String(
        load_default="",
        validate=validate.OneOf(["", "queue_first", "chase", "panel", "put_first"]),
    )
    area = fields.String(load_default="")


class Rescue(Schema):
    """An action that would lower a case's chance to be late; `task_id`: the open task to act on."""

    case_id = fields.UUID()
    case_reference = fields.String()
    due = fields.Date()
    action = fields.String()
    step = fields.String()
    before = fields.Float()
    after = fields.Float()
    gain = fields.Float()
    task_id = fields.UUID(allow_none=True)
    area = fields.String()


class RescuePage(Schema):
    """Actions, and where the next ones begin."""

    items = fields.List(fields.Nested(Rescue))
    next = fields.String(attribute="next_cursor", allow_none=True)
