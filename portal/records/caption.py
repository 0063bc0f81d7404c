"""What a record is called where it stands alone: in a heading, a link, a sentence."""

from collections.abc import Iterable

from django.db.models import Model

from portal.records.attribute import ABSENT, follow
from portal.records.kind import RecordKind


def caption(kind: RecordKind, record: Model, scope: str) -> str:
    """What tells this record from others of its kind, in words."""
    return caption_of(kind.caption, record, scope)


def caption_of(paths: Iterable[str], record: Model, scope: str) -> str:
    """The same by the `paths` given."""
    values = [follow(record, path.split("."), scope) for path in paths]
    return " ".join(str(value) for value in values if value not in (None, "", ABSENT))
