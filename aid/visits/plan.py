"""走访计划: who of the aided is to be visited in July and August, who was, and how far each union is.

Notice, part one (two) 1: 每年 7、8 月份，要针对助学、社会实践学生、就业援助等对象，普遍开展上门走访和慰问.

A visit counts for a person if it was to that person or to the worker of the household, by any union. A call (电话回访)
is a visit too (domain.md), so the plan and the report's check find the same people; calls are told apart. Whose file
has moved on can be visited by nobody here: they are left out of the plan, and counted apart.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, CharField, Count, Exists, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import NullIf, Substr
from django.db.models.lookups import IsNull
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.models import AidCase, Child, PracticePlacement, Visit
from aid.models.casework.case import APPROVED_STATES
from portal.access import path_range
from portal.models import REPORTING_PATH_LENGTH, Campaign, Union, User
from portal.models.owned import unit_path
from portal.models.union import STEP_LENGTH
from portal.records.attribute import Attribute, relations
from portal.records.lists.paging import Keyset
from portal.words.shares import per_cent

SUMMER = (7, 8)  # July and August: notice, part one (two) 1
BY_STREET = Keyset("union_path")
CITY = ""  # the path of all unions
MOVED = "moved"
STATES = (("due", _("未走访")), ("door", _("已上门走访")), ("call", _("仅电话回访")))


def summer(year: int) -> tuple[date, date]:
    """The first and the last day on which a visit counts."""
    first, last = SUMMER
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


@dataclass(frozen=True)
class PlanGroup:
    """One kind of people to be visited: the records of `model` that `of` chooses, and the paths from such a record.

    Whoever looks sees what lies at a path and below; `of` is told which. `person` and `worker` lead to those whom a
    visit may be to, `school` and `home` to the school and the household; `subject` is the record whose visit is
    entered, by the name that the form's address has for it.
    """

    slug: str
    title: str
    model: type[Model]
    of: Callable[[str, Campaign], Q]
    columns: tuple[Attribute, ...]
    person: str
    home: str
    school: str
    subject: tuple[str, str]

    @property
    def worker(self) -> str:
        return f"{self.home}__worker"

    def people(self, user: User, campaign: Campaign) -> QuerySet:
        """Those to be visited, within the scope of `user`, each with `state`."""
        chosen = self._chosen(self.model.objects.visible_to(user), user.union.path, campaign)
        return self._with_state(campaign, chosen.filter(self._is_here(user.union.path)))

    def moved_away(self, user: User, campaign: Campaign) -> QuerySet:
        """Those who would be, had the family's file not gone to another unit or out of the scope of `user`."""
        chosen = self._chosen(self.model.objects.visible_to(user), user.union.path, campaign)
        return chosen.exclude(self._is_here(user.union.path))

    def of_city(self, campaign: Campaign, path: str) -> QuerySet:
        """As who sees every unit finds them: those of the units at `path` and below, each with `state`, or `moved`."""
        records = self.model.objects.filter(path_range(path))
        return self._with_state(campaign, self._chosen(records, CITY, campaign), ~self._is_here(CITY))

    def _chosen(self, records: QuerySet, scope: str, campaign: Campaign) -> QuerySet:
        return records.filter(self.of(scope, campaign))

    def _is_here(self, scope: str) -> Q:
        """Whether the family is in the same unit, within the scope.

        Who sees no more than one unit need not ask which. The paths are not compared as equals: PostgreSQL would join
        by them, each record of a unit with each household of it.
        """
        path = f"{self.home}__union_path"
        if len(scope) >= REPORTING_PATH_LENGTH:
            return path_range(scope, path)
        same_unit = IsNull(NullIf(unit_path(path), unit_path()), True)  # noqa: FBT003  the way of lookups
        return Q(same_unit) & path_range(scope, path)

    def _with_state(self, campaign: Campaign, people: QuerySet, moved: Q | None = None) -> QuerySet:
        first, last = summer(campaign.year)
        visits = Visit.objects.filter(visited_on__range=(first, last))
        door = visits.filter(by_telephone=False)
        state = Case(
            *([When(moved, then=Value(MOVED))] if moved else []),
            When(self._to(door), then=Value("door")),
            When(self._to(visits), then=Value("call")),
            default=Value("due"),
            output_field=CharField(),
        )
        return people.annotate(state=state)

    def _to(self, visits: QuerySet) -> Q:
        return Q(Exists(visits.filter(person=OuterRef(self.person)))) | Q(
            Exists(visits.filter(person=OuterRef(self.worker)))
        )

    def joined(self, people: QuerySet) -> QuerySet:
        """With what the columns and the route list read."""
        paths = [column.path for column in self.columns] + [self.home.replace("__", ".")]
        return people.select_related(*relations(self.model, paths), "union")


def aided(_scope: str, campaign: Campaign) -> Q:
    return Q(campaign=campaign, status__in=APPROVED_STATES)


def on_practice(scope: str, campaign: Campaign) -> Q:
    """Children with a placement in the year."""
    year = campaign.year
    placed = PracticePlacement.objects.filter(
        path_range(scope), child=OuterRef("pk"), starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1)
    )
    return Q(Exists(placed))


# What the plan shows of somebody with a file of their own.
AT_HOME = (
    Attribute("name", link="self"),
    Attribute("household.number", label=_("家庭档案"), link="household", minor=True),
    Attribute("school", minor=True),
    Attribute("union"),
)
AIDED = PlanGroup(
    slug="aided",
    title=_("受助子女"),
    model=AidCase,
    of=aided,
    columns=(
        Attribute("child.name", link="child"),
        Attribute("child.household.number", label=_("家庭档案"), link="child.household", minor=True),
        Attribute("child.school", minor=True),
        Attribute("union"),
    ),
    person="person",
    home="child__household",
    school="child__school",
    subject=("child", "child_id"),
)
ON_PRACTICE = PlanGroup(
    slug="practice",
    title=_("社会实践学生"),
    model=Child,
    of=on_practice,
    columns=AT_HOME,
    person="person",
    home="household",
    school="school",
    subject=("child", "pk"),
)
GROUPS = (AIDED, ON_PRACTICE)


@dataclass(frozen=True)
class Covered:
    """How many of one union are to be visited, were reached at all, and were reached at the door."""

    people: int = 0
    reached: int = 0
    door: int = 0

    @classmethod
    def of(cls, states: Mapping[str, int]) -> "Covered":
        """From how many are in each of STATES."""
        due, door, call = (states.get(state, 0) for state, _words in STATES)
        return cls(due + door + call, door + call, door)

    @property
    def due(self) -> int:
        return self.people - self.reached

    @property
    def share(self) -> Decimal:
        """Per cent reached; 0 where nobody is to be visited."""
        return per_cent(self.reached, self.people) or Decimal()

    def __add__(self, other: "Covered") -> "Covered":
        return Covered(self.people + other.people, self.reached + other.reached, self.door + other.door)


def coverage(people: QuerySet, top: Union) -> dict[str, Covered]:
    """`people` by the unions right below `top`; what `top` keeps itself stands under its own path. One query."""
    below = Substr("union_path", 1, len(top.path) + STEP_LENGTH)
    rows = people.order_by().annotate(below=below).values("below", "state").annotate(number=Count("pk"))
    found: dict[str, Covered] = {}
    for row in rows:
        found[row["below"]] = found.get(row["below"], Covered()) + Covered.of({row["state"]: row["number"]})
    return found


def current(today: date | None = None) -> Campaign | None:
    """The campaign whose July and August it is now; None outside these months."""
    today = today or localdate()
    first, last = summer(today.year)
    return Campaign.objects.filter(year=today.year).first() if first <= today <= last else None


def due_now(user: User) -> QuerySet:
    """The aided children who wait for a visit this summer; none in other months, when it can no longer be made."""
    campaign = current()
    return AIDED.people(user, campaign).filter(state="due") if campaign else AidCase.objects.none()
