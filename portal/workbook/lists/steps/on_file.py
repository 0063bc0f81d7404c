"""Whether all that a list is about is on file, so that nothing is asked for that only new records must have."""

from collections.abc import Mapping as AnyMapping

from portal.models import Union
from portal.workbook.lists.kinds import Part
from portal.workbook.lists.mapping import Mapping
from portal.workbook.lists.rows import RowReader
from portal.workbook.lists.service import Understood, nobody_counts

AT_ONCE = 500  # rows: of a list of new people one look is enough


def parts_on_file(understood: Understood, said: AnyMapping[str, AnyMapping[str, str]], unit: Union) -> set[str]:
    """The titles of the parts of which each row of the list has its record on file; `said` is what is said of all rows.

    A few queries for every AT_ONCE rows, until one has not. Rows known by all that they say, as gifts of one day, count
    as new: only what people, names and years tell is read.
    """
    mapping = _narrowed(understood.mapping)
    reader = RowReader(understood.table, mapping, said, unit)
    left = {part.title for part in reader.parts} if understood.rows else set()
    for start in range(0, len(understood.rows), AT_ONCE):
        if not left:
            break
        rows = reader.read_cells(understood.rows[start : start + AT_ONCE], {}, nobody_counts)
        reader.complete(rows)
        left -= {
            title for row in rows for title in left if title not in row.entries or row.entries[title].record is None
        }
    return left


def _narrowed(mapping: Mapping) -> Mapping:
    """Only the columns by which records are known, or by which a part is meant at all."""
    names = {part.title: _names(part) for part in mapping.kind.parts}
    targets = {
        at: kept
        for at, each in mapping.targets.items()
        if (kept := tuple(target for target in each if target.attribute in names[target.title]))
    }
    return Mapping(mapping.kind, targets)


def _names(part: Part) -> set[str]:
    return {part.identity, "number", "campaign", *part.wanted_by}
