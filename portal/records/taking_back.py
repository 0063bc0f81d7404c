"""Taking back an import: what it created is removed and what it changed restored, while nothing is built on it."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

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
from portal.models import Import, ImportedRecord, Union
from portal.models.imports.imported import ImportAct
from portal.records.voiding.declaration import referring_fields
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.trace import fingerprint

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
    """Remove what `imported` created and restore what it changed, all of it or nothing.

    Locks the 填报单位. Deletes records, with a last version of each; puts changed ones back to the state before, with a
    version; persons and campaigns that were opened go, too, unless somebody else uses them. Writes the import and one
    audit row. Raises NotTakenBack.
    """
    try:
        with transaction.atomic():
            unit = Union.objects.select_for_update().get(path=imported.union.reporting_path)
            imported = Import.objects.select_for_update(of=("self",)).select_related("union").get(pk=imported.pk)
            if by.actor is None or not can(by.actor, Permission.IMPORT_WORKBOOK):
                raise NotTakenBack([_("您的岗位不能撤回导入。")])
            if imported.taken_back_at:
                raise NotTakenBack([_("这次导入已经撤回。")])
            _undo(list(imported.records.all()), unit, by)
            imported.taken_back_by, imported.taken_back_at = by.actor, timezone.now()
            imported.save(update_fields=["taken_back_by", "taken_back_at"])
            audit.record(
                AuditAction.RECORD_SAVED, by=by, union=imported.union, subject=imported.file_name, act=_("撤回导入")
            )
    except DatabaseError:
        # A record that refers to one of these was saved in the same moment, or a restored one is unique no more.
        raise NotTakenBack([_("有记录正与这次导入的内容相关联，或恢复后与其他记录冲突，没有撤回。")]) from None
    return imported


def _undo(written: list[ImportedRecord], unit: Union, by: By) -> None:
    guards: list[Guard] = [import_string(path) for path in settings.TAKING_BACK_GUARDS]
    now = _now(written)
    made = [each for each in written if each.act == ImportAct.CREATED]
    if reasons := [*_changed_since(written, now), *_built_on(made, now)]:
        raise NotTakenBack(reasons[:NAMED])
    before = [guard(unit) for guard in guards]
    _restore([each for each in written if each.before], now, by)
    _remove(made, now, by)
    _remove_opened([each for each in written if each.act == ImportAct.OPENED], now)
    for guard, faults in zip(guards, before, strict=True):
        if any(fault not in faults for fault in guard(unit)):
            raise NotTakenBack([_("这次导入的资金已经用于发放，撤回后会超支。")])


def _now(written: Iterable[ImportedRecord]) -> Records:
    by_model = defaultdict(list)
    for each in written:
        by_model[apps.get_model(each.model)].append(each.record)
    return {
        model: {record.pk: record for chunk in in_chunks(pks) for record in model._base_manager.filter(pk__in=chunk)}
        for model, pks in by_model.items()
    }


def _changed_since(written: Iterable[ImportedRecord], now: Records) -> Iterator[str]:
    for each in written:
        record = now[apps.get_model(each.model)].get(each.record)
        if each.act != ImportAct.OPENED and (record is None or fingerprint(record) != each.after):
            key = json.loads(each.shown)[0]
            words = {"sheet": each.sheet or apps.get_model(each.model)._meta.verbose_name, "key": key}
            yield _("“%(sheet)s”%(key)s 在导入之后又有改动") % words


def _built_on(made: Iterable[ImportedRecord], now: Records) -> Iterator[str]:
    """Records that refer to those that the import created, and were not created by it."""
    created: dict[type[Model], set[int]] = defaultdict(set)
    for each in made:
        created[apps.get_model(each.model)].add(each.record)
    for model, pks in created.items():
        for field in referring_fields(model):
            for chunk in in_chunks(pks):
                for record in field.model._base_manager.filter(**{f"{field.name}__in": chunk}):
                    if record.pk not in created.get(field.model, ()):
                        number = getattr(record, "number", "")
                        words = {"kind": record._meta.verbose_name, "number": number}
                        yield _("“%(kind)s”%(number)s 用到了这次导入的记录") % words


def _restore(changed: Iterable[ImportedRecord], now: Records, by: By) -> None:
    by_model = defaultdict(list)
    for each in changed:
        record = now[apps.get_model(each.model)][each.record]
        values = json.loads(each.before)
        for field in record._meta.concrete_fields:
            if not field.primary_key and field.attname not in ("union_id", "union_path"):
                setattr(record, field.attname, field.to_python(values[field.attname]))
        by_model[type(record)].append(record)
    for model, records in by_model.items():
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        # Past save(), which would set a new version and time: the record is what it was.
        model._base_manager.bulk_update(records, names, batch_size=200)
        _keep_versions(model, records, "~", by)


def _remove(made: Iterable[ImportedRecord], now: Records, by: By) -> None:
    """In the reverse of the order in which they were written, which is that of their references."""
    models = dict.fromkeys(apps.get_model(each.model) for each in made)
    for model in reversed(models):
        pks = [each.record for each in made if apps.get_model(each.model) is model]
        _keep_versions(model, [now[model][pk] for pk in pks], "-", by)
        for chunk in in_chunks(pks):
            found = model._base_manager.filter(pk__in=chunk)
            found._raw_delete(found.db)


def _remove_opened(opened: Iterable[ImportedRecord], now: Records) -> None:
    """Persons and campaigns that only this import needed."""
    for model in dict.fromkeys(apps.get_model(each.model) for each in opened):
        pks = {each.record for each in opened if apps.get_model(each.model) is model} & now[model].keys()
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
