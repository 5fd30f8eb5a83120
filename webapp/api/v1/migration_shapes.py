"""The shapes of migrations, in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward, page_of

_VERSION = validate.Range(1, 1_000_000)
_MOST_CASES = 1000


class NewMigration(Inward):
    """What to move where. `to` is 0 for the live version; `cases` are references, null for all."""

    process = fields.String(required=True, validate=validate.Length(1, 120))
    from_ = fields.Integer(required=True, data_key="from", validate=_VERSION)
    to = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))
    cases = fields.List(
        fields.String(validate=validate.Length(1, 20)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, _MOST_CASES),
    )
    mapping = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 120)),
        values=fields.String(validate=validate.Length(0, 120)),
        load_default=dict,
        metadata={"description": "Element to element of the new version, “” for none."},
    )
    reason = fields.String(load_default="", validate=validate.Length(0, 500))
    dry_run = fields.Boolean(load_default=False)


class Migration(Schema):
    """A migration. `counts`: outcome to how many instances have it."""

    id = fields.UUID()
    process = fields.String(attribute="process_key")
    from_ = fields.Integer(attribute="from_version", data_key="from")
    to = fields.Integer(attribute="to_version")
    status = fields.String()
    reason = fields.String()
    mapping = fields.Dict(attribute="by_hand")
    total = fields.Integer()
    settled = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    created_at = fields.AwareDateTime()
    started_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)


class MigrationItem(Schema):
    """What became of an instance, and why."""

    instance_id = fields.UUID()
    status = fields.String()
    reason = fields.String()
    at = fields.AwareDateTime(allow_none=True)
    can_be_undone = fields.Boolean()


class ClockShown(Schema):
    """A timer before and after."""

    name = fields.String()
    due_before = fields.AwareDateTime(allow_none=True)
    due_after = fields.AwareDateTime(allow_none=True)
    became = fields.String()


class OpenTaskShown(Schema):
    """An open task before and after."""

    name_before = fields.String()
    name_after = fields.String()


class Rehearsed(Schema):
    """What would become of an instance. `fate`: unchanged, moves or blocked."""

    instance_id = fields.UUID()
    fate = fields.String()
    reason = fields.String()
    tasks = fields.List(fields.Nested(OpenTaskShown))
    clocks = fields.List(fields.Nested(ClockShown))
    goes_on = fields.Boolean()


ItemPage = page_of(MigrationItem)
PreviewPage = page_of(Rehearsed)
