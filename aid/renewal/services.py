"""Who may be renewed, and renewing: drafts of this year from last year's cases, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from aid.casework.usual_policies import fill_policies
from aid.editing import CASE_FORM
from aid.enums import NotRenewedReason, PolicyFilling
from aid.models import AidCase, Child, NotRenewed
from aid.models.casework.case import APPROVED_STATES
from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.form_keys import refuse_second
from portal.keeping import keep_many
from portal.kept.revisions import raising
from portal.models import Campaign, Union, User
from portal.records.editing import create_records, lock_unit
from portal.workflow import MoveRefused


@dataclass(frozen=True)
class Renewal:
    """A child taken up again: where it is at school now, and the values of its case by attribute of the case's form."""

    child: int
    grade: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class NotTakenUp:
    """A child that is not taken up again, and why; `text` says what another reason is."""

    child: int
    reason: str
    text: str = ""


def renewable(user: User, campaign: Campaign) -> QuerySet[Child]:
    """Children in scope whom their own unit aided in the year before `campaign` and nobody has decided on yet.

    On file, no case in `campaign` in any unit, not declined. Each carries `aided`: last year's case, as a list of one.
    """
    children = left_to_renew(Child.objects.visible_to(user), user.union, campaign)
    cases = Prefetch("cases", queryset=_last_year(campaign).select_related("campaign"), to_attr="aided")
    return children.select_related("household", "union").prefetch_related(cases).order_by("union_path", "pk")


def left_to_renew(children: QuerySet, union: Union, campaign: Campaign) -> QuerySet[Child]:
    """Those of `children`, of `union` and below, whom its 填报单位 aided last year and who wait for a word."""
    aided = _last_year(campaign).filter(child=OuterRef("pk"), union_path__startswith=union.reporting_path)
    taken = AidCase.objects.filter(person=OuterRef("person"), campaign=campaign)
    declined = NotRenewed.objects.filter(child=OuterRef("pk"), campaign=campaign)
    return children.filter(Exists(aided), ~Exists(taken), ~Exists(declined), on_file=True)


def _last_year(campaign: Campaign) -> QuerySet[AidCase]:
    return AidCase.objects.filter(campaign__year=campaign.year - 1, status__in=APPROVED_STATES)


@transaction.atomic
def renew(
    campaign: Campaign,
    *,
    renewals: Sequence[Renewal],
    refusals: Sequence[NotTakenUp] = (),
    by: By,
    key: UUID | None = None,
    digest: str = "",
) -> list[AidCase]:
    """Make a draft for each of `renewals`, with policies as last year, and write down each of `refusals`.

    Locks the 填报单位. The child is moved on to its stage and grade. Writes cases, policies and children with a version
    each, the refusals, and audit rows; all of it or nothing, in a number of queries that does not grow with the rows.
    Raises MoveRefused if a child is no longer to be decided on, ValidationError for a refusal without its reason,
    RecordsRefused with every fault of every row, RecordRefused, and SentBeforeError.
    """
    lock_unit(by.actor.union)
    if key:
        refuse_second(user=by.actor, key=key, digest=digest)
    _check_refusals(refusals)
    children = renewable(by.actor, campaign).in_bulk([row.child for row in (*renewals, *refusals)])
    if len(children) < len(renewals) + len(refusals):
        raise MoveRefused(_("名单中有人已被他人办理或已不在档，没有保存。请重新打开名单。"))
    cases = _make_cases(renewals, children, key=key, digest=digest, by=by)
    _decline(refusals, children, campaign, by=by)
    return cases


def _check_refusals(refusals: Sequence[NotTakenUp]) -> None:
    if any(row.reason not in NotRenewedReason.values for row in refusals):
        raise ValidationError(_("不再续办的，请选择原因。"))
    if any(row.reason == NotRenewedReason.OTHER and not row.text.strip() for row in refusals):
        raise ValidationError(_("选了“其他原因”，请写明是什么原因。"))


def _make_cases(renewals: Sequence[Renewal], children: Mapping[int, Child], *, by: By, **sent) -> list[AidCase]:
    if not renewals:
        return []
    cases = create_records(CASE_FORM, rows=[(row.child, row.values) for row in renewals], by=by, **sent)
    moved = []
    for row, case in zip(renewals, cases, strict=True):
        child = children[row.child]
        if (child.stage, child.grade) != (case.stage, row.grade):
            child.stage, child.grade = case.stage, row.grade
            moved.append(child)
    keep_many(moved, by.actor, fields=("stage", "grade"))
    pks = [case.pk for case in cases]
    fill_policies(pks, PolicyFilling.AS_LAST_YEAR, by=by)
    return cases


def _decline(refusals: Sequence[NotTakenUp], children: Mapping[int, Child], campaign: Campaign, *, by: By) -> None:
    made = []
    for row in refusals:
        child = children[row.child]
        written = NotRenewed(child=child, campaign=campaign, reason=row.reason, text=row.text.strip())
        written.decided_by = by.actor
        written.open_with(child)
        made.append(written)
    with raising(made):
        NotRenewed.objects.bulk_create(made)
    if made:
        subject = str(NotRenewed._meta.verbose_name)
        audit.record(AuditAction.RECORD_SAVED, by=by, subject=subject, count=len(made))
