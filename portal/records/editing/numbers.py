"""Numbers for records whose number nobody typed."""

from django.db.models import Max, Model
from django.utils.timezone import localdate

from portal.models import Union


def next_number(model: type[Model], *, unit: Union, prefix: str) -> str:
    """The next free number of this year in the 填报单位 `unit`, which the caller has locked: `D2026-000001`."""
    beginning = f"{prefix}{localdate().year}-"
    records = model.objects.in_union(unit)
    last = records.filter(number__startswith=beginning).aggregate(last=Max("number"))["last"] or ""
    tail = last.removeprefix(beginning)
    serial = int(tail) + 1 if tail.isascii() and tail.isdigit() else 1
    while records.filter(number=f"{beginning}{serial:06d}").exists():  # beside numbers that somebody typed
        serial += 1
    return f"{beginning}{serial:06d}"
