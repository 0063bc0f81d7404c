"""Sending what systems are told: signed, and again until it is taken."""

import http.client
import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from portal.models import WebhookDelivery
from portal.outside.posting import AddressRefused, post_signed

LEASE = timedelta(minutes=2)  # of one attempt: longer than it can take
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
LATER = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
AT_ONCE = 200  # of those that were left, taken up by one sweep

logger = logging.getLogger(__name__)


@task()
def deliver(pk: int) -> None:
    """Send one message that is due; taken by the other side, or put off, or given up after three days."""
    now = timezone.now()
    due = WebhookDelivery.objects.due().filter(pk=pk, webhook__ended_at=None)
    if not WebhookDelivery.objects.filter(pk__in=due).update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return
    delivery = WebhookDelivery.objects.select_related("webhook").get(pk=pk)
    try:
        webhook = delivery.webhook
        delivery.status = post_signed(webhook.address, {"id": str(delivery.key), **delivery.body}, webhook.secret)
    except (AddressRefused, OSError, http.client.HTTPException) as error:
        delivery.status = None
        logger.warning("webhook delivery %s: %s", delivery.key, type(error).__name__)
    if delivery.status is not None and 200 <= delivery.status < 300:
        delivery.delivered_at = timezone.now()
    else:
        _put_off(delivery)
    delivery.save(update_fields=["status", "delivered_at", "due_at", "given_up_at"])
    if delivery.delivered_at is None and delivery.given_up_at is None:
        _enqueue_at(delivery)


def send_what_is_due() -> int:
    """Take up again what a worker that stopped has left; how many."""
    pks = list(WebhookDelivery.objects.due().filter(webhook__ended_at=None).values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        deliver.enqueue(pk)
    return len(pks)


def _put_off(delivery: WebhookDelivery) -> None:
    now, tried = timezone.now(), delivery.attempts
    delivery.due_at = now + (WAITS[tried - 1] if tried <= len(WAITS) else LATER)
    if delivery.due_at > delivery.made_at + GIVEN_UP_AFTER:
        delivery.given_up_at = now


def _enqueue_at(delivery: WebhookDelivery) -> None:
    """Where no worker keeps what is for later, the sweep takes it up."""
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=delivery.due_at).enqueue(delivery.pk)
