"""What people do: take an import back, ask for it, agree or refuse."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Import, ListUpload, Union
from portal.records.taking_back.hindrances import Hindrance, NotTakenBack, find_hindrances
from portal.records.taking_back.undoing import undo, written_by
from portal.workbook.lists.steps.held import reopen


def take_back(imported: Import, *, by: By) -> Import:
    """Take `imported` back, all of it or nothing, with all that its list brought; one that decided, paid or changed a
    card is asked for only.

    Then a second person agrees. Locks the 填报单位. Removes records, with a last version of each (decision 0013: not
    void, so that the corrected file can bring them in); puts changed ones back to the state before, with a version;
    persons and campaigns that were opened go, too, unless somebody else uses them; numbers that were made are not given
    again. Writes the imports and one audit
    row; a list is back where its columns are decided, without held rows. Answers the first import of the list. Raises
    NotTakenBack.
    """
    with _whole():
        together, unit = _locked(imported)
        if by.actor is None or not can(by.actor, Permission.IMPORT_WORKBOOK):
            raise refused(_("您的岗位不能撤回导入。"))
        if together[0].is_asked_back:
            raise refused(_("已申请撤回，正等另一人同意。"))
        if any(each.weighty for each in together):
            find_hindrances(written_by(together), unit)
            together[0].asked_by, together[0].asked_at = by.actor, timezone.now()
            return _tell(together[0], by, _("申请撤回导入"))
        return _take(together, unit, by)


def agree_to_take_back(imported: Import, *, by: By) -> Import:
    """Take `imported` back as the second person; it is judged again. Writes as `take_back` does.

    Raises NotTakenBack if nobody asked for it, `by` did, or approves nothing.
    """
    with _whole():
        together, unit = _asked(imported)
        if not can(by.actor, Permission.APPROVE_CASES) or together[0].asked_by_id in by.person.hands:
            raise refused(_("这次导入涉及审批、资金或银行卡，须由申请人以外的单位审核人同意撤回。"))
        return _take(together, unit, by)


def refuse_to_take_back(imported: Import, *, by: By) -> Import:
    """Leave the import as it is: answered by who approves, or withdrawn by who asked.

    Writes the import and one audit row. Raises NotTakenBack if nobody asked for it or `by` is neither.
    """
    with _whole():
        (first, *_others), _unit = _asked(imported)
        if not can(by.actor, Permission.APPROVE_CASES) and first.asked_by != by.actor:
            raise refused(_("只有申请人或单位审核人可以取消撤回申请。"))
        first.asked_by = first.asked_at = None
        return _tell(first, by, _("不撤回导入"))


def hindrances_to(imported: Import) -> list[Hindrance]:
    """What would stand in the way if `imported` were taken back now; nothing is locked or written."""
    unit = Union.objects.get(path=imported.union.reporting_path)
    try:
        find_hindrances(written_by(imported.together()), unit)
    except NotTakenBack as not_taken:
        return not_taken.hindrances
    return []


def refused(words: str) -> NotTakenBack:
    return NotTakenBack([Hindrance(words)])


@contextmanager
def _whole() -> Iterator[None]:
    """All of it or nothing."""
    try:
        with transaction.atomic():
            yield
    except OperationalError:
        raise  # it cannot be done just now, and stands in nobody's way
    except DatabaseError:
        # A record that refers to one of these was saved in the same moment, or a restored one is unique no more.
        raise refused(_("有记录正与这次导入的内容相关联，或恢复后与其他记录冲突，没有撤回。")) from None


def _locked(imported: Import) -> tuple[list[Import], Union]:
    """All that is taken back with the import, the first first, and its 填报单位; locked after the list it came by: in
    the order of who brings that in."""
    if imported.upload_id:
        ListUpload.objects.select_for_update().filter(pk=imported.upload_id).first()
    unit = Union.objects.select_for_update().get(path=imported.union.reporting_path)
    imported = Import.objects.get(pk=imported.pk)
    if imported.taken_back_at:
        raise refused(_("这次导入已经撤回。"))
    together = imported.together().select_for_update(of=("self",)).select_related("union", "asked_by")
    return list(together), unit


def _asked(imported: Import) -> tuple[list[Import], Union]:
    together, unit = _locked(imported)
    if not together[0].is_asked_back:
        raise refused(_("没有待复核的撤回申请。"))
    return together, unit


def _take(together: Sequence[Import], unit: Union, by: By) -> Import:
    undo(together, unit, by)
    first = together[0]
    if first.upload:
        reopen(first.upload)
    moment = timezone.now()
    for each in together:
        each.taken_back_by, each.taken_back_at = by.actor, moment
    Import.objects.bulk_update(together, ["taken_back_by", "taken_back_at"])
    return _tell(first, by, _("撤回导入"))


def _tell(imported: Import, by: By, act: str) -> Import:
    imported.save()
    audit.record(AuditAction.RECORD_SAVED, by=by, union=imported.union, subject=imported.file_name, act=act)
    return imported
