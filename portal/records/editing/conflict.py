"""Two people edit one record: what the first changed, field by field, beside what the second typed."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.models import User, VersionedRecord
from portal.records.editing.declaration import is_sensitive
from portal.records.editing.fields import as_typed
from portal.records.editing.form import RecordForm, as_input, masked
from portal.records.versions import actor_of
from portal.workbook.sheets import Column


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed. `adopted`: it was left alone here, so the form now holds theirs."""

    label: str
    opened: str
    theirs: str
    mine: str
    adopted: bool


@dataclass(frozen=True)
class Conflict:
    actor: str
    at: datetime.datetime | None
    is_own: bool  # saved by the same person, in another window
    differences: tuple[Difference, ...]


def show_conflict(form: RecordForm, current: VersionedRecord, user: User) -> Conflict:
    """Tell what changed since `form` was opened, and let it be sent again on top of `current`.

    What was typed stays; a field left as it was when the form was opened takes what the other person put there.
    """
    opened = current.history.filter(version=form.cleaned_data["version"]).order_by("-history_date").first()
    last = current.history.select_related("history_user__union").order_by("-history_date", "-history_id").first()
    found = list(_differences(form, opened, current))
    adopted = {column.attribute: as_input(column, theirs) for column, theirs, difference in found if difference.adopted}
    # A version before history began: everything typed stays, whatever it was.
    form.renew(version=str(current.version), **{name: value for name, value in adopted.items() if opened})
    return Conflict(
        actor=actor_of(last, user) if last else _("其他人员"),
        at=last.history_date if last else None,
        is_own=bool(last and last.history_user_id == user.pk),
        differences=tuple(difference for _column, _theirs, difference in found),
    )


def _differences(form: RecordForm, opened: Model | None, current: Model) -> Iterator[tuple[Column, str, Difference]]:
    for column in form.editing.columns:
        before = as_typed(column, column.get_value(opened)) if opened else None
        theirs = as_typed(column, column.get_value(current))
        stays = form.stays(column.attribute)
        mine = (before or "") if stays else form.typed(column)
        if theirs != (mine if before is None else before):
            shown = _shown(form, column)
            untouched = not stays and mine == before
            words = _("（未改）") if stays else shown(mine)
            yield column, theirs, Difference(column.heading, shown(before or ""), shown(theirs), words, untouched)


def _shown(form: RecordForm, column: Column) -> Callable[[str], str]:
    """How a value may be repeated."""
    if column.attribute not in form.needed and is_sensitive(form.editing.sheet, column):
        return lambda value: masked(column, value) if value else ""
    return str
