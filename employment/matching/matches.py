"""岗位匹配: which open vacancies suit which graduates who seek work, and why.

A criterion is said once, as conditions on two sides. Asked for one vacancy the graduates' side is a column and the
vacancy's a value; asked for one graduate it is the other way round. The same conditions rank the page and explain it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import reduce
from operator import add

from django.db.models import Case, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.enums import DEGREE_RANK, ReferralState
from employment.graduates.standing import seeking
from employment.models import Graduate, Referral, Vacancy
from portal.access import path_range
from portal.models import REPORTING_PATH_LENGTH, User

Side = Callable[[str], Combinable]


class Fit(IntEnum):
    """How well one criterion holds; what is unknown counts half."""

    MISSES = 0
    UNKNOWN = 1
    FITS = 2


def columns(field: str) -> F:
    """The side that is asked for: a column of each row."""
    return F(field)


def values_of(record: Model) -> Side:
    """The side that asks: the values of one record."""

    def value(name: str) -> Value:
        kind = type(record._meta.get_field(name))()
        given = Value(getattr(record, name), output_field=kind)
        # PostgreSQL takes a bare NULL for text.
        return Cast(given, kind) if given.value is None else given

    return value


@dataclass(frozen=True)
class Criterion:
    """One thing that a vacancy and a graduate are compared by; `weight` is its part of 100.

    `unknown` and `fits` are conditions on the sides of the graduate and of the vacancy; neither: it misses. `wish` and
    `offer` say in words what the graduate has or wants and what the vacancy asks or gives, '' where nothing is on file.
    """

    slug: str
    label: str | Promise
    weight: int
    unknown: Callable[[Side, Side], Q]
    fits: Callable[[Side, Side], Q]
    wish: Callable[[Graduate], str]
    offer: Callable[[Vacancy], str]

    @property
    def field(self) -> str:
        """The name under which a query carries its Fit."""
        return f"fit_{self.slug}"

    def rating(self, graduate: Side, vacancy: Side) -> Case:
        return Case(
            When(self.unknown(graduate, vacancy), then=Value(Fit.UNKNOWN)),
            When(self.fits(graduate, vacancy), then=Value(Fit.FITS)),
            default=Value(Fit.MISSES),
            output_field=IntegerField(),
        )

    def words(self, fit: Fit, graduate: Graduate, vacancy: Vacancy) -> str:
        said = {"label": self.label, "wish": self.wish(graduate), "offer": self.offer(vacancy)}
        if fit == Fit.FITS:
            return _("%(label)s相符：%(offer)s") % said
        if fit == Fit.MISSES:
            return _("%(label)s不符：毕业生%(wish)s，岗位%(offer)s") % said
        missing = [_("毕业生未填")] * (not said["wish"]) + [_("岗位未填")] * (not said["offer"])
        return _("%(label)s待了解：%(missing)s") % (said | {"missing": _("、").join(missing)})


def same(wished: str, offered: str) -> dict[str, Callable[[Side, Side], Q]]:
    """The conditions of two texts that must be equal, each unknown where it is empty."""
    return {
        "unknown": lambda g, v: Q(Exact(g(wished), Value(""))) | Q(Exact(v(offered), Value(""))),
        "fits": lambda g, v: Q(Exact(g(wished), v(offered))),
    }


def rank(degree: Combinable) -> Case:
    """The rank of a degree; 0 for none, which is what a vacancy open to all asks for."""
    steps = (When(Q(Exact(degree, Value(code))), then=Value(number)) for code, number in DEGREE_RANK.items())
    return Case(*steps, default=Value(0), output_field=IntegerField())


def best_wage(vacancy: Side) -> Coalesce:
    """What the range reaches: its upper end, or the lower where no other is known."""
    return Coalesce(vacancy("wage_to"), vacancy("wage_from"))


CRITERIA = (
    Criterion(
        "degree",
        gettext_lazy("学历"),
        40,
        unknown=lambda _g, _v: Q(pk__in=[]),
        fits=lambda g, v: Q(GreaterThanOrEqual(rank(g("degree")), rank(v("degree")))),
        wish=lambda graduate: graduate.get_degree_display(),
        offer=lambda vacancy: vacancy.get_degree_display() if vacancy.degree else _("不限"),
    ),
    Criterion(
        "trade",
        gettext_lazy("行业"),
        25,
        **same("wished_trade", "trade"),
        wish=lambda graduate: graduate.get_wished_trade_display(),
        offer=lambda vacancy: vacancy.get_trade_display(),
    ),
    Criterion(
        "wage",
        gettext_lazy("月薪"),
        20,
        unknown=lambda g, v: Q(IsNull(g("wished_wage"), True)) | Q(IsNull(best_wage(v), True)),  # noqa: FBT003
        fits=lambda g, v: Q(GreaterThanOrEqual(best_wage(v), g("wished_wage"))),
        wish=lambda graduate: _("期望 %(wage)d 元") % {"wage": graduate.wished_wage} if graduate.wished_wage else "",
        offer=lambda vacancy: _("%(wage)s 元") % {"wage": vacancy.wage} if vacancy.wage else "",
    ),
    Criterion(
        "district",
        gettext_lazy("区县"),
        15,
        **same("wished_district", "district"),
        wish=lambda graduate: graduate.wished_district,
        offer=lambda vacancy: vacancy.district,
    ),
)


def rated(rows: QuerySet, graduate: Side, vacancy: Side) -> QuerySet:
    """`rows` with the Fit of each criterion and with `score`, 0 to 100: all misses, all fits."""
    rows = rows.annotate(**{each.field: each.rating(graduate, vacancy) for each in CRITERIA})
    # Twice the weight where it fits: divided by the Fit of what fits.
    total = reduce(add, (F(each.field) * each.weight for each in CRITERIA))
    return rows.annotate(score=total / Value(int(Fit.FITS)))


def best_graduates(vacancy: Vacancy, user: User, today: date | None = None) -> QuerySet:
    """Graduates of the vacancy's 填报单位 who seek work, in the scope of `user`, rated.

    Left out are those to whom it was already passed on, unless that was withdrawn.
    """
    graduates = Graduate.objects.visible_to(user).filter(_same_unit(vacancy))
    told = _told().filter(vacancy=vacancy, graduate=OuterRef("pk"))
    return rated(seeking(graduates, today).filter(~Exists(told)), columns, values_of(vacancy))


def best_vacancies(graduate: Graduate, user: User, today: date | None = None) -> QuerySet:
    """Open vacancies of the graduate's 填报单位, in the scope of `user`, rated; those already passed on left out."""
    told = _told().filter(graduate=graduate, vacancy=OuterRef("pk"))
    vacancies = Vacancy.objects.visible_to(user).filter(_same_unit(graduate)).open_on(today or localdate())
    return rated(vacancies.filter(~Exists(told)), values_of(graduate), columns)


def published_elsewhere(graduate: Graduate, user: User, today: date | None = None) -> QuerySet:
    """Open vacancies that unions other than those of `best_vacancies` made public, rated.

    A vacancy holds no personal data and everybody may read these in the feed, so any clerk may. They are only told of:
    to pass one on, the union that has it is asked.
    """
    own = _same_unit(graduate) & path_range(user.union.path)
    vacancies = Vacancy.objects.published().open_on(today or localdate()).exclude(own)
    return rated(vacancies, values_of(graduate), columns)


def _same_unit(record) -> Q:
    return path_range(record.union_path[:REPORTING_PATH_LENGTH])


def _told() -> QuerySet:
    return Referral.objects.exclude(state=ReferralState.WITHDRAWN)


@dataclass(frozen=True)
class Finding:
    """One criterion of one match in words; `fit` is what a template chooses the mark by."""

    fit: str
    words: str


def findings(row: Graduate | Vacancy, graduate: Graduate, vacancy: Vacancy) -> list[Finding]:
    """Why `row`, one of both as `rated` gave it, stands where it stands."""
    found = ((each, Fit(getattr(row, each.field))) for each in CRITERIA)
    return [Finding(fit.name.lower(), each.words(fit, graduate, vacancy)) for each, fit in found]
