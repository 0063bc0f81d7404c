"""社会助学项目, 项目付款 and 项目受益."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.editing.project import PROJECT_FORM, PROJECT_GAIN_FORM, PROJECT_PAYMENT_FORM
from aid.enums import Acceptance, ProjectState, ProjectWay
from aid.models import Project, ProjectGain, ProjectPayment
from aid.models.social.lists import ProjectQuerySet
from aid.records.searching import of_child
from aid.records.tones import PROJECT_TONES
from aid.voiding import VOIDING
from portal.records.attribute import Attribute
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.kind import Fields, RecordKind, Related


class ProjectFilters(RecordFilterSet):
    state = CodeFilter(label=_("状态"), choices=ProjectState)
    way = CodeFilter(label=_("项目形式"), choices=ProjectWay)
    acceptance = CodeFilter(label=_("验收结果"), choices=Acceptance)
    starts_from, starts_to = period("starts_on", _("项目开始日期"))

    class Meta(RecordFilterSet.Meta):
        model = Project


class ProjectPaymentFilters(RecordFilterSet):
    paid_from, paid_to = period("paid_on", _("付款日期"))

    class Meta(RecordFilterSet.Meta):
        model = ProjectPayment


class ProjectGainFilters(RecordFilterSet):
    way = CodeFilter(field_name="project__way", label=_("项目形式"), choices=ProjectWay)

    class Meta(RecordFilterSet.Meta):
        model = ProjectGain


PROJECT_PAYMENT = RecordKind(
    model=ProjectPayment,
    voiding=VOIDING[ProjectPayment],
    noun="project-payments",
    caption=("number",),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("project.title", link="project"),
        Attribute("paid_on", order="paid_on"),
        Attribute("amount"),
        Attribute("note", minor=True),
        Attribute("union", minor=True),
    ),
    ordering="-paid_on",
    filterset=ProjectPaymentFilters,
    sections=(
        Fields(
            _("项目付款"),
            (
                Attribute("number"),
                Attribute("project.title", link="project"),
                Attribute("project.organisation.name", label=_("承接的社会组织"), link="project.organisation"),
                Attribute("project.budget"),
                Attribute("paid_on"),
                Attribute("amount"),
                Attribute("note"),
                Attribute("union"),
            ),
        ),
    ),
    names=("project__title",),
    numbers=("number", "project__number"),
    editing=PROJECT_PAYMENT_FORM,
)

PROJECT_GAIN = RecordKind(
    model=ProjectGain,
    voiding=VOIDING[ProjectGain],
    noun="project-gains",
    caption=("number", "child.name"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("child.name", label=_("子女姓名"), link="child"),
        Attribute("project.title", link="project"),
        Attribute("what"),
        Attribute("value"),
        Attribute("union", minor=True),
    ),
    ordering="-number",
    filterset=ProjectGainFilters,
    sections=(
        Fields(
            _("项目受益"),
            (
                Attribute("number"),
                Attribute("child.name", label=_("子女姓名"), link="child"),
                Attribute("project.title", link="project"),
                Attribute("what"),
                Attribute("value"),
                Attribute("union"),
            ),
        ),
    ),
    names=("project__title", "child__name"),
    initials=("child__initials",),
    numbers=("number", "project__number"),
    found_by=(of_child("child"),),
    people="child",
    editing=PROJECT_GAIN_FORM,
)

PROJECT = RecordKind(
    model=Project,
    voiding=VOIDING[Project],
    noun="projects",
    caption=("number", "title"),
    columns=(
        Attribute("number", link="self", order="number"),
        Attribute("title", link="self"),
        Attribute("way"),
        Attribute("organisation.name", label=_("社会组织"), link="organisation", minor=True),
        Attribute("state", tones=PROJECT_TONES),
        Attribute("starts_on", order="starts_on", minor=True),
        Attribute("budget", minor=True),
        Attribute("paid", label=_("已付(元)"), minor=True),
        Attribute("children_aided", label=_("受益子女")),
        Attribute("acceptance", minor=True, extra=True),
        Attribute("volunteers", minor=True, extra=True),
        Attribute("hours", minor=True, extra=True),
        Attribute("union", minor=True),
    ),
    ordering="-starts_on",
    filterset=ProjectFilters,
    state=Attribute("state", tones=PROJECT_TONES),
    sections=(
        Fields(
            _("项目"),
            (
                Attribute("number"),
                Attribute("union"),
                Attribute("title"),
                Attribute("way"),
                Attribute("organisation.name", label=_("承接的社会组织"), link="organisation"),
                Attribute("starts_on"),
                Attribute("ends_on"),
                Attribute("children_aided", label=_("受益子女(人，得到几次也算一人)")),
                Attribute("description"),
                Attribute("state_note"),
            ),
        ),
        Fields(
            _("合同与付款"),
            (
                Attribute("contract_number"),
                Attribute("contract_on"),
                Attribute("budget"),
                Attribute("paid", label=_("已付(元)")),
                Attribute("unpaid", label=_("未付(元)")),
            ),
        ),
        Fields(_("志愿者"), (Attribute("volunteers"), Attribute("hours"))),
        Fields(_("验收"), (Attribute("accepted_on"), Attribute("acceptance"), Attribute("accepted_by"))),
        Related(_("付款"), PROJECT_PAYMENT, lambda project: Q(project=project), without=("project.title", "union")),
        Related(_("受益记录"), PROJECT_GAIN, lambda project: Q(project=project), without=("project.title", "union")),
    ),
    names=("title", "organisation__name"),
    numbers=("number", "contract_number"),
    editing=PROJECT_FORM,
    reading=ProjectQuerySet.as_listed,
    parts=(PROJECT_PAYMENT, PROJECT_GAIN),
)
