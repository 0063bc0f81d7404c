"""Making the chain: once a day, over what was added to each table that only grows.

No request waits for it. A link ends where its table ended when the link before was made, at least an hour ago: by then
no transaction is open that took a lower key and has not written its row. What is younger is guarded by the triggers of
the table alone.
"""

import datetime
import hashlib
import hmac
import json
import struct
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from portal.fields import keyed_hash
from portal.models import EvidenceLink

LEAST_AGE = datetime.timedelta(hours=1)
LOWEST = -(2**63)  # no key is lower: a row put in below the first is in the first link
LONGEST = 100_000  # rows of one link
ROW = struct.Struct(">q8s")
HASH_BYTES = 8


def table(label: str) -> type[models.Model]:
    model: type[models.Model] = apps.get_model(label)
    return model


def fields_of(model: type[models.Model]) -> list[str]:
    """What of a row is hashed: every column."""
    return [field.attname for field in model._meta.concrete_fields]


def seal_added(now: datetime.datetime | None = None) -> int:
    """Add to the chain what every table of settings.EVIDENCE has got since; how many rows.

    Effects: a link for each table and 100 000 rows, their marks in the file of heads. Of two at once one seals.
    """
    return sum(_seal_table(label, now or timezone.now()) for label in settings.EVIDENCE)


def _seal_table(label: str, now: datetime.datetime) -> int:
    last = EvidenceLink.objects.filter(source=label).order_by("-pk").defer("hashes").first()
    if last is not None and last.made_at > now - LEAST_AGE:
        return 0
    after, target = (last.upto, last.noted) if last else (LOWEST, LOWEST)
    noted = table(label)._base_manager.aggregate(top=models.Max("pk"))["top"] or LOWEST
    if last is not None and noted == last.upto:
        return 0
    sealed = 0
    try:
        while True:
            made = _link(label, after, target, noted, now)
            sealed, after = sealed + made.count, made.upto
            if after >= target:
                return sealed
    except IntegrityError:
        return sealed  # somebody else seals at this moment


def _link(label: str, after: int, target: int, noted: int, now: datetime.datetime) -> EvidenceLink:
    model, key = table(label), settings.SEAL_KEYS[0]
    fields = fields_of(model)
    found = list(islice(hashed_rows(label, fields, after, target, key), LONGEST))
    upto = found[-1][0] if len(found) == LONGEST else target
    latest = EvidenceLink.objects.order_by("-pk").defer("hashes").first()
    link = EvidenceLink(source=label, above=after, upto=upto, noted=noted, count=len(found), fields=fields, made_at=now)
    link.hashes, link.earlier = packed(found), latest.mark if latest else ""
    link.mark = mark_of(link, key)
    with transaction.atomic():
        link.save()
        transaction.on_commit(partial(keep_head, link))
    return link


def hashed_rows(label: str, fields: list[str], after: int, upto: int, key: str) -> Iterator[tuple[int, bytes]]:
    """Each row with a key above `after` up to `upto`: its key and its hash."""
    rows = table(label)._base_manager.filter(pk__gt=after, pk__lte=upto).order_by("pk").values_list("pk", *fields)
    secret = bytes.fromhex(key)
    for pk, *values in rows.iterator(chunk_size=2000):
        told = json.dumps([label, *values], ensure_ascii=False, sort_keys=True, default=_as_text)
        yield pk, hmac.digest(secret, told.encode(), "sha256")[:HASH_BYTES]


def _as_text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def packed(rows: Iterable[tuple[int, bytes]]) -> bytes:
    return b"".join(ROW.pack(pk, digest) for pk, digest in rows)


def unpacked(rows: bytes | memoryview) -> dict[int, bytes]:
    return dict(ROW.iter_unpack(bytes(rows)))


def mark_of(link: EvidenceLink, key: str) -> str:
    """The hash over all that a link says, under `key`."""
    told = [
        link.source,
        link.made_at.astimezone(datetime.UTC).isoformat(),
        [link.above, link.upto, link.noted, link.count],
        link.fields,
        hashlib.sha256(bytes(link.hashes)).hexdigest(),
        link.earlier,
    ]
    return keyed_hash(json.dumps(told, ensure_ascii=False), key)


def heads_file() -> Path:
    """Where the marks are kept beside the database, so that links cut off its end are missed."""
    return Path(settings.EVIDENCE_HEADS)


def keep_head(link: EvidenceLink) -> None:
    file = heads_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as heads:
        heads.write(f"{link.pk} {link.mark}\n")
