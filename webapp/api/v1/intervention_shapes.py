"""The shapes of stepping in, in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward, Query, page_of

_ID = validate.Length(1, 120)
_REASON = validate.Length(1, 500)


class MoveToken(Inward):
    """From which element to which other. `token`: which one, where several are there."""

    from_ = fields.String(required=True, data_key="from", validate=_ID)
    to = fields.String(required=True, validate=_ID)
    token = fields.UUID(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=_REASON)
    dry_run = fields.Boolean(load_default=False)


class Moved(Schema):
    """What a move did, or with `dry_run` would do; and where the instance is now."""

    id = fields.UUID()
    active = fields.List(fields.String())
    effects = fields.List(fields.String())
    dry_run = fields.Boolean()


class Restarted(Schema):
    """The instance that ended, and the one that began."""

    id = fields.UUID()
    restarted_from = fields.UUID()


class ExceptionAsked(Inward):
    """A lawful exception to ask for."""

    duty = fields.String(required=True, validate=validate.Length(1, 60))
    qualifier = fields.String(load_default="", validate=validate.Length(0, 60))
    ground = fields.String(required=True, validate=validate.Length(1, 60))
    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    told_family_on = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(1, 2000))
    documents = fields.List(fields.UUID(), load_default=list, validate=validate.Length(0, 100))


class ExceptionDecision(Inward):
    """Granted or refused; to refuse, `answer` is needed."""

    granted = fields.Boolean(required=True)
    answer = fields.String(load_default="", validate=validate.Length(0, 2000))
    told_family_on = fields.Date(load_default=None, allow_none=True)


class ExceptionQuery(Query):
    """Which of the exceptions that were asked for."""

    status = fields.String(
        load_default="asked", validate=validate.OneOf(["asked", "granted", "refused"])
    )


class ExceptionRequest(Schema):
    """A lawful exception that was asked for."""

    id = fields.UUID()
    case_id = fields.UUID()
    duty = fields.String()
    qualifier = fields.String()
    title = fields.String(attribute="limit")
    ground = fields.String()
    from_ = fields.Date(attribute="from_date", data_key="from")
    to = fields.Date(attribute="to_date")
    told_family_on = fields.Date(allow_none=True)
    reason = fields.String()
    documents = fields.List(fields.Dict())
    status = fields.String()
    asked_by = fields.String()
    asked_at = fields.AwareDateTime()
    decided_by = fields.String()
    decided_at = fields.AwareDateTime(allow_none=True)
    answer = fields.String()


class IncidentGroup(Schema):
    """Failed steps of one cause."""

    key = fields.String()
    process = fields.String(attribute="process_key")
    version = fields.Integer()
    element_id = fields.String()
    name = fields.String()
    cause = fields.String(attribute="why")
    since = fields.AwareDateTime()
    cases = fields.Integer(attribute="case_count")
    incidents = fields.List(fields.UUID(), attribute="incident_ids")


class RetryGroup(Inward):
    """Which group is to be tried again: its `key`."""

    group = fields.String(required=True, validate=validate.Length(1, 40))


class RetryItem(Schema):
    """A failed step that is tried again."""

    case_id = fields.UUID()
    status = fields.String()
    message = fields.String()
    at = fields.AwareDateTime(allow_none=True)


class Retry(Schema):
    """How far a retry has come."""

    id = fields.UUID()
    title = fields.String()
    status = fields.String()
    size = fields.Integer()
    settled = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    items = fields.List(fields.Nested(RetryItem))


ExceptionRequestPage = page_of(ExceptionRequest)
IncidentGroupPage = page_of(IncidentGroup)
