"""The shapes of what administrators list and enter."""

from marshmallow import Schema, fields, validate

from webapp.api.v1.shapes import Inward, Query, page_of
from workflows.agencies.details import KINDS, PHASES
from workflows.store.tokens import SCOPES


class AdministeredTeam(Schema):
    """A team."""

    id = fields.String()
    name = fields.String()
    email = fields.String()
    closed_at = fields.AwareDateTime(allow_none=True)
    members = fields.Integer()
    open_tasks = fields.Integer()


class Agency(Schema):
    """An agency with its teams."""

    id = fields.String()
    kind = fields.String()
    name = fields.String()
    email = fields.String()
    details = fields.Dict()
    closed_at = fields.AwareDateTime(allow_none=True)
    teams = fields.List(fields.Nested(AdministeredTeam))


class NewAgency(Inward):
    """An agency to add."""

    kind = fields.String(required=True, validate=validate.OneOf(list(KINDS)))
    name = fields.String(required=True)
    email = fields.String(required=True)
    phase = fields.String(load_default="", validate=validate.OneOf(["", *PHASES]))
    area = fields.String(load_default="")
    urn = fields.String(load_default="")
    ukprn = fields.String(load_default="")
    address = fields.String(load_default="")
    phone = fields.String(load_default="")


class PeopleQuery(Query):
    """Filters of the list of people."""

    q = fields.String(load_default="")
    role = fields.String(load_default="")
    team = fields.String(load_default="")
    state = fields.String(
        load_default="", validate=validate.OneOf(["", "active", "invited", "deactivated"])
    )


class AdministeredPerson(Schema):
    """A person with their roles in words."""

    id = fields.String()
    name = fields.String()
    email = fields.String()
    active = fields.Boolean()
    has_password = fields.Boolean()
    roles = fields.List(fields.String())


class Held(Inward):
    """A role, in a team or (with an empty one) across the authority."""

    role = fields.String(required=True)
    team = fields.String(load_default="")


class NewPerson(Inward):
    """A person to add; they are invited by email."""

    email = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.Nested(Held), required=True)


class Closure(Schema):
    """A day on which the authority is closed."""

    day = fields.Date()
    name = fields.String()


class ClosureQuery(Query):
    """Of which year."""

    year = fields.Integer(required=True, validate=validate.Range(1900, 2200))


class NewClosure(Inward):
    """Days on which the authority is to be closed, or open after all."""

    first = fields.Date(required=True)
    last = fields.Date(required=True)
    name = fields.String(load_default="")
    reason = fields.String(required=True)
    closed = fields.Boolean(load_default=True)


class Webhook(Schema):
    """A webhook without its secret."""

    id = fields.UUID()
    name = fields.String()
    address = fields.String()
    events = fields.List(fields.String())
    agency = fields.String(attribute="agency_id")
    on = fields.Boolean()
    failures = fields.Integer()
    off_reason = fields.String()


class WebhookIn(Inward):
    """A webhook to add or change."""

    name = fields.String(required=True)
    address = fields.String(required=True)
    events = fields.List(fields.String(), required=True)
    agency = fields.String(load_default="")


class NewSecret(Schema):
    """The secret of a webhook, which is told once."""

    id = fields.UUID()
    secret = fields.String()


class Switch(Inward):
    """Whether it is to be on."""

    on = fields.Boolean(required=True)


class Attempt(Schema):
    """An attempt to send a delivery."""

    at = fields.AwareDateTime()
    status = fields.Integer(allow_none=True)
    milliseconds = fields.Integer()
    problem = fields.String()


class Delivery(Schema):
    """A delivery with its attempts."""

    id = fields.String()
    event = fields.String()
    at = fields.AwareDateTime()
    status = fields.String()
    next_try = fields.AwareDateTime(allow_none=True)
    attempts = fields.List(fields.Nested(Attempt))


class DeliveryQuery(Query):
    """Deliveries of one state."""

    status = fields.String(
        load_default="", validate=validate.OneOf(["", "queued", "sent", "failed"])
    )


class Token(Schema):
    """An API token without its secret."""

    id = fields.String()
    name = fields.String()
    person = fields.String()
    scope = fields.String(validate=validate.OneOf(list(SCOPES.values())))
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    last_used_at = fields.AwareDateTime(allow_none=True)
    state = fields.String()


AgencyPage = page_of(Agency)
AdministeredPersonPage = page_of(AdministeredPerson)
ClosurePage = page_of(Closure)
WebhookPage = page_of(Webhook)
DeliveryPage = page_of(Delivery)
TokenPage = page_of(Token)
