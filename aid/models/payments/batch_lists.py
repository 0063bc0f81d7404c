"""Named lists of payment batches: what waits for whom."""

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from aid.enums import BatchState, LineResult, PaymentMethod
from portal.access import ScopedQuerySet

SETTLED = (LineResult.PAID, LineResult.FAILED)


class PaymentBatchQuerySet(ScopedQuerySet):
    """Payment batches by what has to be done with them next."""

    def with_line_counts(self):
        """Each with `line_count`, how many lines were frozen when it was released."""
        return self.annotate(line_count=Count("lines"))

    def to_release(self):
        """Drafts handed over to the second person, with somebody to pay, and no card that is still to be put right."""
        items = apps.get_model("aid", "BatchItem").objects.filter(batch=OuterRef("pk"), result=LineResult.PENDING)
        lacking = Q(method=PaymentMethod.CARD) & Exists(_card_to_put_right(items))
        waiting = self.filter(Exists(items), state=BatchState.DRAFT, handed_over_at__isnull=False)
        return waiting.exclude(lacking)

    def to_hand_over(self):
        """Drafts that their maker goes on with: not handed over yet, or returned."""
        return self.filter(state=BatchState.DRAFT, handed_over_at__isnull=True)


def _card_to_put_right(items: QuerySet) -> QuerySet:
    """Those of `items` whose family has no card or no bank on file, or still the card that bounced last."""
    home = "case__child__household"
    lines = apps.get_model("aid", "PayeeLine").objects.filter(
        card_hash=OuterRef(f"{home}__bank_card_hash"), item__result__in=SETTLED
    )
    last = Subquery(lines.order_by("-pk").values("item__result")[:1])
    bounced = Q(last_result=LineResult.FAILED)
    missing = Q(**{f"{home}__bank_card_hash": ""}) | Q(**{f"{home}__bank_name": ""})
    return items.alias(last_result=last).filter(bounced | missing)
