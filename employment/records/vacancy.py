"""招聘岗位."""

import django_filters
from django import forms
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from employment.editing.vacancy import VACANCY_FORM
from employment.enums import DEGREE_RANK, Degree, OfferChannel
from employment.models import Vacancy
from employment.records.referral import REFERRAL
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, TextFilter, YesNoFilter
from portal.records.kind import Fields, Link, RecordKind, Related


class VacancyFilters(RecordFilterSet):
    open = YesNoFilter(label=_("今天"), words=(_("可应聘"), _("不可应聘")), method="filter_open")
    trade = CodeFilter(label=_("行业"), choices=Trade)
    district = TextFilter(label=_("工作区县"))
    degree = CodeFilter(label=_("适合学历"), choices=Degree, method="for_degree")
    wage = django_filters.NumberFilter(
        label=_("月薪可达(元)"),
        method="reaching",
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    channel = CodeFilter(field_name="event__channel", label=_("渠道"), choices=OfferChannel)
    published = YesNoFilter(label=_("对外发布"))

    class Meta(RecordFilterSet.Meta):
        model = Vacancy

    def filter_open(self, vacancies, _name, value):
        found = Vacancy.objects.open_on(localdate())
        return vacancies.filter(pk__in=found.values("pk")) if value else vacancies.exclude(pk__in=found.values("pk"))

    def for_degree(self, vacancies, _name, value):
        """Those that a graduate of this degree may take, those that ask for none included."""
        within = [degree for degree, rank in DEGREE_RANK.items() if rank <= DEGREE_RANK[value]]
        return vacancies.filter(Q(degree="") | Q(degree__in=within))

    def reaching(self, vacancies, _name, value):
        return vacancies.alias(best=Coalesce(F("wage_to"), F("wage_from"))).filter(best__gte=value)


VACANCY = RecordKind(
    model=Vacancy,
    in_lists=True,
    noun="vacancies",
    caption=("title", "employer.name"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("title", link="self", order="title"),
        Attribute("employer.name", label=_("用人单位"), link="employer"),
        Attribute("posts", order="posts"),
        Attribute("trade", minor=True),
        Attribute("district", minor=True),
        Attribute("degree", minor=True),
        Attribute("wage", label=_("月薪(元)")),
        Attribute("closes_on", order="closes_on"),
        Attribute("published", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-closes_on",
    filterset=VacancyFilters,
    sections=(
        Fields(
            _("招聘岗位"),
            (
                Attribute("number"),
                Attribute("title"),
                Attribute("employer.name", label=_("用人单位"), link="employer"),
                Attribute("event.title", label=_("就业活动与岗位"), link="event"),
                Attribute("event.channel", label=_("渠道"), link="event"),
                Attribute("posts"),
                Attribute("union"),
            ),
        ),
        Fields(
            _("条件"),
            (
                Attribute("trade"),
                Attribute("district"),
                Attribute("degree"),
                Attribute("wage", label=_("月薪(元)")),
                Attribute("requirements"),
                Attribute("offered_on"),
                Attribute("closes_on"),
                Attribute("published"),
            ),
        ),
        Related(
            _("岗位推荐"),
            REFERRAL,
            lambda vacancy: Q(vacancy=vacancy),
            without=("vacancy.title", "vacancy.employer.name"),
        ),
    ),
    links=(
        Link(
            _("匹配毕业生"),
            lambda vacancy: reverse("vacancy_graduates", args=[vacancy.pk]),
            when=lambda vacancy: vacancy.offered_on <= localdate() <= vacancy.closes_on,
        ),
    ),
    names=("title", "employer__name"),
    numbers=("number",),
    editing=VACANCY_FORM,
)
