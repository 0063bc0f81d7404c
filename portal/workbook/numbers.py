"""Numbers for records whose number nobody typed."""

import re
from collections.abc import Iterable

from django.db.models import Max, Model
from django.utils.timezone import localdate

from portal.models import GoneNumber, Union
from portal.models.voidable import all_of
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.workbook.importing.chunks import in_chunks

MADE = re.compile("([A-Z][0-9]{4}-)([0-9]{6,9})")


def next_number(model: type[Model], *, unit: Union, prefix: str) -> str:
    """The next free number of this year in the 填报单位 `unit`, which the caller has locked: `D2026-000001`."""
    return next_numbers(model, unit=unit, prefix=prefix, count=1)[0]


@whole_city(Across.NUMBERS)
def next_numbers(model: type[Model], *, unit: Union, prefix: str, count: int) -> list[str]:
    """The next `count` of them: a few queries for hundreds, and more only if somebody typed such numbers."""
    beginning = f"{prefix}{localdate().year}-"
    records = all_of(model).in_union(unit)  # the number of a void record is not given again
    last = records.filter(number__startswith=beginning).aggregate(last=Max("number"))["last"] or ""
    tail = last.removeprefix(beginning)
    serial = max(int(tail) if tail.isascii() and tail.isdigit() else 0, _last_gone(model, unit, beginning)) + 1
    free: list[str] = []
    while len(free) < count:
        wanted = [f"{beginning}{serial + step:06d}" for step in range(count - len(free))]
        typed = {
            number
            for chunk in in_chunks(wanted)
            for number in records.filter(number__in=chunk).values_list("number", flat=True)
        }
        free += [number for number in wanted if number not in typed]
        serial += len(wanted)
    return free


def _last_gone(model: type[Model], unit: Union, beginning: str) -> int:
    """The highest serial that went with an import that was taken back; 0 for none."""
    gone = GoneNumber.objects.in_union(unit).filter(model=model._meta.label, beginning=beginning)
    return gone.aggregate(last=Max("serial"))["last"] or 0


def remember_gone(model: type[Model], records: Iterable[Model], *, unit: Union) -> None:
    """Keep that the numbers of `records`, which are about to be removed, are not given again in `unit`.

    A number that somebody typed, in no form of ours, may come back with the corrected file.
    """
    last: dict[str, int] = {}
    for record in records:
        made = MADE.fullmatch(getattr(record, "number", ""))
        if made:
            last[made[1]] = max(last.get(made[1], 0), int(made[2]))
    gone = [
        GoneNumber(model=model._meta.label, beginning=beginning, serial=serial) for beginning, serial in last.items()
    ]
    for each in gone:
        each.place_in(unit)
    GoneNumber.objects.bulk_create(gone)
