"""Visits with what comes of them: photos, and to-dos for what the needs ask (notice, part one (two) 1 and 2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import FollowUpKind
from aid.models import FollowUp, Visit, VisitPhoto
from portal import audit
from portal.audit import By
from portal.documents.file_kinds import LARGEST_SCAN, PICTURES
from portal.enums import AuditAction
from portal.keeping import attach, keep, keep_along
from portal.records.editing import Editing, Saved, change_record, create_record, lock_unit


@dataclass(frozen=True)
class Results:
    """What comes of a visit: kinds of follow-up, and photos as names with contents."""

    follow_ups: Iterable[FollowUpKind] = ()
    photos: Iterable[tuple[str, bytes]] = field(default=())


@transaction.atomic
def record_visit(
    editing: Editing, *, person: Model, values: Mapping[str, Any], results: Results, by: By, **sent
) -> Saved:
    """Make a visit to `person` (a child, a graduate, a household's worker) with what comes of it, all or nothing.

    Locks the 填报单位. Writes the visit as `create_record` does, and what `add_results` writes; raises as they do.
    """
    saved = create_record(editing, values=values, parent=person, by=by, **sent)
    add_results(saved.record, results, by=by)
    return saved


@transaction.atomic
def change_visit(
    editing: Editing, visit: Visit, *, values: Mapping[str, Any], results: Results, version: int, by: By
) -> Saved:
    """Change a visit and add to what comes of it, all or nothing. As `record_visit`; Overtaken as `change_record`."""
    saved = change_record(editing, visit, values=values, version=version, by=by)
    add_results(saved.record, results, by=by)
    return saved


@transaction.atomic
def add_results(visit: Visit, results: Results, *, by: By) -> None:
    """Add follow-ups and photos to a visit; what is there already stays as it is.

    Locks the 填报单位. Writes the new ones with one audit row for each photo. Raises ValidationError for a photo that
    is no .jpg or .png, judged by its content, of at most 10 MB.
    """
    lock_unit(visit.union)
    for kind in results.follow_ups:
        if not visit.follow_ups.filter(kind=kind).exists():
            _ask(visit, FollowUpKind(kind), by)
    for name, content in results.photos:
        _keep_photo(visit, name, content, by)


def _ask(visit: Visit, kind: FollowUpKind, by: By) -> None:
    asked = FollowUp(visit=visit, person_id=visit.person_id, kind=kind, asked_on=localdate())
    asked.open_with(visit)
    keep_along(asked, by)


def _keep_photo(visit: Visit, name: str, content: bytes, by: By) -> None:
    photo = VisitPhoto(visit=visit, uploaded_by=by.actor)
    photo.open_with(visit)
    kept, is_new = attach(photo, name, content, among=visit.photos.all(), kinds=PICTURES, largest=LARGEST_SCAN)
    if is_new:
        audit.record(AuditAction.RECORD_SAVED, by=by, about=visit, act=_("上传走访照片"), digest=kept.digest)


@transaction.atomic
def finish_follow_ups(outcomes: Iterable[tuple[FollowUp, str]], *, by: By) -> int:
    """Mark many to-dos as done today, each with what became of it; how many were open. Writes as `finish_follow_up`."""
    open_ones = [(follow_up, outcome) for follow_up, outcome in outcomes if not follow_up.done_on]
    for follow_up, outcome in open_ones:
        finish_follow_up(follow_up, outcome=outcome, by=by)
    return len(open_ones)


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, outcome: str, by: By) -> FollowUp:
    """Mark a to-do as done today, with what became of it. Pressed twice it is done once: the first stays.

    Locks the 填报单位. Writes the to-do, one version and one audit row.
    """
    lock_unit(follow_up.union)
    follow_up = FollowUp.objects.select_related("union", "visit").get(pk=follow_up.pk)
    if follow_up.done_on:
        return follow_up
    follow_up.done_on, follow_up.done_by, follow_up.outcome = localdate(), by.actor, outcome
    told = {"about": follow_up.visit, "what": str(follow_up.get_kind_display())}
    keep(follow_up, by, _("办结跟进事项"), action=AuditAction.RECORD_SAVED, **told)
    return follow_up
