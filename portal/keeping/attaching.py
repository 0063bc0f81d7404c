"""The one way to keep a file with something: told by its content, kept once, encrypted by its model."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal import audit
from portal.audit import By
from portal.documents.file_kinds import LARGEST, Kind, kind_of
from portal.enums import AuditAction
from portal.kept.revisions import raising
from portal.models import RemovableFile
from portal.workflow import MoveRefused

LONGEST_NAME = 200  # what `file_name` holds


def attach(
    made: Any, name: str, content: bytes, *, among: QuerySet[Any], kinds: Iterable[Kind], largest: int = LARGEST
) -> tuple[Any, bool]:
    """Write `made`, new or already there, with this file; the row that holds it, and whether anything was written.

    The same content is kept once `among` the rows given. Raises ValidationError, in words, for a file of no kind of
    `kinds`, above `largest` bytes or misnamed. The caller holds the transaction, and tells the audit log.
    """
    kind, digest = kind_of(content, name, kinds, largest=largest), hashlib.sha256(content).hexdigest()
    if known := among.filter(digest=digest).defer("content").first():
        return known, False
    made.file_name, made.content_type, made.content, made.digest = shortened(name), kind.content_type, content, digest
    with raising([made]):
        made.save()
    return made, True


def take_away(file: RemovableFile, *, about: Any, act: str, by: By) -> None:
    """Take away a file that was given by mistake: it is kept, and counts for nothing. Done twice it is done once.

    Writes the file and one audit row `about` what it was kept with. Raises MoveRefused where it stays, in words. The
    caller holds the transaction.
    """
    if reason := file.against_removing():
        raise MoveRefused(reason)
    with raising([file]):
        taken = type(file).objects.filter(pk=file.pk).update(removed_by=by.actor, removed_at=timezone.now())
    if taken:
        audit.record(AuditAction.RECORD_SAVED, by=by, about=about, act=act, digest=file.digest)


def shortened(name: str) -> str:
    """The name of a file as it is kept: its end, with the suffix."""
    return name[-LONGEST_NAME:]
