"""What process owners do with diagrams, scenarios and simulations."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.ask_approval import AskApproval, ask_approval
from workflows.commands.ask_for_simulation import AskForSimulation, ask_for_simulation
from workflows.commands.begin_simulation import BeginSimulation, begin_simulation
from workflows.commands.comment_on_draft import CommentOnDraft, comment_on_draft
from workflows.commands.create_diagram_draft import CreateDiagramDraft, create_diagram_draft
from workflows.commands.decide_approval import DecideApproval, decide_approval
from workflows.commands.discard_diagram_draft import DiscardDiagramDraft, discard_diagram_draft
from workflows.commands.end_simulation import EndSimulation, end_simulation
from workflows.commands.keep_rehearsal import KeepRehearsal, keep_rehearsal
from workflows.commands.keep_trial import KeepTrial, keep_trial
from workflows.commands.publish_draft import PublishDraft, publish_draft
from workflows.commands.report_simulation import ReportSimulation, report_simulation
from workflows.commands.retire_scenario import RetireScenario, retire_scenario
from workflows.commands.save_diagram_draft import SaveDiagramDraft, save_diagram_draft
from workflows.commands.save_scenario import SaveScenario, save_scenario
from workflows.commands.settle_draft_comment import SettleDraftComment, settle_draft_comment
from workflows.commands.stop_simulation import StopSimulation, stop_simulation
from workflows.commands.want_second_person import WantSecondPerson, want_second_person

HANDLERS: Final[Mapping[type, Handler]] = {
    CreateDiagramDraft: create_diagram_draft,
    SaveDiagramDraft: save_diagram_draft,
    DiscardDiagramDraft: discard_diagram_draft,
    CommentOnDraft: comment_on_draft,
    SettleDraftComment: settle_draft_comment,
    AskApproval: ask_approval,
    DecideApproval: decide_approval,
    WantSecondPerson: want_second_person,
    PublishDraft: publish_draft,
    KeepTrial: keep_trial,
    KeepRehearsal: keep_rehearsal,
    SaveScenario: save_scenario,
    RetireScenario: retire_scenario,
    AskForSimulation: ask_for_simulation,
    BeginSimulation: begin_simulation,
    EndSimulation: end_simulation,
    ReportSimulation: report_simulation,
    StopSimulation: stop_simulation,
}
