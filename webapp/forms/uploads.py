"""Files that were chosen in a form."""

from collections.abc import Iterator

from werkzeug.datastructures import FileStorage, MultiDict

from engine.definitions.forms import FieldType, FormDefinition, FormField


def chosen(
    form: FormDefinition, files: MultiDict[str, FileStorage]
) -> Iterator[tuple[FormField, list[FileStorage]]]:
    """Yield each file field with the files that were chosen for it."""
    for field in form.fields:
        if field.type == FieldType.FILE:
            found = [each for each in files.getlist(f"{field.id}-upload") if each.filename]
            if found:
                yield field, found
