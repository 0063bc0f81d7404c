"""How records of Golden Autumn are taken back: what hinders it, and where a second person decides."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import CaseState
from aid.models import (
    Activity,
    AidCase,
    Child,
    Contribution,
    ContributionVoucher,
    Document,
    Entry,
    FollowUp,
    Household,
    Income,
    Member,
    Office,
    OfficePaper,
    OfficeQuestion,
    Organisation,
    Pairing,
    Participation,
    Person,
    PracticePlacement,
    PracticePost,
    Project,
    ProjectGain,
    ProjectPayment,
    Sponsor,
    Transfer,
    Visit,
    VisitPhoto,
)
from aid.payments.contributions import spent_already
from aid.social.workflow import refusal_of_gain, refusal_of_project, refusal_once_closed
from portal.access import path_range
from portal.models import REPORTING_PATH_LENGTH, VoidableRecord
from portal.records.voiding import Voiding


def on_its_way(household: Household) -> str:
    """Why a household cannot be voided besides what belongs to it."""
    if household.transfers.waiting().exists():
        return _("该户正在办理转移，不能作废；请先取消转移。")
    return visited(household, household.worker)


def visited(record: VoidableRecord, person: Person) -> str:
    """Visits know a person alone: the last record that names whom the unit visited stays while the visits do."""
    unit = path_range(record.union_path[:REPORTING_PATH_LENGTH])
    named = Household.objects.filter(unit, worker=person), Child.objects.filter(unit, person=person)
    others = sum(records.exclude(pk=record.pk if records.model is type(record) else None).count() for records in named)
    count = Visit.objects.filter(unit, person=person).count()
    if others or not count:
        return ""
    return _("还有对此人的走访 %(count)d 次，不能作废；请先作废这些走访。") % {"count": count}


def may_be_spent(contribution: Contribution) -> bool:
    """Whether it is money already: what nobody has confirmed is taken back by who entered it."""
    return contribution.confirmed_amount > 0


VOIDING: dict[type[VoidableRecord], Voiding] = {
    Household: Voiding(hindrance=on_its_way, kept=(Document, Transfer)),
    Member: Voiding(),
    Income: Voiding(),
    # A case that was withdrawn counts for nothing, and is not taken up again for a child that is void.
    Child: Voiding(
        hindrance=lambda child: visited(child, child.person),
        harmless={AidCase: Q(status=CaseState.WITHDRAWN)},
        first={AidCase: gettext_lazy("请先撤回该子女的助学申请")},
    ),
    Entry: Voiding(),
    Contribution: Voiding(hindrance=spent_already, kept=(ContributionVoucher,), needs_second=may_be_spent),
    Visit: Voiding(along=(FollowUp,), kept=(VisitPhoto,)),
    FollowUp: Voiding(),
    PracticePost: Voiding(),
    Activity: Voiding(along=(Participation,)),
    Participation: Voiding(),
    PracticePlacement: Voiding(),
    Sponsor: Voiding(),
    Pairing: Voiding(),
    Organisation: Voiding(),
    Office: Voiding(),
    OfficeQuestion: Voiding(kept=(OfficePaper,)),
    # What was accepted stands as it was accepted; a payment may still be wrong until the project is closed.
    Project: Voiding(hindrance=refusal_of_project, along=(ProjectGain,)),
    ProjectPayment: Voiding(hindrance=lambda payment: refusal_once_closed(payment.project)),
    ProjectGain: Voiding(hindrance=refusal_of_gain),
}
