"""Writing down: a record's next version with its rows in the history and the audit log, and the files beside it."""

from portal.keeping.attaching import attach, shortened, take_away
from portal.keeping.bulk import keep_alike, keep_many, keep_new
from portal.keeping.versions import keep, keep_along, keep_aside

__all__ = [
    "attach",
    "keep",
    "keep_alike",
    "keep_along",
    "keep_aside",
    "keep_many",
    "keep_new",
    "shortened",
    "take_away",
]
