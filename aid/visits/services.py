"""Visits with what comes of them: photos, and to-dos for what the needs ask (notice, part one (two) 1 and 2)."""

import hashlib
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
from portal.documents.file_kinds import JPEG, MEGABYTE, PNG, kind_of
from portal.enums import AuditAction
from portal.models import User
from portal.records.editing import Editing, Saved, change_record, create_record, lock_unit

PHOTO_KINDS = (JPEG, PNG)
LARGEST_PHOTO = 10 * MEGABYTE
LONGEST_NAME = 200


@dataclass(frozen=True)
class Results:
    """What comes of a visit: kinds of follow-up, and photos as names with contents."""

    follow_ups: Iterable[FollowUpKind] = ()
    photos: Iterable[tuple[str, bytes]] = field(default=())


@transaction.atomic
def record_visit(
    editing: Editing,
    *,
    person: Model,
    values: Mapping[str, Any],
    results: Results,
    actor: User,
    address: str | None = None,
    **sent,
) -> Saved:
    """Make a visit to `person` (a child, a graduate, a household's worker) with what comes of it, all or nothing.

    Locks the 填报单位. Writes the visit as `create_record` does, and what `add_results` writes; raises as they do.
    """
    saved = create_record(editing, values=values, parent=person, actor=actor, address=address, **sent)
    add_results(saved.record, results, actor=actor, address=address)
    return saved


@transaction.atomic
def change_visit(
    editing: Editing,
    visit: Visit,
    *,
    values: Mapping[str, Any],
    results: Results,
    version: int,
    actor: User,
    address: str | None = None,
) -> Saved:
    """Change a visit and add to what comes of it, all or nothing. As `record_visit`; Overtaken as `change_record`."""
    saved = change_record(editing, visit, values=values, version=version, actor=actor, address=address)
    add_results(saved.record, results, actor=actor, address=address)
    return saved


@transaction.atomic
def add_results(visit: Visit, results: Results, *, actor: User, address: str | None = None) -> None:
    """Add follow-ups and photos to a visit; what is there already stays as it is.

    Locks the 填报单位. Writes the new ones with one audit row for each photo. Raises ValidationError for a photo that
    is no .jpg or .png, judged by its content, of at most 10 MB.
    """
    lock_unit(visit.union)
    for kind in results.follow_ups:
        if not visit.follow_ups.filter(kind=kind).exists():
            _ask(visit, FollowUpKind(kind), actor)
    for name, content in results.photos:
        _keep_photo(visit, name, content, actor, address)


def _ask(visit: Visit, kind: FollowUpKind, actor: User) -> None:
    asked = FollowUp(visit=visit, person_id=visit.person_id, kind=kind, asked_on=localdate())
    asked.place_with(visit)
    asked._history_user = actor
    asked.save()


def _keep_photo(visit: Visit, name: str, content: bytes, actor: User, address: str | None) -> None:
    found = kind_of(content, name, PHOTO_KINDS, largest=LARGEST_PHOTO)
    digest = hashlib.sha256(content).hexdigest()
    if visit.photos.filter(digest=digest).exists():
        return
    photo = VisitPhoto(
        visit=visit,
        file_name=name[-LONGEST_NAME:],
        content_type=found.content_type,
        content=content,
        digest=digest,
        uploaded_by=actor,
    )
    photo.place_with(visit)
    photo.save()
    _log(AuditAction.RECORD_SAVED, visit, actor, address, act=_("上传走访照片"), digest=digest)


def hand_out_photo(photo: VisitPhoto, *, actor: User, address: str | None = None) -> bytes:
    """The content of a photo, with one audit row that says who had it."""
    _log(AuditAction.EXPORTED, photo.visit, actor, address, act=_("查看走访照片"), digest=photo.digest)
    return bytes(photo.content)


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, outcome: str, actor: User, address: str | None = None) -> FollowUp:
    """Mark a to-do as done today, with what became of it. Pressed twice it is done once: the first stays.

    Locks the 填报单位. Writes the to-do, one version and one audit row.
    """
    lock_unit(follow_up.union)
    follow_up = FollowUp.objects.select_related("union", "visit").get(pk=follow_up.pk)
    if follow_up.done_on:
        return follow_up
    follow_up.done_on, follow_up.done_by, follow_up.outcome = localdate(), actor, outcome
    follow_up.version += 1
    follow_up._history_user = actor
    follow_up.save()
    what = str(follow_up.get_kind_display())
    _log(AuditAction.RECORD_SAVED, follow_up.visit, actor, address, act=_("办结跟进事项"), what=what)
    return follow_up


def _log(action: AuditAction, visit: Visit, actor: User, address: str | None, **detail) -> None:
    subject = f"{visit._meta.verbose_name} {visit.number}"
    audit.record(action, actor=actor, address=address, union=visit.union, subject=subject, **detail)
