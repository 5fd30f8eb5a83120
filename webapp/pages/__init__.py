"""All pages, by area."""

from webapp.pages.absences import routes as absences
from webapp.pages.access_record import routes as access_record
from webapp.pages.account import routes as account
from webapp.pages.administration import (
    agencies as administered_agencies,
    calendar as working_calendar,
    history as administration_history,
    invitation,
    own_tokens,
    people as administered_people,
    routing,
    tokens,
    webhooks,
)
from webapp.pages.agency_messages import routes as agency_messages
from webapp.pages.board import lists as board_lists, routes as board
from webapp.pages.cases import actions, decisions, documents, routes as cases
from webapp.pages.comparators import routes as comparators
from webapp.pages.comparing import routes as comparing
from webapp.pages.diagrams import beginning as new_diagrams, routes as diagrams
from webapp.pages.drafts import comments as draft_comments, presence, routes as drafts
from webapp.pages.duties import routes as duties
from webapp.pages.duty_matrix import routes as duty_matrix
from webapp.pages.engine_timers import routes as engine_timers
from webapp.pages.escalations import routes as escalations
from webapp.pages.exceptions import routes as exceptions
from webapp.pages.forecast import routes as forecast
from webapp.pages.help import routes as help_pages
from webapp.pages.incidents import routes as incidents
from webapp.pages.instances import routes as instances
from webapp.pages.local_offer import desk as offer_desk, routes as local_offer
from webapp.pages.migrations import routes as migrations
from webapp.pages.outline import routes as outline
from webapp.pages.personal_link import routes as personal_link
from webapp.pages.phased_duties import routes as phased_duties
from webapp.pages.plan import (
    comments as plan_comments,
    provision,
    routes as plan,
    rows as plan_rows,
)
from webapp.pages.publishing import checking, routes as publishing
from webapp.pages.registers import routes as registers
from webapp.pages.reports import routes as reports
from webapp.pages.restricted import routes as restricted
from webapp.pages.retention import routes as retention
from webapp.pages.returns import entering as returns_entering, routes as returns
from webapp.pages.simulations import routes as simulations
from webapp.pages.start import routes as start
from webapp.pages.step_in import routes as step_in
from webapp.pages.studio import routes as studio
from webapp.pages.subject_requests import routes as subject_requests
from webapp.pages.system import routes as system
from webapp.pages.tasks import links as task_links, routes as tasks, sending
from webapp.pages.templates import routes as templates, word as word_template
from webapp.pages.timers import routes as timers
from webapp.pages.transition import actions as transition_actions, routes as transition
from webapp.pages.trying import routes as trying, scenarios
from webapp.pages.waiting import routes as waiting

ALL = (
    account.blueprint,
    access_record.blueprint,
    restricted.blueprint,
    subject_requests.blueprint,
    retention.blueprint,
    administered_agencies.blueprint,
    administered_people.blueprint,
    routing.blueprint,
    working_calendar.blueprint,
    tokens.blueprint,
    own_tokens.blueprint,
    webhooks.blueprint,
    administration_history.blueprint,
    invitation.blueprint,
    tasks.blueprint,
    task_links.blueprint,
    sending.blueprint,
    personal_link.blueprint,
    cases.blueprint,
    actions.blueprint,
    plan.blueprint,
    plan_rows.blueprint,
    plan_comments.blueprint,
    provision.blueprint,
    documents.blueprint,
    decisions.blueprint,
    start.blueprint,
    timers.blueprint,
    board.blueprint,
    board_lists.blueprint,
    engine_timers.blueprint,
    incidents.blueprint,
    instances.blueprint,
    exceptions.blueprint,
    escalations.blueprint,
    duties.blueprint,
    duty_matrix.blueprint,
    registers.blueprint,
    phased_duties.blueprint,
    returns.blueprint,
    returns_entering.blueprint,
    transition.blueprint,
    transition_actions.blueprint,
    diagrams.blueprint,
    forecast.blueprint,
    help_pages.blueprint,
    migrations.blueprint,
    new_diagrams.blueprint,
    comparing.blueprint,
    drafts.blueprint,
    presence.blueprint,
    draft_comments.blueprint,
    checking.blueprint,
    publishing.blueprint,
    trying.blueprint,
    scenarios.blueprint,
    simulations.blueprint,
    studio.blueprint,
    outline.blueprint,
    reports.blueprint,
    offer_desk.blueprint,
    local_offer.blueprint,
    templates.blueprint,
    word_template.blueprint,
    step_in.blueprint,
    absences.blueprint,
    agency_messages.blueprint,
    waiting.blueprint,
    comparators.blueprint,
    system.blueprint,
)
