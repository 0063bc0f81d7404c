"""走访表: taken along to a family's door, or printed of a visit that was made; signed by both sides."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import FollowUpKind, VisitWay
from aid.models import Child, FollowUp, Household, Visit
from portal.identity import mask_card, mask_id_number, mask_telephone
from portal.printouts.cells import facts, labelled
from portal.printouts.content import Beside, Boxes, Height, Look, Printout, Ruled
from portal.printouts.kind import Asked, PrintoutKind
from portal.records.attribute import Attribute, hidden
from portal.records.kind import RecordKind
from portal.records.naming import attach_names
from portal.words.on_paper import BLANK_DAY, day_on_paper

FAMILY = (
    (Attribute("worker_name"), Attribute("worker_category"), Attribute("hardship_category")),
    (Attribute("worker.id_number", mask=mask_id_number), Attribute("telephone", mask=mask_telephone)),
    (Attribute("employer"), Attribute("other_contact", mask=hidden)),
    (Attribute("address", mask=hidden),),
    (Attribute("family_size"), Attribute("monthly_income", label=gettext_lazy("月收入(元)")), Attribute("verified_on")),
)
CAUSES = (Attribute("main_cause", mask=hidden), Attribute("cause", label=gettext_lazy("致困情况"), mask=hidden))
VISITED = (
    (Attribute("named.name", label=gettext_lazy("走访对象")), Attribute("person.id_number", mask=mask_id_number)),
    (Attribute("visited_on"), Attribute("visitor")),
)
NEEDS = Attribute("needs", mask=hidden)
REVEALS = (gettext_lazy("电话"), gettext_lazy("住址"), gettext_lazy("致困原因"))
TITLE = gettext_lazy("走访慰问表")


def home_visit_form(home: Household, asked: Asked) -> Printout:
    """What is known of the family, and room for what is found there."""
    reader = asked.reader(mask_id_number, mask_card)
    children = "；".join(filter(None, (_child(child) for child in home.children.all())))
    lines = (
        *facts(reader, home, *FAMILY, CAUSES),
        labelled((_("就学子女"), children), look=Look.LONG),
        labelled((_("走访日期"), BLANK_DAY), (_("走访人"), ""), height=Height.BY_HAND),
        labelled((_("慰问方式"), _boxes(VisitWay)), look=Look.LONG),
        labelled((_("家庭现状"), ""), height=Height.ROOMY, look=Look.LONG),
        labelled((_("需求与反馈"), ""), height=Height.ROOMY, look=Look.LONG),
        labelled((_("跟进事项"), _boxes(FollowUpKind)), look=Look.LONG),
    )
    told = _("走访单位：%s") % home.union.name, _("档案编号：%s") % home.number
    return Printout(str(TITLE), (Beside(told), Ruled(lines), _signed()))


def _child(child) -> str:
    return "，".join(filter(None, (child.name, child.get_stage_display(), child.grade, child.school)))


def _boxes(choices: type[VisitWay] | type[FollowUpKind]) -> str:
    """To be ticked by hand."""
    return "　".join(f"☐ {choice.label}" for choice in choices)


def _signed() -> Beside:
    return Beside((_("走访人（签名）："), _("被走访人（签名）：")), is_signed=True)


def _with_family(homes: QuerySet) -> QuerySet:
    return homes.select_related("worker").prefetch_related(Prefetch("children", Child.objects.order_by("pk")))


HOME_VISIT_FORM = PrintoutKind(
    model=Household,
    noun="households",
    act="visit_form",
    title=TITLE,
    content=home_visit_form,
    read=_with_family,
    reveals=REVEALS,
)


def visit_printout(kind: RecordKind) -> PrintoutKind:
    """The sheet of a visit that was made; `kind` knows the names of those visited."""

    def made(visit: Visit, asked: Asked) -> Printout:
        attach_names(kind, [visit], asked.user)
        reader = asked.reader(mask_id_number, mask_card)
        lines = (
            *facts(reader, visit, *VISITED),
            labelled(
                (_("形式"), _("电话回访") if visit.by_telephone else _("上门走访")),
                (_("慰问方式"), visit.get_ways_display()),
            ),
            labelled((_("需求与反馈"), reader.text(NEEDS, visit)), height=Height.ROOMY, look=Look.LONG),
            *_follow_ups(visit),
        )
        told = _("走访单位：%s") % visit.union.name, _("业务编号：%s") % visit.number
        return Printout(str(TITLE), (Beside(told), Ruled(lines), _signed()))

    return PrintoutKind(
        model=Visit,
        noun="visits",
        act="print",
        title=TITLE,
        content=made,
        read=_with_follow_ups,
        reveals=(gettext_lazy("需求与反馈"),),
    )


def _with_follow_ups(visits: QuerySet) -> QuerySet:
    follow_ups = Prefetch("follow_ups", FollowUp.objects.order_by("pk"))
    return visits.select_related("person").prefetch_related(follow_ups)


def _follow_ups(visit: Visit) -> list[Boxes]:
    told = [
        _("%(what)s：%(state)s")
        % {
            "what": each.get_kind_display(),
            "state": f"{day_on_paper(each.done_on)} {each.outcome}" if each.done_on else _("办理中"),
        }
        for each in visit.follow_ups.all()
    ]
    return [labelled((_("跟进事项"), "\n".join(told)), height=Height.BY_HAND, look=Look.LONG)]
