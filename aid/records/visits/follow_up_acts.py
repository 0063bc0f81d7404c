"""Where to do what a visit asked for: from the to-do to the file, the case, or what can be offered (三个掌握)."""

from collections.abc import Callable
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import FollowUpKind
from aid.models import AidCase, Child, FollowUp, Household
from portal.access import Permission
from portal.models import Campaign, UnionOwned
from portal.records.attribute import record_url
from portal.records.kind import Link

UPDATE, ADJUST, OFFER = FollowUpKind.UPDATE_FILE, FollowUpKind.ADJUST_STANDARD, FollowUpKind.OFFER_PROJECT


def whom(follow_up: FollowUp):
    """The record that names the person, within the scope of who looks; None for one who is no longer in it."""
    named = getattr(follow_up, "named", None)
    return named.record if named else None


def home_of(record) -> Household:
    """The household of a child or graduate, or of the worker itself."""
    return record if isinstance(record, Household) else record.household


def asks(*kinds: FollowUpKind, of: type | tuple[type, ...] = UnionOwned) -> Callable[[FollowUp], bool]:
    """Whether a to-do is open, of one of `kinds`, and about a person known by a record of `of`."""

    def when(follow_up: FollowUp) -> bool:
        return follow_up.done_on is None and follow_up.kind in kinds and isinstance(whom(follow_up), of)

    return when


def new(name: str, record) -> str:
    """The form of a new record of `name` that belongs to `record`."""
    return f"{reverse(f'{name}_create')}?{record._meta.model_name}={record.pk}"


def link(label: str, address: Callable, when: Callable[[FollowUp], bool]) -> Link:
    """`address` is made from the record that names the person."""
    return Link(label, lambda follow_up: address(whom(follow_up)), Permission.KEEP_RECORDS, when)


def _file_is_open(follow_up: FollowUp) -> bool:
    return asks(UPDATE)(follow_up) and home_of(whom(follow_up)).is_open


def _case_of(child: Child) -> str:
    """Its case of the running campaign, or the form of a new one."""
    case = AidCase.objects.filter(child=child, campaign=Campaign.objects.current()).first()
    return record_url(case) if case else new("aidcase", child)


FOLLOW_UP_LINKS = (
    link(_("修改家庭档案"), lambda record: reverse("household_edit", args=[home_of(record).pk]), _file_is_open),
    link(_("办理助学申请"), _case_of, asks(ADJUST, of=Child)),
    link(_("登记升学"), partial(new, "entry"), asks(ADJUST, of=Child)),
    link(_("安排结对"), partial(new, "pairing"), asks(OFFER, of=(Child, Household))),
    link(_("安排社会实践"), partial(new, "practiceplacement"), asks(OFFER, of=Child)),
    link(_("打开家庭档案"), record_url, asks(ADJUST, OFFER, of=Household)),
)
