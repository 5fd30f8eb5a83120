"""The shapes of EHC plans, going in and out."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward


class PlanIn(Inward):
    """The whole working plan, and the revision of the plan that it was made of."""

    revision = fields.Integer(required=True, validate=validate.Range(0))
    content = fields.Dict(keys=fields.String(), required=True)


class PlanProblem(Schema):
    """What is wrong with a plan: an error stops it from being issued, a warning does not."""

    severity = fields.String()
    section = fields.String()
    row_id = fields.String()
    message = fields.String()


class PlanVersion(Schema):
    """A version of a plan that was issued."""

    number = fields.Integer()
    label = fields.String()
    final = fields.Boolean()
    sha256 = fields.String()
    frozen_at = fields.AwareDateTime()


class IssuedPlan(PlanVersion):
    """A version with what it holds."""

    content = fields.Dict()


class Plan(Schema):
    """The plan of a case: the working plan as far as one reads it, and what was issued."""

    case_id = fields.UUID()
    revision = fields.Integer()
    content = fields.Dict()
    problems = fields.List(fields.Nested(PlanProblem))
    versions = fields.List(fields.Nested(PlanVersion))
    newest = fields.Nested(IssuedPlan, allow_none=True)
