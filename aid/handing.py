"""What of Golden Autumn somebody leaves unfinished: applications that came back, batches that were not released."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import BatchState
from aid.models import AidCase, PaymentBatch
from portal.handover.parts import HandoverPart
from portal.models import User


def open_batches(predecessor: User) -> QuerySet:
    return PaymentBatch.objects.filter(made_by=predecessor, state=BatchState.DRAFT)


def returned_cases(predecessor: User) -> QuerySet:
    """Those of the union itself."""
    return AidCase.objects.filter(union=predecessor.union_id).returned()


PARTS = (
    HandoverPart(
        _("本工会被退回修改的助学申请"), returned_cases, lambda _predecessor: f"{reverse('aidcase_list')}?todo=returned"
    ),
    HandoverPart(
        _("编制中、还没有复核发放的批次"),
        open_batches,
        lambda _predecessor: f"{reverse('paymentbatch_list')}?state={BatchState.DRAFT}",
    ),
)
