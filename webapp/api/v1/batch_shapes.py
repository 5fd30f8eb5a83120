"""The shapes of what is done to many things at once, and of absences, in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward, page_of
from workflows.batches.operation import MOST, Operation

_CODE = validate.Length(1, 60)


class NewBatchItem(Inward):
    """A task, instance, case or incident; `assignee` is who gets a task, "" for its team."""

    id = fields.UUID(required=True)
    assignee = fields.String(load_default="", validate=validate.Length(0, 36))


class NewBatch(Inward):
    """What to do to what. It is planned only: see the effect of each item, then start it."""

    operation = fields.String(
        required=True, validate=validate.OneOf([each.value for each in Operation])
    )
    items = fields.List(
        fields.Nested(NewBatchItem), required=True, validate=validate.Length(1, MOST)
    )
    title = fields.String(load_default="", validate=validate.Length(0, 200))


class Batch(Schema):
    """A batch. `counts`: outcome to how many items have it."""

    id = fields.UUID()
    operation = fields.String()
    title = fields.String()
    reason = fields.String()
    status = fields.String()
    total = fields.Integer()
    settled = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    can_be_undone = fields.Boolean()
    created_at = fields.AwareDateTime()
    started_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)


class BatchItem(Schema):
    """An item. `effect` (changes, unchanged or refused) is told while the batch is planned."""

    id = fields.UUID(attribute="target_id")
    what = fields.String()
    case_id = fields.UUID(allow_none=True)
    before = fields.String()
    after = fields.String()
    status = fields.String()
    reason = fields.String()
    effect = fields.String(allow_none=True)
    at = fields.AwareDateTime(allow_none=True)


class Deputy(Inward):
    """Who stands in for a role in a team."""

    team = fields.String(required=True, attribute="team_id", validate=_CODE)
    role = fields.String(required=True, validate=_CODE)
    person = fields.String(required=True, attribute="person_id", validate=_CODE)


class NewAbsence(Inward):
    """Who is away from when to when (the last day), and who stands in; `person` "" is oneself."""

    person = fields.String(load_default="", validate=validate.Length(0, 36))
    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    deputies = fields.List(fields.Nested(Deputy), load_default=list)
    move_open = fields.Boolean(load_default=True)
    reason = fields.String(load_default="", validate=validate.Length(0, 500))


class Absence(Schema):
    """An absence. `batch`: what moved the open tasks, null where nothing did."""

    id = fields.UUID()
    person = fields.String(attribute="person_id")
    name = fields.String()
    from_ = fields.Date(attribute="from_date", data_key="from")
    to = fields.Date(attribute="to_date")
    status = fields.String()
    move_open = fields.Boolean()
    deputies = fields.List(fields.Nested(Deputy))
    batch = fields.UUID(attribute="batch_id", allow_none=True)


class AbsenceList(Schema):
    """Absences that run or are to come."""

    items = fields.List(fields.Nested(Absence))
    next = fields.String(allow_none=True)


BatchItemPage = page_of(BatchItem)
