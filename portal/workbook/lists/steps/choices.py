"""What a column of a list can be taken for: one column of a sheet, two that it is cut into, or nothing."""

from collections.abc import Iterator

from portal.workbook.lists.kinds import ListKind
from portal.workbook.lists.mapping import Mapping, with_others
from portal.workbook.lists.steps.draft import pairs
from portal.workbook.lists.vocabulary import Target
from portal.workbook.sheets import Sheet, TwoInOne

PAIR = "+"


def groups(kind: ListKind) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Title of each sheet with (value, words) of what may be chosen of it; where there are several, words name it."""
    for part in kind.parts:
        title, sheet = part.title, kind.sheets[part.title]
        whose = f"（{title}）" if len(kind.parts) > 1 else ""
        columns = [column for column in sheet.columns if column.attribute not in part.only_taken]
        single = [(f"{title}.{column.attribute}", f"{column.heading}{whose}") for column in columns]
        double = [(_pair_value(title, pair), f"{_words(sheet, pair)}{whose}") for pair in sheet.two_in_one]
        yield title, single + double


def _pair_value(title: str, pair: TwoInOne) -> str:
    return PAIR.join(f"{title}.{attribute}" for attribute in pair.attributes)


def _words(sheet: Sheet, pair: TwoInOne) -> str:
    return "＋".join(str(sheet.column(attribute).heading) for attribute in pair.attributes)


def chosen(targets: tuple[Target, ...]) -> str:
    """The value of a select that stands for `targets`; '' for none."""
    if not targets:
        return ""
    first = targets[0]
    if first.two_in_one:
        return _pair_value(first.title, first.two_in_one)
    return f"{first.title}.{first.attribute}"


def put(mapping: Mapping, position: int, value: str) -> None:
    """Take the column at `position` for `value`; a column of a sheet is filled by one column of the list."""
    mapping.targets.pop(position, None)
    targets = _targets(mapping.kind, value)
    names = {(target.title, target.attribute) for target in targets}
    for other, theirs in list(mapping.targets.items()):
        kept = tuple(target for target in theirs if (target.title, target.attribute) not in names)
        mapping.targets[other] = kept
        if not kept:
            del mapping.targets[other]
    if targets:
        mapping.targets[position] = targets


def _targets(kind: ListKind, value: str) -> tuple[Target, ...]:
    if not value:
        return ()
    names = [name.partition(".") for name in value.split(PAIR)]
    attributes = tuple(attribute for _title, _dot, attribute in names)
    pair = next((pair for pair in pairs(kind) if pair.attributes == attributes), None)
    return with_others(tuple(Target(title, attribute, pair) for title, _dot, attribute in names), kind)
