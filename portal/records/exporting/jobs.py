"""A long list as a file, made aside and fetched once. What it was filtered by is kept sealed: it may be a name."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import BinaryIO

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.fields import decrypt
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.jobs.starting import start
from portal.models import Job, User
from portal.records.exporting.formats import FORMATS
from portal.records.exporting.whole_list import CHUNK, WholeList
from portal.records.kind import RecordKind
from portal.records.lists.listing import Listing

LIST_FILE = "list_file"
LONGEST_AT_ONCE = 5_000  # rows that are written while somebody waits


def start_list_file(owner: User, kind: RecordKind, query: str, ending: str) -> Job:
    """The job that writes the list of `kind` which the `query` of an address asks for, as a file of that `ending`."""
    return start(LIST_FILE, owner, query, of=kind.name, ending=ending)


def list_file_job(kinds: Mapping[str, RecordKind]) -> JobKind:
    """The kind of job for the lists of these `kinds`."""

    def title(*, of: str, ending: str) -> str:
        return _("%(list)s（%(ending)s）") % {"list": kinds[of].title if of in kinds else of, "ending": ending}

    def work(owner: User, file: BinaryIO, progress: Progress, *, of: str, ending: str, sealed: str) -> Made:
        params = QueryDict(decrypt(sealed, LIST_FILE))
        listing = Listing(kinds[of], SimpleNamespace(user=owner), params)
        if not listing.is_valid:
            raise JobRefused(_("筛选条件有误，没有导出。请更正后再试。"))
        whole, made = WholeList(listing), FORMATS[ending]
        progress.begin(whole.count)
        lines = whole.resource.lines(_counting(whole.records(), progress))
        with made.write(whole.resource.title, whole.resource.headings, lines) as written:
            shutil.copyfileobj(written, file)
        return Made(f"{whole.name}.{ending}", made.content_type, whole.told)

    return JobKind(LIST_FILE, Permission.EXPORT_LISTS, title, work, is_fetched_once=True, is_repeatable=True)


def _counting(records: Iterable[Model], progress: Progress) -> Iterator[Model]:
    for number, record in enumerate(records, start=1):
        yield record
        if number % CHUNK == 0:
            progress.step(CHUNK)
