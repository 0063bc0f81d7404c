"""Rows of a call, in and out: how many at once, and in which order."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.api.refusal import ApiRefused, CallFault

PAGE = 200
KEY_BELOW = 10**18  # keys that every database takes


def page_of(records: QuerySet[Any], after: int) -> tuple[list[Any], int | None]:
    """The records behind the key `after`, and the key after which the next page begins; None on the last."""
    found = list(records.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def sent_rows(given: Any, field: str, *, at_most: int, known: frozenset[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a call. Raises ApiRefused for none, too many, what is no row, and names that are not `known`."""
    if not isinstance(given, list) or not given:
        raise ApiRefused(422, faults=[CallFault(_("应是一组记录，至少一条"), field=field)])
    if len(given) > at_most:
        words = _("一次最多 %(limit)d 条，现为 %(count)d 条") % {"limit": at_most, "count": len(given)}
        raise ApiRefused(422, faults=[CallFault(words, field=field)])
    if strange := [place for place, row in enumerate(given, start=1) if not isinstance(row, dict)]:
        raise ApiRefused(422, faults=[CallFault(_("应是一个 JSON 对象"), row=place) for place in strange])
    if known is not None:
        _refuse_unknown(given, known)
    return given


def _refuse_unknown(given: list[dict[str, Any]], known: frozenset[str]) -> None:
    """Every row is flat, and has no other names than those known."""
    faults = []
    for place, row in enumerate(given, start=1):
        if row.keys() - known:
            faults.append(CallFault(_("有不认识的项"), row=place))
        nested = [name for name in sorted(row.keys() & known) if isinstance(row[name], list | dict | bool)]
        faults += [CallFault(_("应为文字、数字或空，不能是一组值"), row=place, field=name) for name in nested]
    if faults:
        raise ApiRefused(422, faults=faults)
