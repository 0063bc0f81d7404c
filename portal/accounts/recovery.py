"""Recovery codes of the second factor, and that whoever it belongs to is told what is done to it."""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.audit import By, record
from portal.enums import AuditAction, FactorAct
from portal.fields import keyed_hash
from portal.models import FactorChange, RecoveryCode, User

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
CODES, GROUPS, GROUP = 8, 4, 4  # 31^16: nobody finds one by trying, even with the hashes


def make_codes(user: User, *, by: By) -> list[str]:
    """New recovery codes of `user`, in place of all before; they are kept nowhere but in the answer.

    Effects: the codes, one change told to the owner and the lead, one audit row.
    """
    codes = [_new_code() for _code in range(CODES)]
    with transaction.atomic():
        forget_codes(user)
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
        note_change(user, FactorAct.CODES_MADE, by=by)
    return codes


def _new_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))


def use_code(user: User, typed: str, *, by: By) -> bool:
    """Whether `typed` is a code of `user` that was not used before; it never is again.

    Effects where it is: the code used, one change told to the owner and the lead, one audit row.
    """
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(user, typed), used_at=None)
    with transaction.atomic():
        if not unused.update(used_at=timezone.now()):
            return False
        note_change(user, FactorAct.CODE_USED, by=by)
    return True


def codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def forget_codes(user: User) -> None:
    RecoveryCode.objects.filter(user=user).delete()


def note_change(user: User, act: FactorAct, *, by: By) -> None:
    """Say to the owner and the unit's lead that something was done to the second factor of `user`.

    Effects: one change and one audit row.
    """
    FactorChange.objects.create(user=user, act=act, address=by.address)
    record(AuditAction.SECOND_FACTOR_SET, by=by, subject=user.username, union=user.union, act=str(act.label))


def _digest(user: User, code: str) -> str:
    """The hash of a code: letters in any case, with or without what stands between them; of nobody else's code."""
    plain = "".join(filter(str.isalnum, code.upper()))
    return keyed_hash(f"{user.pk}:{plain}", settings.BLIND_INDEX_KEY)
