"""Everything that happened to a family, in one row of time: one question per kind of event, however many there are."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from aid.models import (
    AidCase,
    CaseEvent,
    Disbursement,
    Document,
    Entry,
    Household,
    PracticePlacement,
    Transfer,
    Visit,
)
from aid.records.household import visits_to_family
from aid.workflow import AID_CASE_WORKFLOW
from portal.models import User
from portal.records.attribute import record_url
from portal.records.versions import versions

SHOWN_OF_EACH = 200
EVERY = Q()
DECISIONS = ("approve", "reject")


def itself(record: Model) -> Model:
    return record


def nowhere(_record: Model) -> None:
    return None


@dataclass(frozen=True)
class Event:
    on: datetime.date
    title: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of event: the records that `lookup` finds, the day of each, and what is said of it.

    `person` is the path to the one person whom they are about, for the story of that person alone, `or_person` another
    such path; '' where they are about the whole family. `only` narrows them further. `visible` is their scope, where
    they have no union of their own; `page` is the record whose page tells more, or None.
    """

    title: str
    model: type[Model]
    lookup: Callable[[Household], Q]
    day: Callable[[Model], datetime.date | None]
    words: Callable[[Model], str]
    related: tuple[str, ...] = ("union",)
    without: tuple[str, ...] = ()
    person: str = ""
    or_person: str = ""
    only: Q = EVERY
    visible: Callable[[User], QuerySet] | None = None
    page: Callable[[Model], Model | None] = itself

    def about(self, person: int) -> Q:
        """Those about that one person."""
        found = Q()
        for path in filter(None, (self.person, self.or_person)):
            found |= Q(**{path: person})
        return found

    def records(self, wanted: Q, user: User) -> QuerySet:
        seen = self.visible(user) if self.visible else self.model.objects.visible_to(user)
        found = seen.filter(wanted, self.only)
        return found.select_related(*self.related).defer(*self.without).order_by("-pk")[:SHOWN_OF_EACH]

    def events(self, wanted: Q, user: User) -> Iterable[Event]:
        """What `user` may know of the records that `wanted` describes."""
        for record in self.records(wanted, user):
            if (day := self.day(record)) is not None:
                page = self.page(record)
                yield Event(day, str(self.title), self.words(record), record_url(page) if page else "")


def of_household(household: Household) -> Q:
    return Q(household=household)


def _of_children(household: Household) -> Q:
    return Q(child__household=household)


# Cases that came in decided, by workbook: no move tells of it.
DECIDED_WITHOUT_MOVE = Q(decided_on__isnull=False) & ~Q(
    Exists(CaseEvent.objects.filter(case=OuterRef("pk"), move__in=DECISIONS))
)


def _move_words(event: CaseEvent) -> str:
    reason = f"（{event.get_reason_display()}）" if event.reason else ""
    return f"{event.case.child.name} {AID_CASE_WORKFLOW.words(event.move)}{reason}"


def _case_words(case: AidCase) -> str:
    return f"{case.child.name} {case.campaign} {case.get_stage_display()} {case.get_status_display()}"


def _visit_words(visit: Visit) -> str:
    return f"{visit.visitor} {visit.get_ways_display()}".strip()


SOURCES: tuple[Source, ...] = (
    Source(
        _("升学"),
        Entry,
        _of_children,
        lambda entry: entry.entered_on,
        lambda entry: f"{entry.child.name} {entry.get_stage_display()} {entry.school}",
        related=("child",),
        person="child__person",
    ),
    Source(
        _("申请助学"),
        AidCase,
        _of_children,
        lambda case: case.applied_on,
        _case_words,
        related=("child", "campaign"),
        person="person",
    ),
    Source(
        _("审批"),
        AidCase,
        _of_children,
        lambda case: case.decided_on,
        lambda case: f"{case.child.name} {case.get_decision_display()}",
        related=("child",),
        person="person",
        only=DECIDED_WITHOUT_MOVE,
    ),
    Source(
        _("申请办理"),
        CaseEvent,
        lambda home: Q(case__child__household=home),
        lambda event: localtime(event.at).date(),
        _move_words,
        related=("case__child",),
        person="case__person",
        visible=lambda user: CaseEvent.objects.filter(case__in=AidCase.objects.visible_to(user)),
        page=lambda event: event.case,
    ),
    Source(
        _("助学款发放"),
        Disbursement,
        lambda home: Q(case__child__household=home),
        lambda payment: payment.paid_on,
        lambda payment: f"{payment.case.child.name} {payment.amount:,.2f} {payment.get_status_display()}",
        related=("case__child",),
        person="case__person",
    ),
    Source(
        _("走访慰问"),
        Visit,
        visits_to_family,
        lambda visit: visit.visited_on,
        _visit_words,
        without=("needs",),
        person="person",
        only=Q(by_telephone=False),
    ),
    Source(
        _("电话回访"),
        Visit,
        visits_to_family,
        lambda visit: visit.visited_on,
        _visit_words,
        without=("needs",),
        person="person",
        only=Q(by_telephone=True),
    ),
    Source(
        _("社会实践"),
        PracticePlacement,
        _of_children,
        lambda placement: placement.starts_on,
        lambda placement: f"{placement.child.name} {placement.post.employer} {placement.starts_on}—{placement.ends_on}",
        related=("child", "post"),
        person="child__person",
    ),
    Source(
        _("上传材料"),
        Document,
        of_household,
        lambda document: localtime(document.uploaded_at).date(),
        lambda document: document.get_kind_display(),
        related=("uploaded_by",),
        without=("content",),
        page=nowhere,
    ),
    Source(
        _("档案转移"),
        Transfer,
        of_household,
        lambda transfer: localtime(transfer.settled_at or transfer.begun_at).date(),
        lambda transfer: f"{transfer.union} → {transfer.to_union} {transfer.get_state_display()}",
        related=("union", "to_union"),
        page=nowhere,
    ),
)


def timeline(household: Household, user: User, sources: Iterable[Source] = SOURCES) -> list[Event]:
    """What `user` may know of the family's history, newest first; of one day in the order of `sources`, last first."""
    told = [[Event(household.filed_on, str(_("建档")), household.number)]]
    told.extend(list(source.events(source.lookup(household), user)) for source in sources)
    told.append(list(_changes(household, user)))
    if household.closed_on:
        told.append([Event(household.closed_on, str(_("注销")), household.closed_reason)])
    latest_first = [event for events in reversed(told) for event in events]
    return sorted(latest_first, key=lambda event: event.on, reverse=True)


def _changes(household: Household, user: User) -> Iterable[Event]:
    """What was changed in the file itself: fields by name; a verification says so by the field it sets."""
    for version in versions(household, user):
        fields = "、".join(change.label for change in version.changes)
        if fields:
            yield Event(localtime(version.at).date(), str(_("修改档案")), f"{version.actor}：{fields}")
