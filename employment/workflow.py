"""The lives of a referral (an offer passed to a graduate, the answer, the placement) and of an enquiry."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.enums import OPEN_ENQUIRIES, OPEN_REFERRALS, EnquiryOutcome, ReferralState
from employment.models import Enquiry, Referral
from portal.access import Permission
from portal.models import REPORTING_PATH_LENGTH, User
from portal.workflow import Guard, Move, Turn, Workflow

KEEP = Permission.KEEP_RECORDS
PASSED, ACCEPTED = frozenset({ReferralState.PASSED}), frozenset({ReferralState.ACCEPTED})


def against_placing(referral: Referral, _user: User) -> str:
    """Nobody is placed on a post that is taken, nor a graduate who went to another unit."""
    vacancy = referral.vacancy
    taken = vacancy.referrals.filter(state=ReferralState.PLACED).exclude(pk=referral.pk).count()
    if taken >= vacancy.posts:
        return _("这一岗位的 %(posts)d 个名额已经录满") % {"posts": vacancy.posts}
    if not referral.graduate.union_path.startswith(referral.union_path[:REPORTING_PATH_LENGTH]):
        return _("该毕业生的档案已转到其他单位")
    return ""


REFERRAL_WORKFLOW = Workflow(
    states=ReferralState,
    moves=(
        Move("accept", gettext_lazy("毕业生接受"), PASSED, ReferralState.ACCEPTED, KEEP),
        Move("decline", gettext_lazy("毕业生谢绝"), PASSED, ReferralState.DECLINED, KEEP),
        Move(
            "place",
            gettext_lazy("录用"),
            ACCEPTED,
            ReferralState.PLACED,
            KEEP,
            guard=Guard(gettext_lazy("岗位还有名额；毕业生的档案仍在本单位"), against_placing),
        ),
        Move("not_take", gettext_lazy("单位未录用"), ACCEPTED, ReferralState.NOT_TAKEN, KEEP),
        Move(
            "withdraw",
            gettext_lazy("撤回推荐"),
            frozenset(OPEN_REFERRALS),
            ReferralState.WITHDRAWN,
            KEEP,
            reason=True,
        ),
    ),
)

OPEN = frozenset({EnquiryOutcome.OPEN})
CLOSED = frozenset(EnquiryOutcome) - frozenset(OPEN_ENQUIRIES)


def against_reopening(enquiry: Enquiry, _user: User) -> str:
    """What was handed over is answered where it went; from there it can come back."""
    if enquiry.referred_to is None:
        return ""
    return _("已转给“%(union)s”办理，不能重新办理；转错的请对方转回") % {"union": enquiry.referred_to.name}


def against_acting_as_city(enquiry: Enquiry, _user: User) -> str:
    """What a unit took in by itself goes its own way."""
    return "" if enquiry.from_city else _("不是市总登记的咨询")


def against_discarding(enquiry: Enquiry, _user: User) -> str:
    """Whom the city has promised an answer does not go without one because a unit says so."""
    return _("市总下派的咨询，误登的请退回市总") if enquiry.from_city else ""


def never_handed_down(enquiry: Enquiry) -> bool:
    return enquiry.handed_on is None


OF_CITY = Guard(gettext_lazy("市总登记的咨询"), against_acting_as_city)
HAND_DOWN = Permission.HAND_DOWN_ENQUIRIES
WAITING = frozenset({EnquiryOutcome.TO_HAND_DOWN})

ENQUIRY_WORKFLOW = Workflow(
    states=EnquiryOutcome,
    field="outcome",
    moves=(
        Move("file", gettext_lazy("建档"), OPEN, EnquiryOutcome.FILED, KEEP),
        Move("aid", gettext_lazy("申请助学"), OPEN, EnquiryOutcome.AIDED, KEEP),
        Move("help", gettext_lazy("登记毕业生帮扶"), OPEN, EnquiryOutcome.HELPED, KEEP),
        Move("refer", gettext_lazy("转其他单位"), OPEN, EnquiryOutcome.REFERRED, KEEP, reason=True),
        Move("answer", gettext_lazy("答复"), OPEN, EnquiryOutcome.ANSWERED, KEEP, reason=True),
        Move(
            "mistake",
            gettext_lazy("误登作废"),
            OPEN,
            EnquiryOutcome.MISTAKEN,
            KEEP,
            reason=True,
            guard=Guard(gettext_lazy("本单位登记的咨询"), against_discarding),
        ),
        Move(
            "reopen",
            gettext_lazy("重新办理"),
            CLOSED,
            EnquiryOutcome.OPEN,
            KEEP,
            reason=True,
            guard=Guard(gettext_lazy("没有转给本市其他工会"), against_reopening),
        ),
        Move(
            "send_back",
            gettext_lazy("退回市总"),
            OPEN,
            EnquiryOutcome.TO_HAND_DOWN,
            KEEP,
            reason=True,
            guard=OF_CITY,
        ),
        Move("hand_down", gettext_lazy("下派"), WAITING, EnquiryOutcome.OPEN, HAND_DOWN),
        Move("reply", gettext_lazy("直接答复"), WAITING, EnquiryOutcome.ANSWERED, HAND_DOWN, reason=True),
        Move("discard", gettext_lazy("误登作废"), WAITING, EnquiryOutcome.MISTAKEN, HAND_DOWN, reason=True),
        Move("recall", gettext_lazy("收回"), OPEN, EnquiryOutcome.TO_HAND_DOWN, HAND_DOWN, reason=True, guard=OF_CITY),
        Move(
            "redo",
            gettext_lazy("退回重办"),
            CLOSED,
            EnquiryOutcome.OPEN,
            HAND_DOWN,
            reason=True,
            guard=OF_CITY,
            turn=Turn(EnquiryOutcome.TO_HAND_DOWN, gettext_lazy("没有下派过"), never_handed_down),
        ),
    ),
)
