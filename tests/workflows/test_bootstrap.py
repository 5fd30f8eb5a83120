"""An upgrade delivers diagrams, and leaves alone what a process owner has published."""

from engine import ports
from engine.commands.publish_definitions import PublishDefinitions
from engine.store import definitions
from tests.support.county import County
from workflows import bootstrap


def test_an_upgrade_keeps_what_a_process_owner_published(small_county: County) -> None:
    system = small_county.system
    name = "gather_advice.bpmn"
    ours = (bootstrap.DIAGRAMS / "shared" / name).read_bytes()
    theirs = ours.replace(b"Give advice", b"Write the advice", 1)
    system.execute(PublishDefinitions({name: theirs}, "Plainer"), ports.SYSTEM)

    bootstrap.publish_diagrams(system)

    with system.read() as connection:
        live = definitions.live_versions(connection)
    assert live["gather_advice"].reason == "Plainer"
    assert {each.version for key, each in live.items() if key != "gather_advice"} == {1}
