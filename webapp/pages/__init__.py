"""All pages, by area."""

from webapp.pages.account import routes as account
from webapp.pages.cases import actions, decisions, documents, routes as cases
from webapp.pages.diagrams import routes as diagrams
from webapp.pages.drafts import routes as drafts
from webapp.pages.duties import routes as duties
from webapp.pages.outline import routes as outline
from webapp.pages.personal_link import routes as personal_link
from webapp.pages.phased_duties import routes as phased_duties
from webapp.pages.plan import comments as plan_comments, routes as plan, rows as plan_rows
from webapp.pages.registers import routes as registers
from webapp.pages.start import routes as start
from webapp.pages.system import routes as system
from webapp.pages.tasks import links as task_links, routes as tasks, sending
from webapp.pages.templates import routes as templates, word as word_template
from webapp.pages.timers import routes as timers
from webapp.pages.transition import actions as transition_actions, routes as transition

ALL = (
    account.blueprint,
    tasks.blueprint,
    task_links.blueprint,
    sending.blueprint,
    personal_link.blueprint,
    cases.blueprint,
    actions.blueprint,
    plan.blueprint,
    plan_rows.blueprint,
    plan_comments.blueprint,
    documents.blueprint,
    decisions.blueprint,
    start.blueprint,
    timers.blueprint,
    duties.blueprint,
    registers.blueprint,
    phased_duties.blueprint,
    transition.blueprint,
    transition_actions.blueprint,
    diagrams.blueprint,
    drafts.blueprint,
    outline.blueprint,
    templates.blueprint,
    word_template.blueprint,
    system.blueprint,
)
