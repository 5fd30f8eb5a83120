"""The shapes of restrictions and of the record of access, in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward, Query, page_of
from workflows.access import restricted, unusual

_REASON = validate.Length(1, 1000)


class AccessQuery(Query):
    """Filters of the record of access."""

    person = fields.String(load_default="")
    case = fields.String(load_default="")
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    page = fields.String(load_default="")
    unusual = fields.String(
        load_default="", validate=validate.OneOf(["", *(code for code, _ in unusual.KINDS)])
    )


class Look(Schema):
    """A look at a case: who, when, at what of it, and why they could."""

    id = fields.UUID()
    at = fields.AwareDateTime()
    person_id = fields.String()
    person_name = fields.String()
    case_id = fields.UUID()
    case_reference = fields.String()
    what = fields.String()
    why = fields.String()
    unusual = fields.List(fields.String())


LookPage = page_of(Look)


class RestrictionIn(Inward):
    """Who sees a case from now on, and why so few."""

    kind = fields.String(
        required=True, validate=validate.OneOf([code for code, _ in restricted.KINDS])
    )
    reason = fields.String(required=True, validate=_REASON)
    people = fields.List(fields.String(), load_default=list, validate=validate.Length(0, 200))
    teams = fields.List(fields.String(), load_default=list, validate=validate.Length(0, 200))


class Restriction(Schema):
    """How a case is restricted."""

    kind = fields.String()
    reason = fields.String()
    restricted_at = fields.AwareDateTime()
    restricted_by = fields.String()
    people = fields.List(fields.String())
    teams = fields.List(fields.String())


class BreakGlassIn(Inward):
    """Why a restricted case must be opened."""

    reason = fields.String(required=True, validate=_REASON)


class Glass(Schema):
    """The case is open until then."""

    id = fields.UUID(attribute="glass_id")
    until = fields.AwareDateTime()
