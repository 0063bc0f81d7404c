"""What each column of a list is taken for: the kind of list, and for each heading the columns of its sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.workbook.lists.kinds import ListKind, Part
from portal.workbook.lists.table import ReadTable
from portal.workbook.lists.vocabulary import Target, Vocabulary, vocabulary_of
from portal.workbook.raw import shown
from portal.workbook.reading.headings import fold_heading
from portal.workbook.reading.norows import RUNNING_NUMBER
from portal.workbook.sheets import Column

BARE_NUMBER = "编号"
WORD_IN_TITLE = 3  # what a word in a title counts, in headings
ALWAYS_GIVEN = ("number", "union")  # by the portal, by who imports


@dataclass
class Mapping:
    """The kind of list and what its columns, by position, are taken for; none where a column is left out."""

    kind: ListKind
    targets: dict[int, tuple[Target, ...]] = field(default_factory=dict)

    def attributes(self, title: str) -> dict[str, int]:
        """Attributes of a sheet that some column fills, with its position."""
        return {
            target.attribute: position
            for position, targets in self.targets.items()
            for target in targets
            if target.title == title
        }

    def positions(self, title: str) -> dict[str, list[tuple[int, Target]]]:
        found: dict[str, list[tuple[int, Target]]] = {}
        for position, targets in self.targets.items():
            for target in targets:
                if target.title == title:
                    found.setdefault(target.attribute, []).append((position, target))
        return found

    def parts(self, said: Iterable[str] = ()) -> list[Part]:
        """The parts that the rows of this list have; `said` are attributes said once for all rows."""
        return [part for part in self.kind.parts if self._has(part, set(said))]

    def _has(self, part: Part, said: set[str]) -> bool:
        own = self.attributes(part.title)
        if part.identity not in own:
            return False
        return not part.wanted_by or bool(part.wanted_by & (own.keys() | said))

    def prune(self, said: Iterable[str]) -> None:
        """Leave out the columns of parts that the list cannot name the records of."""
        read = {part.title for part in self.parts(said)}
        self.targets = {
            position: kept
            for position, targets in self.targets.items()
            if (kept := tuple(target for target in targets if target.title in read))
        }

    def names(self, position: int) -> list[str]:
        """What the column is taken for, as 工作表.列."""
        return [f"{target.title}.{self.column(target).heading}" for target in self.targets.get(position, ())]

    def column(self, target: Target) -> Column:
        return self.kind.sheets[target.title].column(target.attribute)


def propose(table: ReadTable, kinds: Sequence[ListKind]) -> Mapping:
    """The best reading of the headings: the kind whose records the list can name and that knows most of them."""
    mappings = [map_headings(table, kind) for kind in kinds]
    return max(mappings, key=lambda mapping: _worth(mapping, table))


def _worth(mapping: Mapping, table: ReadTable) -> tuple:
    kind = mapping.kind
    own = {part.title: mapping.attributes(part.title) for part in kind.parts}
    named = mapping.parts()
    lost = sum(len(own[part.title]) for part in kind.parts if part not in named and not part.wanted_by)
    main = kind.part(kind.main)
    lacking = sum(
        column.required and column.attribute not in {*own[main.title], *ALWAYS_GIVEN}
        for column in kind.sheets[main.title].columns
    )
    titled = WORD_IN_TITLE * any(word in table.titled for word in kind.words)
    known = sum(bool(targets) for targets in mapping.targets.values())
    return (main in named, 2 * (known - lost + titled) - lacking)


def map_headings(table: ReadTable, kind: ListKind) -> Mapping:
    """Each heading's columns: first those that name a person, then the bare ones, beside the 姓名 of their person."""
    words = vocabulary_of(kind)
    mapping = Mapping(kind)
    taken: set[Target] = set()
    headings = [each for each in sorted(table.headings.items()) if not _only_counts(table, *each)]
    for position, heading in headings:
        _take(mapping, taken, position, words.prefixed(heading))
    person = _person_at(headings, words, mapping)
    for position, heading in headings:
        if position in mapping.targets:
            continue
        choices = words.unprefixed(heading)
        if words.subject_of(heading) and not choices:
            continue  # 学生电话 is not the worker's
        _take(mapping, taken, position, _chosen(choices, person[position], kind, taken))
    for position in mapping.targets:
        mapping.targets[position] = with_others(mapping.targets[position], kind)
    return mapping


def _only_counts(table: ReadTable, position: int, heading: str) -> bool:
    """Whether 编号 is what others call 序号: its cells are 1, 2, 3 …, in this order, and no numbers of files."""
    if fold_heading(heading) != BARE_NUMBER:
        return False
    texts = [shown(cells[position]) for _row, cells in table.rows if position < len(cells)]
    counted = [text for text in filter(None, texts) if RUNNING_NUMBER.fullmatch(text)]
    return bool(counted) and counted == [str(place) for place in range(1, len(counted) + 1)]


def _take(mapping: Mapping, taken: set[Target], position: int, choices: dict[str, tuple[Target, ...]]) -> None:
    for targets in choices.values():
        free = tuple(target for target in targets if _key(target) not in taken)
        if free:
            mapping.targets[position] = free
            taken.update(map(_key, free))
            return


def _key(target: Target) -> Target:
    return Target(target.title, target.attribute)


def people_at(table: ReadTable, mapping: Mapping) -> dict[int, str | None]:
    """By position the sheet whose person a column stands beside, as the columns are taken in `mapping`."""
    return _person_at(sorted(table.headings.items()), vocabulary_of(mapping.kind), mapping)


def _person_at(headings: list[tuple[int, str]], words: Vocabulary, mapping: Mapping) -> dict[int, str | None]:
    """The sheet whose person each column stands beside: that of the last 姓名 or person's word before it."""
    people = {title for title, sheet in words.kind.sheets.items() if sheet.subjects}
    name_of = {
        title: {column.attribute for column in words.kind.sheets[title].columns if column.heading.endswith("姓名")}
        for title in people
    }
    claimed = {
        target.title
        for targets in mapping.targets.values()
        for target in targets
        if target.attribute in name_of.get(target.title, ())
    }
    current: str | None = None
    at: dict[int, str | None] = {}
    for position, heading in headings:
        named = [target.title for target in mapping.targets.get(position, ()) if target.title in people]
        choices = words.unprefixed(heading)
        is_name = [
            title for title, targets in choices.items() if any(t.attribute in name_of.get(title, ()) for t in targets)
        ]
        if named:
            current = named[0]
        elif subject := words.subject_of(heading):
            current = subject
        elif is_name:
            free = [title for title in _by_order(is_name, words.kind) if title not in claimed]
            current = free[0] if free else current
            if current is not None:
                claimed.add(current)
        at[position] = current
    return at


def _by_order(titles: list[str], kind: ListKind) -> list[str]:
    return sorted(titles, key=lambda title: title != kind.main)


def _chosen(choices: dict, person: str | None, kind: ListKind, taken: set[Target]) -> dict:
    """Of what a bare heading may mean, in order: the person it stands beside, the main part, the others."""
    titles = sorted(choices, key=lambda title: (title != person, title != kind.main))
    return {title: choices[title] for title in titles}


def with_others(targets: tuple[Target, ...], kind: ListKind) -> tuple[Target, ...]:
    """Also the columns of other parts that take their value from these, as 学段 of the case from the child's."""
    also = [
        Target(part.title, attribute, target.two_in_one)
        for target in targets
        for part in kind.parts
        for attribute, sources in part.takes.items()
        for source in sources
        if source.same and (source.title, source.attribute) == (target.title, target.attribute)
    ]
    return (*targets, *also)
