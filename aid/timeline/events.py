"""Everything that happened to a family, in one row of time: one question per kind of event, however many there are."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, OuterRef, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from aid.models import Household
from portal.models import User, VersionedRecord
from portal.records.attribute import record_url
from portal.records.beside import Event
from portal.records.versions import Version, versions

SHOWN_OF_EACH = 200
EVERY = Q()


def itself(record: Model) -> Model:
    return record


def nowhere(_record: Model) -> None:
    return None


def time_of(when: datetime.date, recorded: datetime.datetime | None = None) -> tuple[datetime.date, datetime.datetime]:
    """Day and moment of what happened at `when`: of a mere day the moment it was `recorded`, if on that day."""
    if isinstance(when, datetime.datetime):
        return localtime(when).date(), localtime(when)
    same = recorded is not None and localtime(recorded).date() == when
    return when, localtime(recorded) if same else None


@dataclass(frozen=True)
class Source:
    """One kind of event: the records that `lookup` finds, the day or moment of each, and what is said of it.

    `person` is the path to the one person whom they are about, for the story of that person alone, `or_person` another
    such path; '' where they are about the whole family. `only` narrows them further. `visible` is their scope, where
    they have no union of their own; `page` is the record whose page tells more, or None. Of records that keep versions
    `recorded_at` is the moment of the first of which `recorded` holds.
    """

    title: str
    model: type[Model]
    lookup: Callable[[Household], Q]
    day: Callable[[Model], datetime.date | None]
    words: Callable[[Model], str]
    related: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    person: str = ""
    or_person: str = ""
    only: Q = EVERY
    visible: Callable[[User], QuerySet] | None = None
    page: Callable[[Model], Model | None] = itself
    recorded: Q = EVERY

    def about(self, person: int) -> Q:
        """Those about that one person."""
        found = Q()
        for path in filter(None, (self.person, self.or_person)):
            found |= Q(**{path: person})
        return found

    def records(self, wanted: Q, user: User) -> QuerySet:
        seen = self.visible(user) if self.visible else self.model.objects.visible_to(user)
        found = seen.filter(wanted, self.only)
        if issubclass(self.model, VersionedRecord):
            versions_of = self.model.history.filter(self.recorded, id=OuterRef("pk")).order_by("history_date")
            found = found.annotate(recorded_at=versions_of.values("history_date")[:1])
        # Without a name select_related() joins everything.
        found = found.select_related(*self.related) if self.related else found
        return found.defer(*self.without).order_by("-pk")[:SHOWN_OF_EACH]

    def events(self, wanted: Q, user: User) -> Iterable[Event]:
        """What `user` may know of the records that `wanted` describes."""
        for record in self.records(wanted, user):
            if (when := self.day(record)) is not None:
                day, at = time_of(when, getattr(record, "recorded_at", None))
                page = self.page(record)
                yield Event(day, str(self.title), self.words(record), record_url(page) if page else "", at)


def timeline(
    household: Household, user: User, sources: Iterable[Source], told_before: Iterable[Version] | None = None
) -> list[Event]:
    """What `user` may know of the family's history, newest first; `told_before` are its versions, if they were read.

    What is known by its day only stands below what has a moment in it, in the order of `sources`, last first.
    """
    told = [[Event(household.filed_on, str(_("建档")), household.number)]]
    told.extend(list(source.events(source.lookup(household), user)) for source in sources)
    told.append(list(_changes(versions(household, user) if told_before is None else told_before)))
    if household.closed_on:
        closed = household.history.filter(closed_on=household.closed_on).order_by("history_date").first()
        day, at = time_of(household.closed_on, closed.history_date if closed else None)
        told.append([Event(day, str(_("注销")), household.closed_reason, at=at)])
    latest_first = [event for events in reversed(told) for event in events]
    return sorted(latest_first, key=lambda event: event.order, reverse=True)


def story_of_person(person: int, user: User, sources: Iterable[Source]) -> list[Event]:
    """What `user` may know of what happened to that one person, newest first. One query for each kind of event."""
    told = [event for source in sources if source.person for event in source.events(source.about(person), user)]
    return sorted(told, key=lambda event: event.order, reverse=True)


def _changes(told: Iterable[Version]) -> Iterable[Event]:
    """What was changed in the file itself: fields by name; a verification says so by the field it sets."""
    for version in told:
        fields = "、".join(change.label for change in version.changes)
        if fields:
            day, at = time_of(version.at)
            yield Event(day, str(_("修改档案")), f"{version.actor}：{fields}", at=at)
