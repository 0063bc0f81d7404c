"""Named lists of households: what has been left undone."""

from datetime import date, timedelta

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from aid.enums import DocumentKind, PaymentState
from portal.access import ScopedQuerySet

YEAR = timedelta(days=365)  # verified at least once a year (domain.md, 动态管理)
AUTHORISING = (DocumentKind.APPLICATION, DocumentKind.AUTHORISATION)  # in either a family lets the union ask offices
ALWAYS_ASKED = (DocumentKind.APPLICATION, DocumentKind.IDENTITY, DocumentKind.INCOME, DocumentKind.NOTICE)


def _of(model: str, **conditions) -> Exists:
    """Whether the household has a record of `model`, which is declared after it."""
    return Exists(apps.get_model("aid", model).objects.filter(**conditions))


def has_document(kind: DocumentKind) -> Exists:
    return _of("Document", household=OuterRef("pk"), kind=kind)


class HouseholdQuerySet(ScopedQuerySet):
    """Households, and what waits to be done about them."""

    def unclosed(self):
        return self.filter(closed_on__isnull=True)

    def unverified(self, today: date | None = None):
        """一年未核实: open, and neither filed nor verified within a year."""
        since = (today or localdate()) - YEAR
        stale = Q(verified_on__lt=since) | Q(verified_on__isnull=True, filed_on__lt=since)
        return self.unclosed().filter(stale)

    def never_aided(self):
        """未帮扶过: open, and no child was ever paid for."""
        paid = _of("Disbursement", case__child__household=OuterRef("pk"), status=PaymentState.PAID)
        return self.unclosed().filter(~paid)

    def lacking_documents(self):
        """材料不全: open, and something on the checklist is missing; a school certificate only where a child is."""
        lacking = Q()
        for kind in ALWAYS_ASKED:
            lacking |= ~has_document(kind)
        child = _of("Child", household=OuterRef("pk"))
        return self.unclosed().filter(lacking | (Q(child) & ~has_document(DocumentKind.SCHOOL)))
