"""Many sheets in one file, as a job."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.models import User
from portal.printouts.kind import Asked, NotPrinted, all_printouts
from portal.printouts.making import FORMATS, contents_of, file_of, record_printing

PRINTING = "printing"


def printing_title(printout: str, ids: list[int], ending: str, **_rest: str) -> str:
    kind = all_printouts().get(printout)
    words = _("%(title)s %(count)d 份（%(ending)s）")
    return words % {"title": kind.title if kind else printout, "count": len(ids), "ending": ending}


def make_printing(
    owner: User,
    file: BinaryIO,
    progress: Progress,
    *,
    printout: str,
    ids: list[int],
    ending: str,
    site: str,
    reason: str,
) -> Made:
    """The sheets of the records that the owner may still see, in the order of their numbers, as one file."""
    kind = all_printouts()[printout]
    if reason and not can(owner, Permission.REVEAL_ALONE):
        raise JobRefused(_("发起人已不能做这项工作。"))
    records = list(kind.records(owner).filter(pk__in=ids).order_by("pk"))
    if not records:
        raise JobRefused(_("要打印的记录已不存在。"))
    progress.begin(2)
    try:
        records, printouts, refusals = contents_of(kind, records, Asked(owner, site, reason))
        progress.step()
        file.write(file_of(printouts, ending))
    except (NotPrinted, PdfUnavailableError) as error:
        raise JobRefused(str(error)) from error
    record_printing(kind, records, by=By(owner), reason=reason, ending=ending)
    progress.step()
    return Made(
        kind.file_name(records, ending), FORMATS[ending].content_type, {"count": len(records), "errors": len(refusals)}
    )


KINDS = (JobKind(PRINTING, Permission.EXPORT_ANNEX, printing_title, make_printing, is_repeatable=True),)
