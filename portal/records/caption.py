"""What a record is called where it stands alone: in a heading, a link, a sentence."""

from portal.records.attribute import ABSENT, follow
from portal.records.kind import RecordKind


def caption(kind: RecordKind, record, scope: str) -> str:
    """What tells this record from others of its kind, in words."""
    values = [follow(record, path.split("."), scope) for path in kind.caption]
    return " ".join(str(value) for value in values if value not in (None, "", ABSENT))
