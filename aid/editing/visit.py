"""The form of a visit, at the door or by telephone, to somebody whom the address names."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.workbook import AID_WORKBOOK, VisitSheet
from aid.workbook.visits import GIFT_RULES, gift_money_column, goods_column, goods_value_column
from portal.record_rules import Rule
from portal.records.editing import Editing, Group
from portal.records.grid.declaration import EntryGrid
from portal.workbook.cells import YesNoCell
from portal.workbook.sheets import Column


class VisitFormSheet(VisitSheet):
    """The workbook's columns, whether it was a call, and what was brought: a workbook does not tell."""

    rules = (*VisitSheet.rules, *GIFT_RULES)

    gift_money = gift_money_column()
    goods = goods_column()
    goods_value = goods_value_column()
    by_telephone = Column("电话回访", "by_telephone", YesNoCell(), required=True)


TELLS_NOTHING = _("请至少填写慰问方式或需求与反馈。")


class VisitGridSheet(VisitFormSheet):
    """A visit at the door of which nothing is told is none; a workbook may leave both empty (workbook.md)."""

    rules = (
        *VisitFormSheet.rules,
        Rule(
            ("ways", "needs", "by_telephone", "gift_money", "goods"),
            lambda visit: not (visit.by_telephone or visit.ways or visit.needs or visit.gift_money or visit.goods),
            TELLS_NOTHING,
        ),
    )


def today_at_the_door(_person: Model | None) -> Mapping[str, str]:
    return {"visited_on": localdate().isoformat(), "by_telephone": "否"}


# The floor above puts the whole case workbook in: visits also refer to graduates.
VISIT_FORM = Editing(
    sheet=VisitFormSheet(),
    workbook=AID_WORKBOOK,
    parent="person",
    prefix="Z",
    initial=today_at_the_door,
    groups=(
        Group(_("走访"), ("visited_on", "visitor", "by_telephone", "ways")),
        Group(_("慰问"), ("gift_money", "goods", "goods_value"), _("慰问金和慰问品不是助学款，不进入统计表。")),
        Group(_("需求"), ("needs",), _("家庭困难、升学、就业等情况和需求；加密保存。")),
        Group(_("编号"), ("number",)),
    ),
)

VISIT_GRID = EntryGrid(
    sheet=VisitGridSheet(),
    columns=(
        "person",
        "visited_on",
        "visitor",
        "by_telephone",
        "ways",
        "gift_money",
        "goods",
        "goods_value",
        "needs",
        "number",
    ),
    defaults=lambda user: {"visitor": user.name, "by_telephone": "否"},
    caption=("number", "named.name"),
)
