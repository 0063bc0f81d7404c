"""Taking back an import: what it created goes and what it changed is restored, while nothing is built on it."""

import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.kept.revisions import raising
from portal.models import Campaign, Import, ImportedRecord, KeptCount, ListUpload, Union
from portal.models.imports.imported import ImportAct
from portal.records.voiding.declaration import referring_fields
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.trace import fingerprint
from portal.workbook.lists.steps.held import reopen
from portal.workbook.numbers import remember_gone

NAMED = 20  # of what stands in the way
Records = dict[type[Model], dict[int, Model]]
# What must not be worse afterwards: the faults of a unit, each comparable with what they were before.
Guard = Callable[[Union], list]


class NotTakenBack(Exception):  # noqa: N818  named after what happens
    """What stands in the way, one sentence each."""

    def __init__(self, reasons: list[str]):
        super().__init__(reasons)
        self.reasons = reasons


def take_back(imported: Import, *, by: By) -> Import:
    """Take `imported` back, all of it or nothing; one that decided, paid or changed a card is asked for only.

    Then a second person agrees. Locks the 填报单位. Removes records, with a last version of each (decision 0013: not
    void, so that the corrected file can bring them in); puts changed ones back to the state before, with a version;
    persons and campaigns that were opened go, too, unless somebody else uses them; numbers that were made are not given
    again. Writes the import and one audit
    row; a list is back where its columns are decided, without held rows. Raises NotTakenBack.
    """
    with _whole():
        imported, unit = _locked(imported)
        if by.actor is None or not can(by.actor, Permission.IMPORT_WORKBOOK):
            raise NotTakenBack([_("您的岗位不能撤回导入。")])
        if imported.is_asked_back:
            raise NotTakenBack([_("已申请撤回，正等另一人同意。")])
        if imported.weighty:
            _find_hindrances(list(imported.records.all()), unit)
            imported.asked_by, imported.asked_at = by.actor, timezone.now()
            return _tell(imported, by, _("申请撤回导入"))
        return _take(imported, unit, by)


def agree_to_take_back(imported: Import, *, by: By) -> Import:
    """Take `imported` back as the second person; it is judged again. Writes as `take_back` does.

    Raises NotTakenBack if nobody asked for it, `by` did, or approves nothing.
    """
    with _whole():
        imported, unit = _asked(imported)
        if not can(by.actor, Permission.APPROVE_CASES) or imported.asked_by == by.actor:
            raise NotTakenBack([_("这次导入涉及审批、资金或银行卡，须由申请人以外的单位审核人同意撤回。")])
        return _take(imported, unit, by)


def refuse_to_take_back(imported: Import, *, by: By) -> Import:
    """Leave the import as it is: answered by who approves, or withdrawn by who asked.

    Writes the import and one audit row. Raises NotTakenBack if nobody asked for it or `by` is neither.
    """
    with _whole():
        imported, _unit = _asked(imported)
        if not can(by.actor, Permission.APPROVE_CASES) and imported.asked_by != by.actor:
            raise NotTakenBack([_("只有申请人或单位审核人可以取消撤回申请。")])
        imported.asked_by = imported.asked_at = None
        return _tell(imported, by, _("不撤回导入"))


@contextmanager
def _whole() -> Iterator[None]:
    """All of it or nothing."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError:
        # A record that refers to one of these was saved in the same moment, or a restored one is unique no more.
        raise NotTakenBack([_("有记录正与这次导入的内容相关联，或恢复后与其他记录冲突，没有撤回。")]) from None


def _locked(imported: Import) -> tuple[Import, Union]:
    """The import and its 填报单位, locked after the list it came by: in the order of who brings that in."""
    if imported.upload_id:
        ListUpload.objects.select_for_update().filter(pk=imported.upload_id).first()
    unit = Union.objects.select_for_update().get(path=imported.union.reporting_path)
    imported = Import.objects.select_for_update(of=("self",)).select_related("union", "asked_by").get(pk=imported.pk)
    if imported.taken_back_at:
        raise NotTakenBack([_("这次导入已经撤回。")])
    return imported, unit


def _asked(imported: Import) -> tuple[Import, Union]:
    imported, unit = _locked(imported)
    if not imported.is_asked_back:
        raise NotTakenBack([_("没有待复核的撤回申请。")])
    return imported, unit


def _take(imported: Import, unit: Union, by: By) -> Import:
    _undo(imported, unit, by)
    if imported.upload:
        reopen(imported.upload)
    imported.taken_back_by, imported.taken_back_at = by.actor, timezone.now()
    return _tell(imported, by, _("撤回导入"))


def _tell(imported: Import, by: By, act: str) -> Import:
    imported.save()
    audit.record(AuditAction.RECORD_SAVED, by=by, union=imported.union, subject=imported.file_name, act=act)
    return imported


def _find_hindrances(written: list[ImportedRecord], unit: Union) -> Records:
    """The records as they are now. Raises NotTakenBack with what stands in the way."""
    now = _now(written)
    made: dict[type[Model], set[int]] = defaultdict(set)
    for each in written:
        if each.act == ImportAct.CREATED:
            made[_model(each)].add(each.record)
    nameless = (record for path in settings.TAKING_BACK_HINDRANCES for record in import_string(path)(unit, made))
    built_on = list(islice(chain(_built_on(made), ((record, None) for record in nameless)), NAMED))
    told = {(type(owner), owner.pk) for _record, owner in built_on if owner}
    reasons = dict.fromkeys(_in_words(*each) for each in built_on)
    reasons |= dict.fromkeys(islice(_changed_since(written, now, told), NAMED - len(built_on)))
    if reasons:
        raise NotTakenBack(list(reasons))
    return now


def _undo(imported: Import, unit: Union, by: By) -> None:
    guards: list[Guard] = [import_string(path) for path in settings.TAKING_BACK_GUARDS]
    written = list(imported.records.all())
    now = _find_hindrances(written, unit)
    before = [guard(unit) for guard in guards]
    _restore([each for each in written if each.before], now, by)
    made = [each for each in written if each.act == ImportAct.CREATED]
    _remove(made, now, unit, by)
    _remove_opened([each for each in written if each.act == ImportAct.OPENED], now)
    for guard, faults in zip(guards, before, strict=True):
        if any(fault not in faults for fault in guard(unit)):
            raise NotTakenBack([_("这次导入的资金已经用于发放，撤回后会超支。")])


def _model(each: ImportedRecord) -> type[Model]:
    return apps.get_model(each.model)


def _now(written: Iterable[ImportedRecord]) -> Records:
    by_model = defaultdict(list)
    for each in written:
        by_model[_model(each)].append(each.record)
    return {
        model: {record.pk: record for chunk in in_chunks(pks) for record in model._base_manager.filter(pk__in=chunk)}
        for model, pks in by_model.items()
    }


def _changed_since(
    written: Iterable[ImportedRecord], now: Records, told: Container[tuple[type[Model], int]]
) -> Iterator[str]:
    """Of records that were changed since, but of those of which more is `told` already."""
    for each in written:
        if (_model(each), each.record) in told:
            continue
        record = now[_model(each)].get(each.record)
        if each.act != ImportAct.OPENED and (record is None or fingerprint(record) != each.after):
            key = json.loads(each.shown)[0]
            words = {"sheet": each.sheet or _model(each)._meta.verbose_name, "key": key}
            yield _("“%(sheet)s”%(key)s 在导入之后又有改动") % words


def _built_on(made: Mapping[type[Model], set[int]]) -> Iterator[tuple[Model, Model | None]]:
    """Records that refer to those that the import created, and were not created by it.

    One that has no number is known by what it refers to, which comes with it.
    """
    for model, pks in made.items():
        for field in referring_fields(model):
            for chunk in in_chunks(pks):
                for record in field.model._base_manager.filter(**{f"{field.name}__in": chunk}):
                    if record.pk not in made.get(field.model, ()):
                        yield record, None if getattr(record, "number", "") else getattr(record, field.name)


def _in_words(record: Model, owner: Model | None) -> str:
    """That `record` is built on what the import created, `owner`; of one that was taken back, what is left to do."""
    words = {"kind": record._meta.verbose_name, "number": getattr(record, "number", "")}
    if getattr(record, "is_voided", False) or getattr(record, "removed_at", None):
        told = _("“%(kind)s”%(number)s 已作废，但按规定要保留，所以这次导入不能整批撤回；请逐条作废它所属的记录")
    elif owner:
        done = getattr(record, "done_to_it", "") or _("登记了“%(kind)s”") % words
        words = {"kind": owner._meta.verbose_name, "owner": getattr(owner, "number", "") or owner, "done": done}
        told = _("“%(kind)s”%(owner)s 在导入之后%(done)s")
    else:
        told = _("“%(kind)s”%(number)s 用到了这次导入的记录")
    return told % words


def _restore(changed: Iterable[ImportedRecord], now: Records, by: By) -> None:
    by_model = defaultdict(list)
    for each in changed:
        record = now[_model(each)][each.record]
        values = json.loads(each.before)
        for field in record._meta.concrete_fields:
            if not field.primary_key and field.attname not in ("union_id", "union_path"):
                setattr(record, field.attname, field.to_python(values[field.attname]))
        by_model[type(record)].append(record)
    for model, records in by_model.items():
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        # Past save(), which would set a new version and time: the record is what it was.
        with raising(records):
            model._base_manager.bulk_update(records, names, batch_size=200)
        _keep_versions(model, records, "~", by)


def _remove(made: Iterable[ImportedRecord], now: Records, unit: Union, by: By) -> None:
    """In the reverse of the order in which they were written, which is that of their references."""
    models = dict.fromkeys(_model(each) for each in made)
    for model in reversed(models):
        pks = [each.record for each in made if _model(each) is model]
        gone = [now[model][pk] for pk in pks]
        _keep_versions(model, gone, "-", by)
        remember_gone(model, gone, unit=unit)
        with raising(gone):
            for chunk in in_chunks(pks):
                found = model._base_manager.filter(pk__in=chunk)
                found._raw_delete(found.db)


def _remove_opened(opened: Iterable[ImportedRecord], now: Records) -> None:
    """Persons and campaigns that only this import needed."""
    for model in dict.fromkeys(_model(each) for each in opened):
        pks = {each.record for each in opened if _model(each) is model} & now[model].keys()
        if model is Campaign:  # what was counted of it meanwhile is no use of it
            KeptCount.objects.filter(campaign__in=pks).delete()
        for field in referring_fields(model):
            for chunk in in_chunks(list(pks)):
                used = field.model._base_manager.filter(**{f"{field.name}__in": chunk})
                pks -= set(used.values_list(field.attname, flat=True))
        for chunk in in_chunks(pks):
            found = model._base_manager.filter(pk__in=chunk)
            found._raw_delete(found.db)


def _keep_versions(model: type[Model], records: Iterable[Model], kind: str, by: By) -> None:
    """A version of each record that says what was done; bulk writes make none by themselves."""
    if not hasattr(model, "history"):
        return
    history = model.history.model
    now = timezone.now()
    history.objects.bulk_create(
        [
            history(
                history_date=now,
                history_user=by.actor,
                history_change_reason=_("撤回导入"),
                history_type=kind,
                **{field.attname: getattr(record, field.attname) for field in history.tracked_fields},
            )
            for record in records
        ],
        batch_size=500,
    )
