"""Telling outside systems what was done: kept with what it tells, in one transaction, and sent after it."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from portal.enums import WebhookEvent
from portal.models import UnionOwned, Webhook, WebhookDelivery
from portal.outside.sending import deliver


def tell(event: WebhookEvent, record: UnionOwned, *, number: str, **told: str | int) -> int:
    """Tell every system that listens for `event` where `record` belongs to; how many are told.

    `number` and `told` are business numbers, codes and counts, never anybody's name. Writes one delivery for each in
    the caller's transaction: what is rolled back is told to nobody. One query where nobody listens.
    """
    listening = Webhook.objects.listening(event, record.union_path)
    if not listening:
        return 0
    body = {
        "event": event.value,
        "at": timezone.now().isoformat(timespec="seconds"),
        "union": record.union.code,
        "kind": record._meta.model_name,
        "key": record.pk,
        "number": number,
        **told,
    }
    kept = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(webhook=webhook, event=event, body=body) for webhook in listening
    )
    for delivery in kept:
        transaction.on_commit(partial(deliver.enqueue, delivery.pk))
    return len(kept)
