"""The database put back to what it was before an import."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.audit import By
from portal.kept.revisions import raising
from portal.models import Campaign, Import, ImportedRecord, KeptCount, Union
from portal.models.imports.imported import ImportAct
from portal.records.taking_back.hindrances import Hindrance, NotTakenBack, Records, find_hindrances, model_of
from portal.records.voiding.declaration import referring_fields
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.numbers import remember_gone

# What must not be worse afterwards: the faults of a unit, each comparable with what they were before.
Guard = Callable[[Union], list]


def written_by(together: Iterable[Import]) -> list[ImportedRecord]:
    """What the imports wrote, in order; of a record that several wrote, as one: before the first, after the last."""
    found: dict[tuple[str, int], ImportedRecord] = {}
    for each in ImportedRecord.objects.filter(imported__in=together).order_by("imported__made_at", "place"):
        found.setdefault((each.model, each.record), each).after = each.after
    return list(found.values())


def undo(together: Sequence[Import], unit: Union, by: By) -> None:
    """Restore what the imports changed and remove what they made. Raises NotTakenBack."""
    guards: list[Guard] = [import_string(path) for path in settings.TAKING_BACK_GUARDS]
    written = written_by(together)
    now = find_hindrances(written, unit)
    before = [guard(unit) for guard in guards]
    _restore([each for each in written if each.before], now, by)
    for imported in reversed(together):
        _remove([each for each in written if each.imported_id == imported.pk and _is_made(each)], now, unit, by)
    _remove_opened([each for each in written if each.act == ImportAct.OPENED], now)
    for guard, faults in zip(guards, before, strict=True):
        if any(fault not in faults for fault in guard(unit)):
            raise NotTakenBack([Hindrance(_("这次导入的资金已经用于发放，撤回后会超支。"))])


def _is_made(each: ImportedRecord) -> bool:
    return each.act == ImportAct.CREATED


def _restore(changed: Iterable[ImportedRecord], now: Records, by: By) -> None:
    by_model = defaultdict(list)
    for each in changed:
        record = now[model_of(each)][each.record]
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
    models = dict.fromkeys(model_of(each) for each in made)
    for model in reversed(models):
        pks = [each.record for each in made if model_of(each) is model]
        gone = [now[model][pk] for pk in pks]
        _keep_versions(model, gone, "-", by)
        remember_gone(model, gone, unit=unit)
        with raising(gone):
            for chunk in in_chunks(pks):
                found = model._base_manager.filter(pk__in=chunk)
                found._raw_delete(found.db)


def _remove_opened(opened: Iterable[ImportedRecord], now: Records) -> None:
    """Persons and campaigns that only this import needed."""
    for model in dict.fromkeys(model_of(each) for each in opened):
        pks = {each.record for each in opened if model_of(each) is model} & now[model].keys()
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
