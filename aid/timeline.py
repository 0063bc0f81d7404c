"""Everything that happened to a family, in one row of time: one question per kind of event, however many there are."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from aid.models import AidCase, Disbursement, Document, Entry, Household, Transfer, Visit
from aid.records.household import visits_to_family
from portal.models import User
from portal.records.attribute import record_url
from portal.records.versions import versions

SHOWN_OF_EACH = 200


@dataclass(frozen=True)
class Event:
    on: datetime.date
    title: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of event: the records that `lookup` finds, the day of each, and what is said of it."""

    title: str
    model: type[Model]
    lookup: Callable[[Household], Q]
    day: Callable[[Model], datetime.date | None]
    words: Callable[[Model], str]
    related: tuple[str, ...] = ("union",)
    without: tuple[str, ...] = ()
    has_page: bool = True

    def records(self, household: Household, user: User) -> QuerySet:
        found = self.model.objects.visible_to(user).filter(self.lookup(household))
        return found.select_related(*self.related).defer(*self.without).order_by("-pk")[:SHOWN_OF_EACH]

    def events(self, household: Household, user: User) -> Iterable[Event]:
        for record in self.records(household, user):
            if (day := self.day(record)) is not None:
                yield Event(day, str(self.title), self.words(record), record_url(record) if self.has_page else "")


def of_household(household: Household) -> Q:
    return Q(household=household)


def _of_children(household: Household) -> Q:
    return Q(child__household=household)


def _case_words(case: AidCase) -> str:
    return f"{case.child.name} {case.campaign} {case.get_stage_display()} {case.get_status_display()}"


SOURCES: tuple[Source, ...] = (
    Source(
        _("升学"),
        Entry,
        _of_children,
        lambda entry: entry.entered_on,
        lambda entry: f"{entry.child.name} {entry.get_stage_display()} {entry.school}",
        related=("child",),
    ),
    Source(
        _("申请助学"), AidCase, _of_children, lambda case: case.applied_on, _case_words, related=("child", "campaign")
    ),
    Source(
        _("审批"),
        AidCase,
        lambda home: _of_children(home) & Q(decided_on__isnull=False),
        lambda case: case.decided_on,
        lambda case: f"{case.child.name} {case.get_decision_display()}",
        related=("child",),
    ),
    Source(
        _("助学款发放"),
        Disbursement,
        lambda home: Q(case__child__household=home),
        lambda payment: payment.paid_on,
        lambda payment: f"{payment.case.child.name} {payment.amount:,.2f} {payment.get_status_display()}",
        related=("case__child",),
    ),
    Source(
        _("走访慰问"),
        Visit,
        visits_to_family,
        lambda visit: visit.visited_on,
        lambda visit: f"{visit.visitor} {visit.get_ways_display()}",
        without=("needs",),
    ),
    Source(
        _("上传材料"),
        Document,
        of_household,
        lambda document: localtime(document.uploaded_at).date(),
        lambda document: document.get_kind_display(),
        related=("uploaded_by",),
        without=("content",),
        has_page=False,
    ),
    Source(
        _("档案转移"),
        Transfer,
        of_household,
        lambda transfer: localtime(transfer.settled_at or transfer.begun_at).date(),
        lambda transfer: f"{transfer.union} → {transfer.to_union} {transfer.get_state_display()}",
        related=("union", "to_union"),
        has_page=False,
    ),
)


def timeline(household: Household, user: User, sources: Iterable[Source] = SOURCES) -> list[Event]:
    """What `user` may know of the family's history, newest first."""
    events = [Event(household.filed_on, str(_("建档")), household.number)]
    if household.closed_on:
        events.append(Event(household.closed_on, str(_("注销")), household.closed_reason))
    for source in sources:
        events.extend(source.events(household, user))
    events.extend(_changes(household, user))
    return sorted(events, key=lambda event: event.on, reverse=True)


def _changes(household: Household, user: User) -> Iterable[Event]:
    """What was changed in the file itself: fields by name; a verification says so by the field it sets."""
    for version in versions(household, user):
        fields = "、".join(change.label for change in version.changes)
        if fields:
            yield Event(localtime(version.at).date(), str(_("修改档案")), f"{version.actor}：{fields}")
