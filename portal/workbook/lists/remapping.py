"""The mapping changed by a person: a column taken for others, or left out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.mapping import Mapping, map_headings, with_others
from portal.workbook.lists.saying import UnknownColumn, columns_called
from portal.workbook.lists.service import Understood
from portal.workbook.reading.headings import fold_heading


def remapped(understood: Understood, changes: Sequence[tuple[str, str]], *, kinds: Sequence[ListKind]) -> Understood:
    """The list with each (heading, 工作表.列) of `changes` taken so; nothing behind it leaves the column out.

    A heading may be named several times. A sheet that the proposed kind has not makes the list one of a kind that has
    it. Raises UnknownColumn.
    """
    if not changes:
        return understood
    mapping = _of_kind_with(understood, [name for _heading, name in changes if name], kinds)
    changed: set[int] = set()
    for heading, name in changes:
        at = [place for place, text in understood.table.headings.items() if fold_heading(text) == fold_heading(heading)]
        if not at:
            raise UnknownColumn(_("表中没有“%(heading)s”这一列") % {"heading": heading})
        for position in at:
            if position not in changed:
                mapping.targets.pop(position, None)
                changed.add(position)
            if name:
                _put(mapping, position, name)
    understood.mapping = mapping
    understood.settle()
    return understood


def _put(mapping: Mapping, position: int, name: str) -> None:
    targets = with_others(tuple(columns_called(name, mapping.kind)[:1]), mapping.kind)
    for other, theirs in list(mapping.targets.items()):  # a column of the sheet is filled by one of the list
        kept = tuple(target for target in theirs if other == position or target not in targets)
        mapping.targets[other] = kept
        if not kept:
            del mapping.targets[other]
    mapping.targets[position] = (*mapping.targets.get(position, ()), *targets)


def _of_kind_with(understood: Understood, names: Sequence[str], kinds: Sequence[ListKind]) -> Mapping:
    titles = {name.partition(".")[0] for name in names if "." in name}
    if titles <= understood.mapping.kind.sheets.keys():
        return understood.mapping
    for kind in kinds:
        if titles <= kind.sheets.keys():
            return map_headings(understood.table, kind)
    raise UnknownColumn(_("没有这样的工作表：%(sheets)s") % {"sheets": "、".join(sorted(titles))})
