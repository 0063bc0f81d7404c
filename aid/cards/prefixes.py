"""The bank of a card by its first digits, and how that table is loaded.

`prefixes.csv` is a beginning: debit cards of twenty banks, each prefix as two public lists made independently of each
other have it. UnionPay publishes no list to hold them against, and banks open new ones: a card whose prefix is not in
the table simply has no bank, which is then typed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from aid.models import CardPrefix
from portal import audit
from portal.audit import SYSTEM, By
from portal.documents.csv_file import ListRefused, read_lines
from portal.enums import AuditAction

SHIPPED = Path(__file__).with_name("prefixes.csv")
SHORTEST, LONGEST = 3, 10
COLUMNS = ("prefix", "bank")


@dataclass(frozen=True)
class LoadedPrefixes:
    """How many prefixes were added, changed, and found as they were."""

    created: int
    updated: int
    unchanged: int


def bank_of(card: str) -> str:
    """The bank that issued `card`; '' where the table does not know its first digits."""
    digits = "".join(card.split())
    if not (digits.isascii() and digits.isdigit()):
        return ""
    beginnings = [digits[:length] for length in range(SHORTEST, LONGEST + 1)]
    found = CardPrefix.objects.filter(prefix__in=beginnings).values_list("prefix", "bank")
    return max(found, key=lambda row: len(row[0]), default=("", ""))[1]


def read_prefixes(content: bytes) -> list[tuple[str, str]]:
    """Prefix and bank of each line of a CSV in UTF-8 or GB18030 with the columns prefix and bank.

    Raises ListRefused with every fault and its line.
    """
    lines = [(line, own["prefix"].strip(), own["bank"].strip()) for line, own in read_lines(content, COLUMNS)]
    if faults := list(_faults(lines)):
        raise ListRefused(faults)
    return [(prefix, bank) for _line, prefix, bank in lines]


def _faults(lines: Iterable[tuple[int, str, str]]) -> Iterator[str]:
    first: dict[str, int] = {}
    for line, prefix, bank in lines:
        where = _("第 %(line)d 行：") % {"line": line}
        if not (prefix.isascii() and prefix.isdigit() and SHORTEST <= len(prefix) <= LONGEST):
            yield where + _("卡号前缀应为 %(least)d 至 %(most)d 位数字") % {"least": SHORTEST, "most": LONGEST}
        elif first.setdefault(prefix, line) != line:
            yield where + _("卡号前缀与第 %(line)d 行相同") % {"line": first[prefix]}
        if not 0 < len(bank) <= CardPrefix._meta.get_field("bank").max_length:
            yield where + _("请填写开户银行，最多 100 字")


@transaction.atomic
def load_prefixes(rows: Iterable[tuple[str, str]], *, by: By = SYSTEM) -> LoadedPrefixes:
    """Add the prefixes of `rows` and change those that name another bank; others in the table stay.

    Writes the prefixes and, if any changed, one audit row.
    """
    known = {each.prefix: each for each in CardPrefix.objects.all()}
    made, changed, same = [], [], 0
    for prefix, bank in rows:
        if prefix not in known:
            made.append(CardPrefix(prefix=prefix, bank=bank))
        elif known[prefix].bank != bank:
            known[prefix].bank = bank
            changed.append(known[prefix])
        else:
            same += 1
    CardPrefix.objects.bulk_create(made, batch_size=500)
    CardPrefix.objects.bulk_update(changed, ["bank"], batch_size=300)
    if made or changed:
        subject = str(CardPrefix._meta.verbose_name)
        audit.record(AuditAction.FORM_CHANGED, by=by, subject=subject, created=len(made), updated=len(changed))
    return LoadedPrefixes(len(made), len(changed), same)
