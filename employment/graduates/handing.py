"""What of Sunshine Employment goes over with a desk: the graduates somebody helps; enquiries stay the union's."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.models import Enquiry, Graduate, Promise
from portal.audit import By
from portal.desk.season import SeasonDay
from portal.handover.parts import HandoverPart
from portal.keeping.bulk import keep_many
from portal.models import User
from portal.records.editing.colleagues import WHO_HELPS, colleagues


def in_charge(predecessor: User) -> QuerySet:
    """The graduates still followed whose helper is called as the predecessor is; none where a colleague is, too."""
    if predecessor.role not in WHO_HELPS or shared_name(predecessor):
        return Graduate.objects.none()
    return _called(predecessor)


def _called(predecessor: User) -> QuerySet:
    graduates = Graduate.objects.in_union(predecessor.union.reporting_unit())
    return graduates.filter(helper=predecessor.name, closed_on__isnull=True)


def shared_name(predecessor: User) -> bool:
    """Whether another account of the same name may be meant: the record names the helper by name alone."""
    unit = predecessor.union.reporting_unit()
    return colleagues(unit).filter(name=predecessor.name).exclude(pk=predecessor.pk).exists()


def against_giving(predecessor: User) -> str:
    if predecessor.role in WHO_HELPS and shared_name(predecessor) and _called(predecessor).exists():
        return _("本单位有同名的同事，毕业生的帮扶责任人不自动改，请在名单中逐人核对。")
    return ""


def give_graduates(predecessor: User, successor: User, by: By) -> int:
    """Name the successor as who is responsible; how many. Writes the graduates and their versions."""
    graduates = list(in_charge(predecessor).select_for_update(of=("self",)).order_by("pk"))
    for graduate in graduates:
        graduate.helper = successor.name
    keep_many(graduates, by.actor, str(TAKEN), fields=["helper"])
    return len(graduates)


def promises_due(predecessor: User) -> Iterator[SeasonDay]:
    promises = Promise.objects.filter(graduate__in=in_charge(predecessor), closed_on__isnull=True)
    url = f"{reverse('promise_list')}?{urlencode({'helper': predecessor.pk})}"
    for day, count in promises.values_list("due_on").annotate(count=Count("pk")).order_by("due_on"):
        yield SeasonDay(day, _("兑现帮扶承诺 %(count)d 项") % {"count": count}, url, is_due=True)


def open_enquiries(predecessor: User) -> QuerySet:
    """Those of the union itself that nobody has answered."""
    return Enquiry.objects.filter(union=predecessor.union_id).unanswered()


def enquiries_due(predecessor: User) -> Iterator[SeasonDay]:
    due = open_enquiries(predecessor).filter(due_on__isnull=False).values_list("due_on")
    for day, count in due.annotate(count=Count("pk")).order_by("due_on"):
        words = _("办结咨询 %(count)d 件") % {"count": count}
        yield SeasonDay(day, words, f"{reverse('enquiry_list')}?open=yes", is_due=True)


def _graduates_url(predecessor: User) -> str:
    return f"{reverse('graduate_list')}?{urlencode({'helper': predecessor.pk})}"


TAKEN = gettext_lazy("账号交接")
PARTS = (
    HandoverPart(
        gettext_lazy("负责帮扶的毕业生"), in_charge, _graduates_url, give_graduates, promises_due, against_giving
    ),
    HandoverPart(
        gettext_lazy("本工会待办理的咨询"),
        open_enquiries,
        lambda _predecessor: f"{reverse('enquiry_list')}?open=yes",
        days=enquiries_due,
    ),
)
