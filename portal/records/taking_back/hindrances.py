"""What stands in the way of taking an import back: what was changed since, and what is built on it."""

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.models import ImportedRecord, Union
from portal.models.imports.imported import ImportAct
from portal.records.voiding.declaration import referring_fields
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.trace import fingerprint

NAMED = 20  # of what stands in the way
Records = dict[type[Model], dict[int, Model]]


@dataclass(frozen=True)
class Hindrance:
    """One thing that stands in the way, in a sentence: (model, key) of the record that it is about, where it has one.

    `is_change`: the record was changed, so that changing it back clears the way.
    """

    words: str
    about: tuple[str, int] | None = None
    is_change: bool = False


class NotTakenBack(Exception):  # noqa: N818  named after what happens
    """What stands in the way."""

    def __init__(self, hindrances: list[Hindrance]):
        super().__init__([each.words for each in hindrances])
        self.hindrances = hindrances

    @property
    def reasons(self) -> list[str]:
        """One sentence each."""
        return [each.words for each in self.hindrances]


def model_of(each: ImportedRecord) -> type[Model]:
    return apps.get_model(each.model)


def find_hindrances(written: Sequence[ImportedRecord], unit: Union) -> Records:
    """The records as they are now. Raises NotTakenBack with what stands in the way."""
    now = _now(written)
    made: dict[type[Model], set[int]] = defaultdict(set)
    for each in written:
        if each.act == ImportAct.CREATED:
            made[model_of(each)].add(each.record)
    nameless = (record for path in settings.TAKING_BACK_HINDRANCES for record in import_string(path)(unit, made))
    built_on = list(islice(chain(_built_on(made), ((record, None) for record in nameless)), NAMED))
    told = {(type(owner), owner.pk) for _record, owner in built_on if owner}
    found = {each.words: each for each in (_in_words(*each) for each in built_on)}
    found |= {each.words: each for each in islice(_changed_since(written, now, told), NAMED - len(built_on))}
    if found:
        raise NotTakenBack(list(found.values()))
    return now


def _now(written: Iterable[ImportedRecord]) -> Records:
    by_model = defaultdict(list)
    for each in written:
        by_model[model_of(each)].append(each.record)
    return {
        model: {record.pk: record for chunk in in_chunks(pks) for record in model._base_manager.filter(pk__in=chunk)}
        for model, pks in by_model.items()
    }


def _changed_since(
    written: Iterable[ImportedRecord], now: Records, told: Container[tuple[type[Model], int]]
) -> Iterator[Hindrance]:
    """Of records that were changed since, but of those of which more is `told` already."""
    for each in written:
        if (model_of(each), each.record) in told:
            continue
        record = now[model_of(each)].get(each.record)
        if each.act != ImportAct.OPENED and (record is None or fingerprint(record) != each.after):
            key = json.loads(each.shown)[0]
            words = {"sheet": each.sheet or model_of(each)._meta.verbose_name, "key": key}
            told_of = _("“%(sheet)s”%(key)s 在导入之后又有改动") % words
            yield Hindrance(told_of, (each.model, each.record) if record else None, is_change=record is not None)


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


def _in_words(record: Model, owner: Model | None) -> Hindrance:
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
    shown = owner or record
    return Hindrance(told % words, (shown._meta.label_lower, shown.pk))
