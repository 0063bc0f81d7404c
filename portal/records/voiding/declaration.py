"""What is declared about the voiding of a kind of record."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Field, ForeignObjectRel, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from simple_history.models import HistoricalChanges

from portal.audit import By
from portal.models import VoidableRecord

NOTHING = Q(pk__in=())


def nothing_hinders(_record: VoidableRecord) -> str:
    """No reason why not."""
    return ""


def one_is_enough(_record: VoidableRecord) -> bool:
    """No second person is needed."""
    return False


def nothing_follows(_record: VoidableRecord, _by: By) -> None:
    """No other record changes."""


@dataclass(frozen=True, kw_only=True)
class Voiding:
    """What hinders the voiding of a record, and what comes of it.

    `hindrance` gives a reason besides the general one: records that refer to it and count. Of those, models in `along`
    are voided and restored with it, and rows of models in `kept` stay and count for nothing by themselves, as do those
    of a model that are `harmless` by a condition; `first` says what is to be done with those of a model.
    `needs_second` tells of which records a second person decides: where money or a decision is touched. `follows`
    writes what else changes when a record becomes void.
    """

    hindrance: Callable[[VoidableRecord], str] = nothing_hinders
    along: tuple[type[VoidableRecord], ...] = ()
    kept: tuple[type[Model], ...] = ()
    harmless: Mapping[type[Model], Q] = field(default_factory=dict)
    first: Mapping[type[Model], str | Promise] = field(default_factory=dict)
    needs_second: Callable[[VoidableRecord], bool] = one_is_enough
    follows: Callable[[VoidableRecord, By], None] = nothing_follows

    def against(self, record: VoidableRecord) -> str:
        """Why `record` cannot be voided now; '' if it can."""
        return self.hindrance(record) or self._referring(record)

    def hanging(self, record: VoidableRecord) -> Iterator[QuerySet]:
        """What refers to `record` and counts: a queryset for each field of other records that may."""
        spared = {*self.along, *self.kept}
        for found_in in referring_fields(type(record)):
            if found_in.model not in spared:
                referring = found_in.model._default_manager.filter(**{found_in.name: record})
                yield referring.exclude(self.harmless.get(found_in.model, NOTHING))

    def _referring(self, record: VoidableRecord) -> str:
        found = Counter[type[Model]]()
        for referring in self.hanging(record):
            found[referring.model] += referring.count()
        counts = +found  # of which there are any
        if not counts:
            return ""
        counted = [
            _("“%(kind)s”%(count)d 条") % {"kind": model._meta.verbose_name, "count": count}
            for model, count in counts.items()
        ]
        steps = dict.fromkeys(str(self.first.get(model, _("请先处理这些记录"))) for model in counts)
        words = {"records": "、".join(counted), "steps": "；".join(steps)}
        return _("还有%(records)s依附于这条记录，不能作废；%(steps)s。") % words

    def companions(self, record: VoidableRecord) -> Iterator[VoidableRecord]:
        """The records of models in `along` that refer to `record`, void ones too."""
        for found_in in referring_fields(type(record)):
            if found_in.model in self.along:
                yield from found_in.model.everything.filter(**{found_in.name: record})


def referring_fields(model: type[Model]) -> list[Field]:
    """The fields of other records that refer to one of `model`; those of histories tell what was."""
    relations = model._meta.get_fields(include_hidden=True)
    return [
        relation.field
        for relation in relations
        if isinstance(relation, ForeignObjectRel)
        and relation.auto_created
        and not issubclass(relation.related_model, HistoricalChanges)
    ]
