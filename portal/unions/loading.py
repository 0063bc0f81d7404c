"""Loading the union tree from a list, again and again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import SYSTEM, By
from portal.documents.csv_file import ListRefused, read_lines
from portal.enums import AuditAction, UnionKind
from portal.identity import IdentityError, clean_text
from portal.models import Union, User
from portal.models.union import REPORTING_DEPTH
from portal.unions.moves import MoveGuard, UnionMoveRefused, guards, move_union
from portal.unions.places import add_union

COLUMNS = ("code", "name", "kind", "parent_code")
# Besides the labels of UnionKind.
OTHER_WORDS = {
    UnionKind.CITY: ("市", "市级", "市总", "市级工会"),
    UnionKind.DISTRICT: ("区", "县", "区县", "区县总工会", "区总工会", "县总工会"),
    UnionKind.BUREAU: ("局", "局级工会"),
    UnionKind.INDUSTRY: ("产业",),
    UnionKind.GRASSROOTS: ("基层", "街镇", "街道", "乡镇", "街镇工会"),
}
KINDS_IN_WORDS = {word: kind.value for kind, words in OTHER_WORDS.items() for word in (str(kind.label), *words)}
LIMITS = {"code": 20, "name": 100}


class UnionListError(ListRefused):
    """The list of unions cannot be loaded."""


@dataclass(frozen=True)
class UnionRow:
    """One line of the list."""

    line: int
    code: str
    name: str
    kind: str
    parent_code: str


@dataclass(frozen=True)
class Loaded:
    """How many unions were added, changed, moved, and found as they were."""

    created: int
    updated: int
    moved: int
    unchanged: int


def read_union_list(path: Path) -> list[UnionRow]:
    """The lines of a CSV in UTF-8 or GB18030 with the columns code, name, kind, parent_code. Raises UnionListError."""
    try:
        return [_row(number, line) for number, line in read_lines(path.read_bytes(), COLUMNS)]
    except ListRefused as refused:
        raise UnionListError(refused.messages) from None
    except (OSError, IdentityError):
        raise UnionListError([_("无法读取该文件，应为 UTF-8 或 GB18030 编码的 CSV")]) from None


def _row(line: int, cells: dict) -> UnionRow:
    code, name, kind, parent_code = (clean_text(cells[column] or "") for column in COLUMNS)
    return UnionRow(line, code, name, KINDS_IN_WORDS.get(kind, kind), parent_code)


@transaction.atomic
def load_unions(rows: Iterable[UnionRow], *, with_funds: bool = False, by: By = SYSTEM) -> Loaded:
    """Bring the tree into line with `rows`; nothing is deleted. Raises UnionListError, with every fault.

    Names and kinds are updated, new unions added, and a changed parent moves the subtree with all its records; money
    goes along `with_funds`, where a ledger would not be covered. Locks every 填报单位. Writes one audit row.
    """
    rows = list(rows)
    on_file = {union.code: union for union in Union.objects.all()}
    _check(rows, on_file)
    list(Union.objects.select_for_update().filter(depth=REPORTING_DEPTH))
    watching = guards()
    loaded = {"created": 0, "updated": 0, "moved": 0, "unchanged": 0}
    for row in _parents_first(rows):
        try:
            loaded[_load(row, watching, with_funds=with_funds, actor=by.actor)] += 1
        except UnionMoveRefused as refused:
            raise UnionListError([at_line(row, str(refused))]) from None
    if faults := [fault for guard in watching for fault in guard.faults()]:
        raise UnionListError(faults)
    done = Loaded(**loaded)
    audit.record(AuditAction.UNIONS_LOADED, by=by, **asdict(done))
    return done


def _check(rows: list[UnionRow], on_file: dict[str, Union]) -> None:
    faults: list[str] = []
    by_code: dict[str, UnionRow] = {}
    for row in rows:
        faults.extend(at_line(row, fault) for fault in _faults_of(row, by_code))
        by_code.setdefault(row.code, row)
    parents = {union.code: _parent_code(union, on_file) for union in on_file.values()}
    parents.update({row.code: row.parent_code for row in rows})
    for row in rows:
        fault = _misplaced(row, parents)
        if fault:
            faults.append(at_line(row, fault))
    if faults:
        raise UnionListError(faults)


def at_line(row: UnionRow, fault: str) -> str:
    return _("第 %(line)d 行：%(fault)s") % {"line": row.line, "fault": fault}


def _faults_of(row: UnionRow, earlier: dict[str, UnionRow]) -> Iterable[str]:
    if not row.code or not row.name:
        yield _("编码和名称必须填写")
    elif row.code in earlier:
        yield _("编码与第 %(line)d 行重复") % {"line": earlier[row.code].line}
    if any(len(getattr(row, name)) > limit for name, limit in LIMITS.items()):
        yield _("编码最多 20 字，名称最多 100 字")
    if row.kind not in UnionKind.values:
        yield _("类别应为 %(kinds)s 之一") % {"kinds": "、".join(f"{each.value}（{each.label}）" for each in UnionKind)}


def _parent_code(union: Union, on_file: dict[str, Union]) -> str:
    parent_path = union.path[: -Union.steplen]
    return next((other.code for other in on_file.values() if other.path == parent_path), "")


def _misplaced(row: UnionRow, parents: dict[str, str]) -> str:
    """Why a union cannot stand where the list puts it; '' if it can."""
    if (row.kind == UnionKind.CITY) != (not row.parent_code):
        return _("只有市总工会没有上级，其他工会必须填写上级编码")
    if row.parent_code and row.parent_code not in parents:
        return _("上级编码不存在")
    seen = {row.code}
    above = row.parent_code
    while above:
        if above in seen:
            return _("上级关系成环")
        seen.add(above)
        above = parents.get(above, "")
    return ""


def _parents_first(rows: list[UnionRow]) -> Iterable[UnionRow]:
    waiting = {row.code: row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if row.parent_code not in waiting]
        for row in ready:
            yield waiting.pop(row.code)


def _load(row: UnionRow, watching: list[MoveGuard], *, with_funds: bool, actor: User | None) -> str:
    """Create, update, move or leave one union; the name of what was done."""
    union = Union.objects.filter(code=row.code).first()
    if union is None:
        _add(row)
        return "created"
    done = "unchanged"
    if (union.name, union.kind) != (row.name, row.kind):
        Union.objects.filter(pk=union.pk).update(name=row.name, kind=row.kind)
        done = "updated"
    parent = Union.objects.get_parent(union)
    if (parent.code if parent else "") != row.parent_code:
        union.refresh_from_db()
        under = Union.objects.get(code=row.parent_code)
        move_union(union, under=under, watching=watching, with_funds=with_funds, actor=actor)
        done = "moved"
    return done


def _add(row: UnionRow) -> None:
    facts = {"code": row.code, "name": row.name, "kind": row.kind}
    add_union(facts, under=Union.objects.get(code=row.parent_code) if row.parent_code else None)
