"""Begin a draft of a diagram or decision table."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine.unit_of_work import Work
from workflows.store import drafts


@dataclass(frozen=True, slots=True)
class CreateDiagramDraft:
    """Begin a draft with the file `xml`, from version `based_on` of its key (0: it is new)."""

    xml: bytes
    based_on: int = 0
    draft_id: UUID = field(default_factory=uuid4)


def create_diagram_draft(command: CreateDiagramDraft, work: Work) -> None:
    """Keep the file as a draft; nothing of it has to be right but that it can be read.

    Raises:
        xml.MalformedXml: it cannot be read safely, or is neither BPMN nor DMN.
    """
    kind, key, name = drafts.described(command.xml)
    drafts.add(
        work.connection,
        drafts.Draft(
            id=command.draft_id,
            kind=kind,
            key=key,
            name=name,
            xml=command.xml,
            revision=1,
            based_on=command.based_on,
            status=drafts.OPEN,
            created_at=work.now,
            created_by=work.actor.id,
            saved_at=work.now,
            saved_by=work.actor.id,
            published_version=None,
        ),
    )
