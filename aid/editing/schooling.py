"""The forms of children and of their entries."""

from django.utils.translation import gettext_lazy as _

from aid.editing.household import barred_by_closing
from aid.households.ages import unusual_age
from aid.workbook import AID_WORKBOOK, ChildSheet, EntrySheet
from aid.workbook.columns import (
    bank_branch_column,
    bank_card_column,
    bank_name_column,
    card_kind_column,
    payee_name_column,
    payee_person_column,
)
from portal.records.editing import Editing, Group
from portal.records.grid.declaration import EntryGrid
from portal.workbook.cells import DateCell, WholeCell
from portal.workbook.sheets import Column

LONGEST_COURSE = 8


class ChildFormSheet(ChildSheet):
    """The workbook's columns, when school is expected to end, and the account of who has one of its own."""

    graduates_on = Column(
        "预计毕业日期",
        "graduates_on",
        DateCell(future=True),
        note=_("大专以上学生填写，到年度时自动列入拟登记毕业生。"),
    )
    bank_card = bank_card_column()
    bank_name = bank_name_column()
    bank_branch = bank_branch_column()
    card_kind = card_kind_column()
    payee_person = payee_person_column()
    payee_name = payee_name_column()

    def remarks(self, book, row):
        """Also an age that the stage seldom has. Of what is typed only: a workbook may bring the stage of years ago."""
        yield from super().remarks(book, row)
        if words := unusual_age(row.record.stage, row.record.person.birth_date):
            yield words


class EntryFormSheet(EntrySheet):
    """The workbook's columns, and how long the course takes."""

    course_years = Column(
        "学制(年)", "course_years", WholeCell(1, LONGEST_COURSE), note=_("未填预计毕业日期时，按升学日期加学制推算。")
    )


CHILD_FORM = Editing(
    sheet=ChildFormSheet(),
    workbook=AID_WORKBOOK,
    parent="household",
    barred=barred_by_closing,
    groups=(
        Group(_("子女"), ("name", "person", "relation")),
        Group(_("就学"), ("stage", "grade", "school", "graduates_on")),
        Group(
            _("子女自己的银行卡"),
            ("bank_card", "bank_name", "bank_branch", "card_kind", "payee_person", "payee_name"),
            _("填了就发到这张卡；没有的不用填，助学款发到家庭的银行卡。卡是子女本人的，收款人和户名不用填。"),
        ),
    ),
)

CHILD_GRID = EntryGrid(
    columns=("household", "name", "person", "relation", "stage", "grade", "school", "graduates_on"),
    caption=("name", "household.number"),
)

ENTRY_FORM = Editing(
    sheet=EntryFormSheet(),
    workbook=AID_WORKBOOK,
    parent="child",
    prefix="S",
    returns=True,
    initial=lambda child: {"stage": str(child.get_stage_display()), "school": child.school},
    groups=(Group(_("升学"), ("stage", "entered_on", "course_years", "school", "number")),),
)
