"""What somebody types into a form of the demo, kept as the page would keep it."""

import uuid

from django.db.models import Model

from portal.audit import By
from portal.models import User
from portal.records.editing import Editing, create_record
from portal.records.editing.form import RecordForm


def typed_values(editing: Editing, actor: User, parent: Model | None = None, **words) -> dict:
    """The values of a form with `words` typed over what it holds when it is opened. Raises AssertionError by field."""
    data = {**editing.initial(parent), **words, "key": str(uuid.uuid4())}
    form = RecordForm(data, editing=editing, user=actor)
    if not form.is_valid():
        message = f"the demo's form of {editing.sheet.title} is refused: {form.errors.as_json()}"
        raise AssertionError(message)
    return form.values()


def typed(editing: Editing, actor: User, parent: Model | None = None, **words) -> Model:
    """The record that comes of it."""
    return create_record(
        editing, values=typed_values(editing, actor, parent, **words), parent=parent, by=By(actor)
    ).record
