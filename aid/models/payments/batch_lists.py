"""Named lists of payment batches: what waits for whom."""

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from aid.enums import BatchState, LineResult, PaymentMethod
from aid.models.payee import of_payee
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
    """Those of `items` whose payee has no card or no bank on file, or still the card and name that bounced last."""
    child, home = "case__child", "case__child__household"
    items = items.alias(
        card=of_payee(child, F(f"{child}__bank_card_hash"), F(f"{home}__bank_card_hash")),
        bank=of_payee(child, F(f"{child}__bank_name"), F(f"{home}__bank_name")),
        name=of_payee(
            child,
            _said(F(f"{child}__payee_name"), F(f"{child}__name")),
            _said(F(f"{home}__payee_name"), F(f"{home}__worker_name")),
        ),
    )
    lines = apps.get_model("aid", "PayeeLine").objects.filter(
        card_hash=OuterRef("card"), name=OuterRef("name"), item__result__in=SETTLED
    )
    last = Subquery(lines.order_by("-pk").values("item__result")[:1])
    return items.alias(last_result=last).filter(Q(last_result=LineResult.FAILED) | Q(card="") | Q(bank=""))


def _said(name: Combinable, own: Combinable) -> Coalesce:
    """As `Payee.account_name`."""
    return Coalesce(NullIf(name, Value("")), own)
