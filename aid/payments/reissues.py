"""Payments that failed, and whether they were issued again: a draft that was given up is no new issue."""

from django.db.models import Exists, OuterRef, QuerySet

from aid.enums import LineResult
from aid.models import BatchItem


def issued_again() -> Exists:
    """Whether an item stands in a later batch that was not cancelled."""
    return Exists(BatchItem.objects.filter(reissue_of=OuterRef("pk")).exclude(result=LineResult.CANCELLED))


def to_reissue(items: QuerySet) -> QuerySet:
    """Those of `items` that failed and wait to be issued again."""
    return items.filter(~issued_again(), result=LineResult.FAILED)
