"""Why a column of a list is not read: told of each that holds something, so that nothing is missed without a word."""

from functools import cached_property

from django.utils.translation import gettext as _

from portal.workbook.cells import IdNumberCell
from portal.workbook.lists.implied import is_implied
from portal.workbook.lists.mapping import Mapping, map_headings
from portal.workbook.lists.service import Understood
from portal.workbook.lists.vocabulary import vocabulary_of
from portal.workbook.reading.headings import fold_heading
from portal.workbook.reading.norows import is_blank

RUNNING = ("序号", "序", "编号", "行号", "no", "no.")


class Unread:
    """The columns of `understood` that are not read, as its headings and the rows that are records tell."""

    def __init__(self, understood: Understood):
        self.understood = understood
        self.table = understood.table

    def why(self, position: int) -> str:
        """Why the column is left out; '' of one that holds nothing."""
        if not self.holds(position):
            return ""
        heading = fold_heading(self.table.headings[position])
        if heading in RUNNING:
            return _("只是行的序号，不用导入")
        if self._has_id_numbers and is_implied(heading):
            return _("由身份证号得出，不用导入；和身份证号不一致的会提示")
        if position in self._proposed.targets:
            return _("选了不导入")
        return self._nearly(position) or self._in_general(position)

    def _in_general(self, position: int) -> str:
        if vocabulary_of(self.understood.mapping.kind).knows(self.table.headings[position]):
            return _("与另一列当作同一栏，只导入那一列")
        return _("没有认出来：平台有这一栏的，请在这里改选；没有的不导入")

    def holds(self, position: int) -> bool:
        """Whether a row that is a record has something there."""
        rows = (cells for _number, cells in self.understood.rows)
        return any(position < len(cells) and not is_blank(cells[position]) for cells in rows)

    def _nearly(self, position: int) -> str:
        """Where what the column says may be entered instead."""
        columns = (column for sheet in self.understood.mapping.kind.sheets.values() for column in sheet.columns)
        heading = self.table.headings[position]
        return next(filter(None, (column.is_nearly(heading) for column in columns)), "")

    @cached_property
    def _proposed(self) -> Mapping:
        return map_headings(self.table, self.understood.mapping.kind)

    @property
    def _has_id_numbers(self) -> bool:
        mapping = self.understood.mapping
        targets = (target for targets in mapping.targets.values() for target in targets)
        return any(isinstance(mapping.column(target).cell, IdNumberCell) for target in targets)
