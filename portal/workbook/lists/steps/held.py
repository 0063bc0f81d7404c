"""待补正: rows of an imported list that were wrong, kept until they are completed or dropped."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit import By
from portal.models import HeldRow, ListUpload
from portal.models.lists import HeldState, ListState
from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.service import ListOutcome, import_list
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.steps.later import came_later
from portal.workbook.lists.steps.left import keep_reasons, keep_what_is_left, narrowed
from portal.workbook.lists.steps.preview import Previewer
from portal.workbook.lists.steps.second import send

KEPT = timedelta(days=90)  # after the day, so that the last one is kept to its end


@transaction.atomic
def complete(
    upload: ListUpload,
    typed: AnyMapping[int, AnyMapping[str, str]],
    *,
    kinds: Sequence[ListKind],
    by: By,
    whole: bool = False,
) -> ListOutcome:
    """Put what was typed, by row and place, into held rows of `upload`, and write those of them that are right now.

    The others stay, with what was typed and their reasons. Rows that nothing was typed into are tried, too: what they
    lacked may be on file by now; but not those that a second person refused. What decides, pays or changes a card is
    sent to such a person. With `whole` all held rows come in or none: what was typed and the reasons are kept in any
    case. Writes records as `import_list` does, the held rows, and what came in into the result of the list. The notices
    of the outcome are those that were not told before.
    """
    upload = ListUpload.objects.select_for_update(of=("self",)).select_related("union").get(pk=upload.pk)
    held = {row.row: row for row in HeldRow.objects.filter(upload=upload).to_complete()}
    rows = {number: row for number, row in held.items() if row.state == HeldState.WRONG or number in typed}
    draft = Draft(upload, kinds)
    draft.type_in({number: cells for number, cells in typed.items() if number in rows})
    draft.save()
    if whole and len(rows) < len(held):
        numbers = "、".join(map(str, sorted(held.keys() - rows.keys())))
        return ListOutcome(
            dry_run=True, reason=_("都没有导入：第 %(rows)s 行复核没有同意，还没有改过。") % {"rows": numbers}
        )
    understood = narrowed(draft.understood(), rows)
    previewer = Previewer(understood)
    outcome = import_list(
        understood,
        unit=upload.union,
        said=draft.said,
        answers=draft.reading.answers,
        by=by,
        look=previewer,
        name=upload.file_name,
        upload=upload,
        by_one=True,
        whole=whole,
    )
    if outcome.dry_run:
        keep_reasons(rows, understood, outcome)
    elif not outcome.reason:
        keep_what_is_left(rows, understood, outcome)
        outcome.notices = came_later(upload, previewer.rows, outcome)
        if outcome.waits:
            send(upload, kinds=kinds, by=by)
    return outcome


@transaction.atomic
def drop(upload: ListUpload, numbers: Iterable[int]) -> int:
    """Give up held rows of `upload` for good; how many."""
    deleted, _by_model = HeldRow.objects.filter(upload=upload, row__in=list(numbers)).to_complete().delete()
    return deleted


def reopen(upload: ListUpload) -> None:
    """Put a list whose import was taken back to where its columns are decided; the caller has locked it.

    Its held rows go: they are rows of the list like those that came in, and found again by the next check, with all
    that was typed into them.
    """
    HeldRow.objects.filter(upload=upload).delete()
    upload.state, upload.outcome, upload.waiting, upload.sent_by = ListState.OPEN, "", "", None
    upload.save(update_fields=["state", "outcome", "waiting", "sent_by"])


def sweep_lists(now: datetime | None = None) -> tuple[int, int]:
    """Delete held rows and uploaded lists, files and all, from before the day KEPT ago; how many of each.

    What waits for a second person is not deleted before the answer.
    """
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    before = today - KEPT
    held = HeldRow.objects.filter(held_at__lt=before).to_complete().delete()[0]
    uploads = ListUpload.objects.filter(uploaded_at__lt=before).exclude(held_rows__isnull=False)
    return held, uploads.delete()[0]
