"""走访计划: who of the aided is to be visited in July and August, who was, and how far each union is.

Notice, part one (two) 1: 每年 7、8 月份，要针对助学、社会实践学生、就业援助等对象，普遍开展上门走访和慰问.

A visit counts for a person if it was to that person or to the worker of the household, by any union. A call (电话回访)
is a visit too (domain.md), so the plan and the report's check find the same people; calls are told apart. Whose file
has moved on can be visited by nobody here: they are left out of the plan, and counted apart.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, CharField, Count, Exists, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.models import AidCase, Child, PracticePlacement, Visit
from aid.models.casework.case import APPROVED_STATES
from portal.access import path_range
from portal.models import Campaign, Union, User
from portal.models.owned import unit_path
from portal.models.union import STEP_LENGTH
from portal.records.attribute import Attribute, relations
from portal.records.lists.paging import Keyset
from portal.words.shares import per_cent

SUMMER = (7, 8)  # July and August: notice, part one (two) 1
BY_STREET = Keyset("union_path")
STATES = (("due", _("未走访")), ("door", _("已上门走访")), ("call", _("仅电话回访")))


def summer(year: int) -> tuple[date, date]:
    """The first and the last day on which a visit counts."""
    first, last = SUMMER
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


@dataclass(frozen=True)
class PlanGroup:
    """One kind of people to be visited: the records of `model` that `of` chooses, and the paths from such a record.

    `person` and `worker` lead to those whom a visit may be to, `school` and `home` to the school and the household;
    `subject` is the record whose visit is entered, by the name that the form's address has for it.
    """

    slug: str
    title: str
    model: type[Model]
    of: Callable[[User, Campaign], Q]
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
        return self._with_state(campaign, self._chosen(user, campaign).filter(self._is_here(user)))

    def moved_away(self, user: User, campaign: Campaign) -> QuerySet:
        """Those who would be, had the family's file not gone to another unit or out of the scope of `user`."""
        return self._chosen(user, campaign).exclude(self._is_here(user))

    def _chosen(self, user: User, campaign: Campaign) -> QuerySet:
        return self.model.objects.visible_to(user).filter(self.of(user, campaign))

    def _is_here(self, user: User) -> Q:
        path = f"{self.home}__union_path"
        same_unit = Q(Exact(unit_path(path), unit_path()))
        return same_unit & path_range(user.union.path, path)

    def _with_state(self, campaign: Campaign, people: QuerySet) -> QuerySet:
        first, last = summer(campaign.year)
        visits = Visit.objects.filter(visited_on__range=(first, last))
        door = visits.filter(by_telephone=False)
        state = Case(
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


def aided(_user: User, campaign: Campaign) -> Q:
    return Q(campaign=campaign, status__in=APPROVED_STATES)


def on_practice(user: User, campaign: Campaign) -> Q:
    """Children with a placement in the year."""
    year = campaign.year
    placed = PracticePlacement.objects.visible_to(user).filter(
        child=OuterRef("pk"), starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1)
    )
    return Q(Exists(placed))


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
    columns=(
        Attribute("name", link="self"),
        Attribute("household.number", label=_("家庭档案"), link="household", minor=True),
        Attribute("school", minor=True),
        Attribute("union"),
    ),
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
        number, state = row["number"], row["state"]
        counted = Covered(number, number if state != "due" else 0, number if state == "door" else 0)
        found[row["below"]] = found.get(row["below"], Covered()) + counted
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
