"""The table of the kinds of jobs. The apps above declare theirs, `settings.JOB_KINDS` names where."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import BinaryIO

from django.conf import settings
from django.utils.module_loading import import_string

from portal.access import Permission
from portal.jobs.progress import Progress
from portal.models import User


class JobRefused(Exception):  # noqa: N818  named after what happens to the job
    """Work that cannot be done, with the reason in words that the person who started it reads."""


@dataclass(frozen=True)
class Made:
    """What came of a job besides its content: name and type of its file, if it made one, what the log says."""

    file_name: str = ""
    content_type: str = ""
    detail: dict = field(default_factory=dict)


@dataclass(frozen=True)
class JobKind:
    """A kind of work.

    `title` says in words what a job with the given arguments makes. `work` is given who started it, the file to write
    to, the progress to report, and the arguments; it raises JobRefused with a sentence where it cannot go on.
    `permission` is asked for when the job starts, when it runs and when its file is taken away. `page` is the address,
    for the given arguments, of what came of a job that makes no file. What `is_fetched_once` is wiped when its
    owner has it. What `is_repeatable` leaves nothing behind but its file, or does the same again: cut off by the death
    of its worker, it is begun again by itself.
    """

    name: str
    permission: Permission
    title: Callable[..., str]
    work: Callable[..., Made]
    page: Callable[..., str] | None = None
    is_repeatable: bool = False
    is_fetched_once: bool = False

    def run(self, owner: User, file: BinaryIO, progress: Progress, arguments: dict) -> Made:
        return self.work(owner, file, progress, **arguments)


class JobKindError(ValueError):
    """The table contradicts itself."""


@cache
def all_kinds() -> dict[str, JobKind]:
    """Every kind by its name. Asked for once when the portal starts, so that a fault in the table stops it."""
    declared = [kind for path in settings.JOB_KINDS for kind in import_string(path)]
    repeated = [name for name, times in Counter(kind.name for kind in declared).items() if times > 1]
    if repeated:
        message = f"kinds of jobs declared twice: {repeated}"
        raise JobKindError(message)
    return {kind.name: kind for kind in declared}
