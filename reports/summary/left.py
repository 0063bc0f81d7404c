"""What is left undone of a unit, counted by the lists that each desk has of it: 存在问题 and 下一步打算 tell of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import CaseState
from aid.models import AidCase, BatchItem, Child, FollowUp, Household, PublicNotice
from aid.models.household_lists import HouseholdQuerySet
from aid.payments.reissues import to_reissue
from aid.renewal.services import left_to_renew
from aid.visits.plan import AIDED
from employment.models import Assistance, Enquiry, Promise
from employment.retention.services import due
from portal.models import Campaign, Union

UNDER_WAY = (CaseState.SUBMITTED, CaseState.CHECKED, CaseState.ON_NOTICE)


@dataclass(frozen=True)
class Left:
    """One thing that waits: `of` are the records of a union and below. It stands in a summary as `slug`."""

    slug: str
    label: str
    of: Callable[[Campaign, Union], QuerySet]


def _days(field: str, campaign: Campaign) -> dict:
    """What is dated in the campaign."""
    return {f"{field}__range": (campaign.starts_on, campaign.ends_on)}


def _households(campaign: Campaign, union: Union) -> HouseholdQuerySet:
    """On file by the cut-off."""
    return Household.objects.in_union(union).filter(filed_on__lte=campaign.cut_off())


LEFT = (
    Left(
        "left_undecided",
        _("正在办理的申请"),
        lambda campaign, union: AidCase.objects.in_union(union).filter(campaign=campaign, status__in=UNDER_WAY),
    ),
    Left(
        "left_failed",
        _("发放失败、尚未重发"),
        lambda campaign, union: to_reissue(BatchItem.objects.in_union(union).filter(batch__campaign=campaign)),
    ),
    Left(
        "left_unvisited",
        _("7、8 月未走访的受助子女"),
        lambda campaign, union: AIDED.of_city(campaign, union.path).filter(state="due"),
    ),
    Left(
        "left_follow_ups",
        _("走访后待跟进的事项"),
        lambda campaign, union: FollowUp.objects.in_union(union).filter(
            done_on__isnull=True, **_days("asked_on", campaign)
        ),
    ),
    Left(
        "left_without_photo",
        _("没有张贴照片的公示单"),
        lambda campaign, union: (
            PublicNotice.objects.in_union(union).filter(**_days("first_day", campaign)).without_photo()
        ),
    ),
    Left(
        "left_unverified",
        _("一年未核实的档案"),
        lambda campaign, union: _households(campaign, union).unverified(campaign.cut_off()),
    ),
    Left(
        "left_documents",
        _("材料不全的档案"),
        lambda campaign, union: _households(campaign, union).lacking_documents(),
    ),
    Left(
        "left_to_renew",
        _("去年受助、今年未续办的子女"),
        lambda campaign, union: left_to_renew(Child.objects.in_union(union), union, campaign),
    ),
    Left(
        "left_to_ask",
        _("待回访的已就业毕业生"),
        lambda campaign, union: due(Assistance.objects.in_union(union).filter(**_days("given_on", campaign))),
    ),
    Left(
        "left_promises",
        _("逾期未兑现的帮扶承诺"),
        lambda campaign, union: (
            Promise.objects.in_union(union).filter(**_days("promised_on", campaign)).overdue(localdate())
        ),
    ),
    Left(
        "left_enquiries",
        _("逾期未答复的来电"),
        lambda campaign, union: (
            Enquiry.objects.in_union(union).filter(**_days("received_on", campaign)).overdue(localdate())
        ),
    ),
)
