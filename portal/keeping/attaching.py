"""The one way to keep a file with something: told by its content, kept once, encrypted by its model."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from portal.documents.file_kinds import LARGEST, Kind, kind_of

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
    made.save()
    return made, True


def shortened(name: str) -> str:
    """The name of a file as it is kept: its end, with the suffix."""
    return name[-LONGEST_NAME:]
