"""Numbers for records whose number nobody typed."""

from django.db.models import Max, Model
from django.utils.timezone import localdate

from portal.models import Union
from portal.models.voidable import all_of
from portal.workbook.importing.chunks import in_chunks


def next_number(model: type[Model], *, unit: Union, prefix: str) -> str:
    """The next free number of this year in the 填报单位 `unit`, which the caller has locked: `D2026-000001`."""
    return next_numbers(model, unit=unit, prefix=prefix, count=1)[0]


def next_numbers(model: type[Model], *, unit: Union, prefix: str, count: int) -> list[str]:
    """The next `count` of them: a query for hundreds, and more only if somebody typed such numbers."""
    beginning = f"{prefix}{localdate().year}-"
    records = all_of(model).in_union(unit)  # the number of a void record is not given again
    last = records.filter(number__startswith=beginning).aggregate(last=Max("number"))["last"] or ""
    tail = last.removeprefix(beginning)
    serial = int(tail) + 1 if tail.isascii() and tail.isdigit() else 1
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
