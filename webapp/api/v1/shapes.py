"""The shapes of what goes in and out, as marshmallow schemas; OpenAPI is made of them."""

from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

from workflows.duties.standing import Standing

MOST = 200


class Inward(Schema):
    """What comes in: what is not known is refused."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE


class Query(Schema):
    """What an address asks for: what is not known is left aside."""

    class Meta:
        """Leave unknown parameters aside."""

        unknown = EXCLUDE

    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))
    cursor = fields.String(load_default=None)


class TaskQuery(Query):
    """Filters of the task list."""

    status = fields.String(
        load_default="open", validate=validate.OneOf(["open", "completed", "cancelled", ""])
    )
    role = fields.String(load_default="")
    team = fields.String(load_default="")
    assignee = fields.String(load_default="")
    case = fields.UUID(load_default=None)
    instance = fields.UUID(load_default=None)
    process = fields.String(load_default="")
    due_before = fields.Date(load_default=None)
    q = fields.String(load_default="")
    sort = fields.String(load_default="due", validate=validate.OneOf(["due", "newest"]))


class CaseQuery(Query):
    """Filters of the case list."""

    q = fields.String(load_default="")
    status = fields.String(load_default="", validate=validate.OneOf(["", "open", "closed"]))
    outcome = fields.String(load_default="")
    area = fields.String(load_default="")
    contact = fields.String(load_default="")
    team = fields.String(load_default="")


class DeadlineQuery(Query):
    """Filters of the deadline list."""

    status = fields.String(
        load_default="",
        validate=validate.OneOf(["", "open", "late", "met", "met_late", "void", "excused"]),
    )
    duty = fields.String(load_default="")
    process = fields.String(load_default="")
    agency = fields.String(load_default="")
    team = fields.String(load_default="")
    due_before = fields.Date(load_default=None)
    area = fields.String(load_default="")
    standing = fields.String(
        load_default="",
        validate=validate.OneOf(["", "to_do", "done", *(each.value for each in Standing)]),
    )
    age = fields.String(load_default="", metadata={"description": "Weeks it is open: “6-16”"})
    month = fields.Date(load_default=None, metadata={"description": "First day of the month met"})
    since = fields.Date(load_default=None)
    reason = fields.String(load_default="")
    exception = fields.String(load_default="", validate=validate.OneOf(["", "with", "without"]))
    sort = fields.String(load_default="due", validate=validate.OneOf(["due", "latest", "oldest"]))


class Field(Schema):
    """A question of a form."""

    id = fields.String()
    label = fields.String()
    type = fields.String()
    required = fields.Boolean()
    hint = fields.String()
    options = fields.List(fields.Dict())


class Form(Schema):
    """The questions of a task."""

    fields_ = fields.List(fields.Nested(Field), data_key="fields")


class Process(Schema):
    """A process that can be started."""

    key = fields.String()
    name = fields.String()
    version = fields.Integer()
    start_form = fields.Nested(Form)


class Start(Inward):
    """What starts an instance: on the case named, or on a new one made of the values."""

    values = fields.Dict(keys=fields.String(), required=True)
    case = fields.Dict(keys=fields.String())
    case_id = fields.UUID()


class Started(Schema):
    """An instance that has begun."""

    id = fields.UUID()
    case_id = fields.UUID()
    reference = fields.String()
    tasks = fields.List(fields.UUID())


class Task(Schema):
    """A task in a list."""

    id = fields.UUID()
    instance_id = fields.UUID()
    case_id = fields.UUID()
    case_reference = fields.String()
    element_id = fields.String()
    name = fields.String()
    label = fields.String()
    role = fields.String()
    team = fields.String(attribute="team_id")
    assignee = fields.String(allow_none=True)
    due = fields.AwareDateTime(allow_none=True)
    status = fields.String()
    claimed_at = fields.AwareDateTime(allow_none=True)
    opened_at = fields.AwareDateTime()
    process = fields.String(attribute="process_key")
    duty = fields.String()


class TaskDetail(Task):
    """A task with its form and what is filled in so far."""

    form = fields.Nested(Form)
    values = fields.Dict()
    guidance = fields.String()
    may_complete = fields.Boolean()
    on_behalf = fields.Boolean()


class Values(Inward):
    """Answers: field id to value; dates as YYYY-MM-DD."""

    values = fields.Dict(keys=fields.String(), required=True)


class Completion(Values):
    """Answers, and who gave them where staff enter another's."""

    on_behalf_of = fields.String(load_default="", validate=validate.Length(max=200))


class Assignment(Inward):
    """Who gets a task."""

    assignee = fields.String(required=True)
    reason = fields.String(load_default="")


class Reason(Inward):
    """Why."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=500))


class Reschedule(Inward):
    """When instead, and why."""

    due = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)


class KeyContactIn(Inward):
    """Who becomes the key contact of a case: an identifier."""

    person = fields.String(required=True)


class FactIn(Inward):
    """A fact to add or correct."""

    code = fields.String(required=True)
    date = fields.Date(required=True)
    reason = fields.String(required=True)
    qualifier = fields.String(load_default="")
    outcome = fields.String(load_default="")


class ExceptionIn(Inward):
    """A lawful exception."""

    duty = fields.String(required=True)
    ground = fields.String(required=True)
    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    told_family_on = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(required=True)
    qualifier = fields.String(load_default="")


class MessageIn(Inward):
    """A message about a case."""

    name = fields.String(required=True)
    case_id = fields.UUID(required=True)
    payload = fields.Dict(keys=fields.String(), load_default=dict)


class Publication(Inward):
    """A diagram to publish."""

    xml = fields.String(required=True)
    reason = fields.String(required=True)


class Advance(Inward):
    """How far the demo's clock moves."""

    advance = fields.String(required=True)


class Deadline(Schema):
    """A statutory deadline."""

    case_id = fields.UUID()
    duty = fields.String()
    qualifier = fields.String()
    title = fields.String()
    opened = fields.Date()
    due = fields.Date()
    target = fields.Date()
    met = fields.Date(allow_none=True)
    status = fields.Function(lambda row: row.status.value)
    standing = fields.Function(lambda row: row.standing.value)
    excused = fields.Boolean()
    statutory = fields.Boolean()
    source = fields.String()
    team = fields.String(attribute="team_name")
    agency = fields.String(attribute="agency_name")


class Timer(Schema):
    """A timer of the engine."""

    id = fields.UUID()
    instance_id = fields.UUID()
    case_id = fields.UUID(attribute="subject_id")
    element_id = fields.String()
    name = fields.String()
    duty = fields.String()
    due = fields.AwareDateTime(attribute="due_at", allow_none=True)
    status = fields.String()


class Incident(Schema):
    """A step that failed."""

    id = fields.UUID()
    instance_id = fields.UUID()
    case_id = fields.UUID(attribute="subject_id")
    element_id = fields.String()
    name = fields.String()
    message = fields.String()
    raised_at = fields.AwareDateTime()


class Instance(Schema):
    """A process instance."""

    id = fields.UUID()
    process = fields.String(attribute="process_key")
    version = fields.Integer()
    status = fields.String()
    case_id = fields.UUID(attribute="subject_id")
    variables = fields.Dict()
    active = fields.List(fields.String())
    started_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    timers = fields.List(fields.Nested(Timer))
    incidents = fields.List(fields.Nested(Incident))


class InstanceOfCase(Schema):
    """An instance, as its case lists it."""

    id = fields.UUID()
    process = fields.String(attribute="process_key")
    version = fields.Integer()
    status = fields.String()


class Document(Schema):
    """A document of a case."""

    id = fields.UUID()
    title = fields.String()
    kind = fields.String()
    file_name = fields.String()


class DocumentSeen(Schema):
    """A document version that was seen for a decision; without id and hash where it is not yours."""

    id = fields.UUID(allow_none=True)
    title = fields.String()
    version = fields.Integer()
    newest = fields.Integer()
    sha256 = fields.String()


class DecisionAnswer(Schema):
    """A question of the decision's form, with its answer in words."""

    id = fields.String()
    label = fields.String()
    value = fields.String()


class Decision(Schema):
    """A decision on a case."""

    id = fields.UUID()
    name = fields.String()
    legal_test = fields.String()
    on = fields.Date()
    decided_at = fields.DateTime()
    entered_by = fields.String()
    source = fields.String()
    outcome = fields.String()
    panel = fields.String()
    reasons = fields.List(fields.String())
    others = fields.List(fields.Nested(DecisionAnswer))
    documents = fields.List(fields.Nested(DocumentSeen))
    chosen = fields.Boolean()


class HistoryEntry(Schema):
    """An entry of the history."""

    seq = fields.Integer()
    at = fields.AwareDateTime()
    actor_id = fields.String()
    kind = fields.String()
    element_id = fields.String()
    body = fields.Dict()


class Case(Schema):
    """A case in a list."""

    id = fields.UUID()
    reference = fields.String()
    child_name = fields.String()
    child_date_of_birth = fields.Date()
    setting_name = fields.String()
    area = fields.String()
    stage = fields.String()
    status = fields.String()
    outcome = fields.String()
    opened_at = fields.AwareDateTime()


def page_of(shape: type[Schema]) -> type[Schema]:
    """Return the shape of a page of a list."""
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(shape)),
        "next": fields.String(allow_none=True, attribute="next_cursor"),
        "__doc__": f"A page of {shape.__name__.lower()}s.",
    }
    return type(f"{shape.__name__}Page", (Schema,), members)


TaskPage = page_of(Task)
CasePage = page_of(Case)
DeadlinePage = page_of(Deadline)
TimerPage = page_of(Timer)
HistoryPage = page_of(HistoryEntry)
