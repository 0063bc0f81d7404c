"""One-time keys of forms: what is sent twice acts once, and what was changed in between is not lost without a word."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy

from portal.fields import blind_index
from portal.models import FormReceipt, User

KEPT = timedelta(days=7)
JUST_NOW = timedelta(minutes=10)
CHANGED_SINCE = gettext_lazy("这张表单已经保存过，这次填写的与当时不同，没有再次保存。请到已保存的记录中修改。")
SENT_BEFORE = gettext_lazy("这张表单已经保存过，没有重复登记。")


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
    _forget_old(user)
    return FormReceipt.objects.create(
        user=user, key=key, digest=digest, record_type=record._meta.label, record_pk=record.pk
    )


def sent_among(*, user: User, keys: Iterable[UUID]) -> dict[UUID, FormReceipt]:
    """The receipts that `user` has of forms with these keys."""
    return {receipt.key: receipt for receipt in FormReceipt.objects.filter(user=user, key__in=list(keys))}


def keep_receipts(made: Iterable[tuple[Model, UUID, str]], *, user: User) -> None:
    """`keep_receipt` for many: each record with the key of what made it, and its digest."""
    _forget_old(user)
    FormReceipt.objects.bulk_create(
        FormReceipt(user=user, key=key, digest=digest, record_type=record._meta.label, record_pk=record.pk)
        for record, key, digest in made
    )


def claim(*, user: User, key: UUID, digest: str) -> FormReceipt:
    """A receipt before anything came of it: who sends the same form meanwhile waits. Raises SentBeforeError.

    The caller holds the transaction, and says with `answered` what came of it.
    """
    refuse_second(user=user, key=key, digest=digest)
    _forget_old(user)
    try:
        with transaction.atomic():
            return FormReceipt.objects.create(user=user, key=key, digest=digest)
    except IntegrityError:
        refuse_second(user=user, key=key, digest=digest)
        raise


def answered(receipt: FormReceipt, address: str) -> None:
    """Keep where what came of the form is shown; '' says that nothing did, and the form may be sent again."""
    if address:
        FormReceipt.objects.filter(pk=receipt.pk).update(answer=address)
    else:
        FormReceipt.objects.filter(pk=receipt.pk).delete()


def sent_alike(receipt: FormReceipt) -> FormReceipt | None:
    """Another form of the last ten minutes, whosever it was, that said the same on the same page."""
    alike = FormReceipt.objects.filter(digest=receipt.digest, sent_at__gte=timezone.now() - JUST_NOW)
    return alike.exclude(pk=receipt.pk).exclude(answer="").order_by("-pk").first()


def _forget_old(user: User) -> None:
    FormReceipt.objects.filter(user=user, sent_at__lt=timezone.now() - KEPT).delete()
