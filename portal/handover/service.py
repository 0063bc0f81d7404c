"""Handing a desk over, in one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.accounts.services import change_account
from portal.audit import By, record
from portal.desk.due import due_for
from portal.desk.season import SeasonDay, season_for
from portal.desk.todos import waiting_for
from portal.enums import AuditAction
from portal.handover.parts import HandoverPart, all_parts
from portal.kept.revisions import raise_units
from portal.models import DeskHandover, FormDraft, InheritedHand, User
from portal.records.editing import lock_unit
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city


@dataclass(frozen=True)
class CountedPart:
    """A part with how many it is of, and the address of their list; `against` says why they do not go by themselves."""

    part: HandoverPart
    count: int
    url: str
    against: str

    @property
    def is_given(self) -> bool:
        return self.part.take is not None


@whole_city(Across.HANDOVER)
def counted(predecessor: User) -> list[CountedPart]:
    """What would go over now. A query a part."""
    return [
        CountedPart(part, part.rows(predecessor).count(), part.url(predecessor), str(part.against(predecessor)))
        for part in all_parts()
    ]


@whole_city(Across.HANDOVER)
def hand_over(predecessor: User, successor: User, *, by: By) -> DeskHandover:
    """Give the work of `predecessor` to `successor`, who stands in for them from now on, and close the account.

    Locks the 填报单位 and both accounts. Effects: those of the parts; the successor inherits the hands of the
    four eyes; the account closed and its sessions ended; the handover with what its sheet tells; audit rows. Raises
    ValidationError where `by` hands this account not over, or the successor is none.
    """
    with transaction.atomic():
        lock_unit(predecessor.union.reporting_unit())
        list(User.objects.select_for_update().filter(pk__in=[predecessor.pk, successor.pk]).order_by("pk"))
        predecessor = _found(User.objects.to_hand_over(by.person), predecessor, _("这个账号不能由您办理交接。"))
        heirs = User.objects.may_succeed(predecessor, by.person).select_related("union")
        successor = _found(heirs, successor, _("接收人须是同一工会、同一岗位、在用的另一个账号，也不能是您自己。"))
        days = _days_of(predecessor)
        drafts = list(FormDraft.objects.filter(user=predecessor).values_list("page", flat=True))
        moved = [(each, _given(each, predecessor, successor, by)) for each in counted(predecessor)]
        _inherit(predecessor, successor)
        if predecessor.is_active or predecessor.suspended_at:
            change_account(predecessor, changes={"is_active": False}, by=by)
        handover = DeskHandover(union=predecessor.union, predecessor=predecessor, successor=successor)
        handover.done_by, handover.told = by.person, _told(moved, drafts, days, handover)
        handover.save()
        _record(handover, by)
    return handover


def _found(among: Any, account: User, otherwise: str) -> User:
    found: User | None = among.filter(pk=account.pk).first()
    if found is None:
        raise ValidationError(otherwise)
    return found


def _given(each: CountedPart, predecessor: User, successor: User, by: By) -> int:
    return each.part.take(predecessor, successor, by) if each.part.take else each.count


def _inherit(predecessor: User, successor: User) -> None:
    """What the predecessor, or whoever came before, had entered the successor does not approve."""
    keys = {predecessor.pk, *InheritedHand.objects.filter(heir=predecessor).values_list("predecessor", flat=True)}
    rows = [InheritedHand(heir=successor, predecessor_id=key) for key in sorted(keys - {successor.pk})]
    InheritedHand.objects.bulk_create(rows, ignore_conflicts=True)
    raise_units([predecessor.union.path])  # what waits for the successor is kept, and hangs on it


def _days_of(predecessor: User) -> list[SeasonDay]:
    return [day for part in all_parts() for day in part.days(predecessor)]


def _told(
    moved: list[tuple[CountedPart, int]], drafts: list[str], days: list[SeasonDay], handover: DeskHandover
) -> dict:
    """What the sheet says; the addresses of forms hold nothing of what was typed."""
    successor = handover.successor
    of_both = FormDraft.objects.filter(user=handover.predecessor, page__in=drafts)
    stayed = set(of_both.values_list("page", flat=True))
    given = set(FormDraft.objects.filter(user=successor, page__in=drafts).values_list("page", flat=True)) - stayed
    return {
        "given": [[str(each.part.label), count, each.against] for each, count in moved if each.is_given],
        "left": [[str(each.part.label), count] for each, count in moved if not each.is_given and count],
        "drafts": sorted(page for page in given if _is_own_page(page)),
        "stayed": len(stayed),
        "waiting": [[str(each.label), each.shown] for each in waiting_for(successor)],
        "days": [[f"{day:%Y-%m-%d}", words] for day, words in sorted({*_dated(days, successor)})],
    }


def _is_own_page(page: str) -> bool:
    """Whether it is a page of the portal: what a browser sent may be any address."""
    return page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)


def _dated(days: list[SeasonDay], successor: User) -> Iterator[tuple[Any, str]]:
    """When something is due: of the parts, of the report, of the year from today on."""
    for day in days:
        yield day.on, str(day.label)
    reports = [due for due in due_for(successor) if not due.state]
    for due in reports:
        yield due.due_on, _("报送 %(year)s 年报表") % {"year": due.year}
    season = season_for(successor)
    for day in season.days if season else ():
        if day.on >= timezone.localdate() and not (day.is_due and reports):
            yield day.on, str(day.label)


def _record(handover: DeskHandover, by: By) -> None:
    given = [f"{label} {count}" for label, count, _against in handover.told["given"]]
    act = _("账号交接给 %(whom)s") % {"whom": handover.successor.username}
    subject = handover.predecessor.username
    record(AuditAction.ACCOUNT_CHANGED, by=by, subject=subject, union=handover.union, act=act, fields=given)
