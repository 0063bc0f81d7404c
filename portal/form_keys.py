"""One-time keys of forms: what is sent twice acts once, and what was changed in between is not lost without a word."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from portal.fields import blind_index
from portal.models import FormReceipt, User

KEPT = timedelta(days=7)


class SentBeforeError(Exception):
    """The form was sent before. `receipt` tells what it made, `same` whether it says the same as then."""

    def __init__(self, receipt: FormReceipt, *, same: bool):
        super().__init__(receipt)
        self.receipt = receipt
        self.same = same


def digest_of(values: Mapping) -> str:
    """A keyed hash of what was typed, which may be an identity number."""
    return blind_index(repr(sorted((name, str(value)) for name, value in values.items())))


def sent_before(*, user: User, key: UUID) -> FormReceipt | None:
    """What came of the form of that key, if `user` has sent it."""
    return FormReceipt.objects.filter(user=user, key=key).first()


def refuse_second(*, user: User, key: UUID, digest: str) -> None:
    """Raise SentBeforeError if `user` has sent the form of that key. Call it with the unit locked."""
    if receipt := sent_before(user=user, key=key):
        raise SentBeforeError(receipt, same=receipt.digest == digest)


def keep_receipt(record: Model, *, user: User, key: UUID, digest: str) -> FormReceipt:
    """Remember what the form of that key made; receipts older than a week go. The caller holds the transaction."""
    FormReceipt.objects.filter(user=user, sent_at__lt=timezone.now() - KEPT).delete()
    return FormReceipt.objects.create(
        user=user, key=key, digest=digest, record_type=record._meta.label, record_pk=record.pk
    )
