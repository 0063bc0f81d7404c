"""Which records may count otherwise than they did: those that a version was written of, and those these lead to."""

from datetime import datetime

from django.db.models import Model, QuerySet

from portal.models.voidable import all_of
from reports.figures.registry import Fact

STEP = "__"


def touched_keys(fact: Fact, since: datetime) -> set[int]:
    """The records of `fact` that have a version written at or after `since`, or a related record that has one.

    Those that are gone as well. Every way to write a record writes a version of it, so no other record can have
    changed. One query for each step: all of them at once look at every record there is.
    """
    found = set(_versions(fact.model, since).values_list("id", flat=True).distinct())
    for path, model in fact.versioned.items():
        led = _led_to(fact, path, _versions(model, since))
        found.update(all_of(fact.model).filter(**led).values_list("pk", flat=True))
    return found


def _versions(model: type[Model], since: datetime) -> QuerySet:
    return model.history.filter(history_date__gte=since).order_by()


def _led_to(fact: Fact, path: str, versions: QuerySet) -> dict[str, QuerySet]:
    """The lookup of the records that `path` leads from, also of one that the related record no longer refers to."""
    owner, back = referring(fact, path)
    if back is None:
        return {f"{path}__in": versions.values("id")}
    ever = versions.model.objects.filter(id__in=versions.values("id")).order_by()
    return {f"{owner or 'pk'}__in": ever.values(back)}


def referring(fact: Fact, path: str) -> tuple[str, str | None]:
    """Where the last step of `path` goes from, and the field by which it is referred to; None for a step forward."""
    owner, _step, name = path.rpartition(STEP)
    model = fact.model
    for step in filter(None, owner.split(STEP)):
        model = model._meta.get_field(step).related_model
    relation = model._meta.get_field(name)
    return owner, None if relation.concrete else relation.field.attname
