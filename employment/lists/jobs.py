"""Long lists are checked and brought in outside the request: a job that one may leave, and that leads to the list."""

from typing import BinaryIO

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from employment.lists.kinds import kinds_for
from portal.access import Permission
from portal.audit import By
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.models import ListUpload, User
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.steps.uploads import NotReady, bring_in, check_list

CHECK, BRING_IN = "check_list", "bring_in_list"
LONG = 2000  # rows: what is more takes longer than one waits for a page


def is_long(draft: Draft) -> bool:
    return len(draft.table.rows) > LONG


def _draft(owner: User, pk: str) -> Draft:
    """The list as it stands when the job begins. Raises JobRefused if it is gone, or no more the owner's to see."""
    uploads: QuerySet = ListUpload.objects.visible_to(owner)
    try:
        found = uploads.select_related("union").defer("content").get(pk=pk)
    except ObjectDoesNotExist:
        raise JobRefused(_("这份清单已不存在。")) from None
    return Draft(found, kinds_for(found.union))


def check(owner: User, _file: BinaryIO, progress: Progress, *, upload: str, **_words) -> Made:
    """What would become of each row; the rows are counted as their cells are read."""
    draft = _draft(owner, upload)
    progress.begin(len(draft.understood().rows))
    try:
        check_list(draft, tick=progress.step)
    except NotReady as not_ready:
        raise JobRefused(str(not_ready)) from not_ready
    return Made()


def bring(owner: User, _file: BinaryIO, progress: Progress, *, upload: str, address: str | None, **_words) -> Made:
    """The rows that are right are written, all in one transaction: cut off, nothing is, and it can be started anew.

    Counted are the rows as they are read; of the transaction nobody sees anything before it is over.
    """
    draft = _draft(owner, upload)
    progress.begin(len(draft.understood().rows))
    try:
        bring_in(draft, by=By(owner, address), tick=progress.step)
    except NotReady as not_ready:
        raise JobRefused(str(not_ready)) from not_ready
    return Made()


def check_title(name: str, **_arguments) -> str:
    return _("检查清单“%(name)s”") % {"name": name}


def bring_title(name: str, **_arguments) -> str:
    return _("导入清单“%(name)s”") % {"name": name}


def page(upload: str, then: str, **_arguments) -> str:
    return reverse(then, args=[upload])


KINDS = (
    JobKind(CHECK, Permission.IMPORT_LISTS, check_title, check, page, is_repeatable=True),
    JobKind(BRING_IN, Permission.IMPORT_LISTS, bring_title, bring, page),
)
