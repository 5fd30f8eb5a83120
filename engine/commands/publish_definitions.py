"""Publish diagrams and decision tables as new versions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from engine import errors, reasons
from engine.definitions import cache, parser, xml
from engine.store import definitions
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class PublishDefinitions:
    """Publish `files` (file name to content) together, with a reason."""

    files: Mapping[str, bytes]
    reason: str


class UnknownCall(errors.Invalid):
    """A diagram calls a process or a decision that is not published."""


class CyclicCall(errors.Invalid):
    """Processes call each other in a circle."""


def publish_definitions(command: PublishDefinitions, work: Work) -> None:
    """Make a new version of every file that changed, and of the bundles that contain it.

    1. The domain looks at the files, with all that is live, and may refuse them.
    2. Each file is read and its key found (the id of its process or first decision).
    3. A file whose content is that of the live version makes no new one.
    4. Every process is bundled anew with what it calls; a bundle that does not parse is refused.

    Raises:
        errors.Invalid: a file cannot be read or run, in plain words.
        UnknownCall, CyclicCall: a call leads nowhere, or in a circle.
    """
    reason = reasons.given(command.reason)
    live = definitions.live_versions(work.connection)
    work.domain.refuse_publication(
        command.files, {key: version.xml for key, version in live.items()}
    )
    for name, data in command.files.items():
        root = xml.parse(data, name=name)
        key, title = parser.key_of(root, name)
        checksum = hashlib.sha256(data).hexdigest()
        before = live.get(key)
        if before is not None and before.checksum == checksum:
            continue
        live[key] = definitions.add_version(
            work.connection,
            definitions.Version(
                key, (before.version if before else 0) + 1, xml.kind_of(root), title, data, checksum
            ),
            published=(work.now, work.actor.id, reason),
        )
    for key in [key for key, version in live.items() if version.kind == "bpmn"]:
        _bundle(key, live, work)


def _bundle(key: str, live: Mapping[str, definitions.Version], work: Work) -> None:
    members = _members(key, live, ())
    versions = {each: live[each].version for each in sorted(members)}
    if definitions.is_live(work.connection, key, versions):
        return
    files = {each: live[each].xml for each in members}
    bundle = definitions.Members(key, live[key].version, files)
    parsed = cache.build("check", bundle, work.domain.signatures)
    definitions.make_live(
        work.connection, key, versions, start_message=parsed.start_message, now=work.now
    )


def _members(
    key: str, live: Mapping[str, definitions.Version], path: tuple[str, ...]
) -> dict[str, None]:
    if key in path:
        raise CyclicCall(f"{' calls '.join((*path, key))}: processes must not call in a circle.")
    if key not in live:
        raise UnknownCall(f"“{path[-1]}” calls “{key}”, which is not published.")
    members = {key: None}
    if live[key].kind == "dmn":
        return members
    process = parser.process_of(xml.parse(live[key].xml, name=key), key)
    processes, decisions = parser.called_keys(process)
    for called in sorted(processes | decisions):
        members.update(_members(called, live, (*path, key)))
    return members
