"""Columns that say what an identity number says, too: they are not read, but what differs is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.identity import IdNumber
from portal.words.identity_kinds import parse_identity
from portal.workbook.cells import CellFault, DateCell, IdNumberCell
from portal.workbook.lists.cells import read_cell
from portal.workbook.lists.mapping import Mapping, people_at
from portal.workbook.lists.table import ReadTable
from portal.workbook.raw import Raw, shown
from portal.workbook.reading.headings import fold_heading
from portal.workbook.sheets import Column

SEXES = {"男": "male", "男性": "male", "男生": "male", "女": "female", "女性": "female", "女生": "female"}
BIRTH = Column("出生日期", "birth_date", DateCell())


def _other_sex(raw: Raw, number: IdNumber) -> str:
    """What is told of a sex that is not that of the number; '' of the same, and of what is none."""
    said = SEXES.get("".join((shown(raw) or "").split()))
    if said is None or number.sex in ("", said):
        return ""
    return _("写的是男，身份证号是女性的") if said == "male" else _("写的是女，身份证号是男性的")


def _other_birth(raw: Raw, number: IdNumber) -> str:
    """The same of a day of birth; a month or a year alone is not held against it."""
    try:
        said = read_cell(BIRTH, raw).value
    except CellFault:
        return ""
    known = number.birth_date
    return _("与身份证号里的出生日期不同") if known and said not in (None, "", known) else ""


# An age is that of some day, which lists do not say.
JUDGES: dict[str, Callable[[Raw, IdNumber], str] | None] = {
    "性别": _other_sex,
    "男女": _other_sex,
    "出生日期": _other_birth,
    "出生年月日": _other_birth,
    "出生年月": None,
    "年龄": None,
}


@dataclass(frozen=True)
class Implied:
    """A column of a list at `position` that says of the person of the sheet `title` what the number of that tells."""

    position: int
    heading: str
    title: str
    differs: Callable[[Raw, IdNumber], str]

    def untold_sex(self, cells: list, number: object) -> str:
        """The sex that the cell says of a person whose number tells none; '' where it says none, or is not needed."""
        if self.differs is not _other_sex or self.position >= len(cells) or parse_identity(str(number)).sex:
            return ""
        return SEXES.get("".join((shown(cells[self.position]) or "").split()), "")

    def told(self, row: int, cells: list, number: object) -> str:
        """What is told of a row whose person has that `number`, if its cell says otherwise; '' if not."""
        if not number or self.position >= len(cells):
            return ""
        differs = self.differs(cells[self.position], parse_identity(str(number)))
        words = {"row": row, "heading": self.heading, "differs": differs}
        return _("第 %(row)d 行“%(heading)s”%(differs)s，请核对") % words if differs else ""


def is_implied(heading: str) -> bool:
    """Whether the heading names what an identity number says."""
    return fold_heading(heading).endswith(tuple(JUDGES))


def implied_columns(table: ReadTable, mapping: Mapping) -> Iterator[Implied]:
    """Those of the list, each with the person beside whose name it stands, or the only one that rows are about."""
    people = [part.title for part in mapping.parts() if isinstance(_identity(mapping, part.title).cell, IdNumberCell)]
    beside = people_at(table, mapping)
    for position, heading in sorted(table.headings.items()):
        folded = fold_heading(heading)
        judge = next((judge for word, judge in JUDGES.items() if folded.endswith(word)), None)
        title = beside[position] or (people[0] if len(people) == 1 else None)
        if judge and position not in mapping.targets and title in people:
            yield Implied(position, heading, title, judge)


def _identity(mapping: Mapping, title: str) -> Column:
    return mapping.kind.sheets[title].column(mapping.kind.part(title).identity)
