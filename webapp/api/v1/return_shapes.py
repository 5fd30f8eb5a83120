"""The shapes of the statutory return, in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward, Query, page_of

_TEXT = fields.String(validate=validate.Length(0, 200))


class ReturnState(Schema):
    """How the return of a year stands; numbers are null while nobody has looked at it."""

    year = fields.Integer()
    census_day = fields.Date()
    first_day = fields.Date()
    last_day = fields.Date()
    checked_at = fields.AwareDateTime(allow_none=True)
    cases = fields.Integer(allow_none=True)
    ready = fields.Integer(allow_none=True)
    persons = fields.Integer(allow_none=True)
    rules = fields.Dict(keys=fields.String(), values=fields.Integer())
    measures = fields.Dict(keys=fields.String(), values=fields.Integer())
    frozen_at = fields.AwareDateTime(allow_none=True)


class ReturnProblemQuery(Query):
    """Filters of the problems."""

    severity = fields.String(load_default="", validate=validate.OneOf(["", "error", "query"]))
    rule = fields.String(load_default="")
    team = fields.String(load_default="")
    area = fields.String(load_default="")


class ReturnProblem(Schema):
    """What is wrong with a case, where it is mended, and how."""

    case_id = fields.UUID()
    reference = fields.String()
    severity = fields.String()
    rule = fields.String()
    module = fields.String()
    element = fields.String()
    value = fields.String()
    source = fields.String()
    words = fields.String()
    mend = fields.String()


class ReturnRecord(Schema):
    """What is sent of a case: its XML, "" where it is out of scope, and what is wrong."""

    case_id = fields.UUID()
    reference = fields.String()
    checked_at = fields.AwareDateTime()
    xml = fields.String()
    problems = fields.List(fields.Nested(ReturnProblem))


class NewReturnRun(Inward):
    """What a worker is asked to do."""

    kind = fields.String(required=True, validate=validate.OneOf(["check", "files"]))


class ReturnRun(Schema):
    """Work on the return: how it stands, and the hashes of its files once they are made."""

    id = fields.UUID()
    year = fields.Integer()
    kind = fields.Function(lambda run: run.kind.value)
    status = fields.Function(lambda run: run.status.value)
    progress = fields.Float()
    checked = fields.Integer()
    problem = fields.String()
    asked_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    files = fields.Function(
        lambda run: (
            {each: run.files[each]["sha256"] for each in ("xml", "tables")} if run.files else {}
        )
    )


class Details(Inward):
    """Details of a case by their keys, and why they are corrected; "" takes one away."""

    values = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 60)), values=_TEXT, required=True
    )
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class DetailsKept(Schema):
    """Details of a case as they were kept."""

    case_id = fields.UUID()
    values = fields.Dict(keys=fields.String(), values=fields.String())


ReturnProblemPage = page_of(ReturnProblem)
