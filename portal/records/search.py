"""Finding records by what people type: it tells what is asked.

Digits are asked of numbers, and whole sensitive numbers of blind indexes, which never go into an address; letters of
initials; characters of names. Each is a way with an index of its own, and the records are those to which one leads:
a single condition of all of them would be asked of every record of the city.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains, EndsWith, StartsWith
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import path_range
from portal.fields import blind_index, field_of, target
from portal.identity import IdentityError, clean_text
from portal.models import UnionOwned, User, VersionedRecord
from portal.models.voidable import all_of
from portal.records.attribute import walk
from portal.records.kind import FoundBy, NamedBy, RecordKind
from portal.text import fold_name
from portal.words.contacts import compact
from portal.words.identity_kinds import as_kept

LONGEST_QUERY = 100
NOT_IN_AN_ADDRESS = gettext_lazy("请在下面的查找框中输入证件号码、银行卡号或电话号码再查找，不要写在网址里。")
LAST_FOUR = re.compile("[0-9]{4}")  # of a bank card
INITIALS = re.compile("[A-Za-z]{1,50}")
BARE_NUMBER = re.compile("(?=.*[0-9])[!-~]+")  # without a character, and without a blank
LAST_CHARACTER = "\U0010ffff"
SHORTEST_PART = 3  # characters: what the index of parts of names goes by
MOST_KEYS = 5000  # found: more are so many that whoever walks the list in its order soon has a page of them
SPARE_PARAMETERS = 100  # for the filters of the list, where a statement can hold so many only


def read_query(text: str) -> str:
    """What was typed, in the form in which values are stored. Raises IdentityError with a sentence."""
    text = clean_text(text)
    if len(text) > LONGEST_QUERY:
        raise IdentityError(_("查找内容过长，请缩短后再试。"))
    return text


def matching(kind: RecordKind, user: User, text: str) -> Q:
    """Records whose numbers begin with `text`, whose names contain it, as typed or folded, or have these initials."""
    return _any_of(kind, user, [*_by_text(kind, user, text)])


def matching_in_list(kind: RecordKind, user: User, text: str) -> Q:
    """The same, and those that are found by what stands in other records: the family's employer, a pupil's school."""
    return _any_of(kind, user, [*_by_text(kind, user, text), *_beside_by_text(kind, user, text)])


def carries_number(text: str) -> bool:
    """Whether `text` may be the number of a record: all of those made here have digits."""
    return bool(re.search("[0-9]", text))


def numbered(kind: RecordKind, user: User, text: str) -> Q:
    """Records whose own number is `text`, capitals or not, or was before they moved."""
    if "number" not in kind.numbers:
        return Q(pk__in=[])
    texts = {text, text.upper()}
    return _any_of(kind, user, [Q(number__in=texts), *_once_numbered(kind, texts)])


def exactly(kind: RecordKind, user: User, text: str) -> Q:
    """Records that carry the sensitive number `text`, or it as their own whole number."""
    number = compact(text)
    hashes = {blind_index(number), blind_index("".join(text.split()))}  # a landline is stored with its hyphens
    texts = {text, number}
    by_hash = [Q(**{f"{lookup}__in": hashes | _hashes_of_documents(text)}) for lookup in kind.hashes]
    by_number = [_in_scope(kind.model, lookup, user) & Q(**{f"{lookup}__in": texts}) for lookup in kind.numbers]
    return _any_of(kind, user, [*by_hash, *by_number, *_once_numbered(kind, texts)])


def documented(kind: RecordKind, user: User, text: str) -> Q:
    """Records of somebody whose document of another kind than the identity card has the number `text`."""
    hashes = _hashes_of_documents(text)
    return _any_of(kind, user, [Q(**{f"{lookup}__in": hashes}) for lookup in kind.hashes] if hashes else [])


def _hashes_of_documents(text: str) -> set[str]:
    return {blind_index(form) for form in as_kept(text)}


def ending_in(kind: RecordKind, user: User, digits: str) -> Q:
    """Records that carry a card whose last four digits are `digits`."""
    return _any_of(kind, user, [*_tails(kind.model, kind.tails, user, digits)])


def ending_in_list(kind: RecordKind, user: User, digits: str) -> Q:
    """The same, and those beside which it stands in another record."""

    def tails(model: type[Model], source: FoundBy) -> Iterator[Q]:
        return _tails(model, source.tails, user, digits)

    return _any_of(kind, user, [*_tails(kind.model, kind.tails, user, digits), *_beside(kind, user, tails)])


def searched_columns(kinds: Iterable[RecordKind]) -> list[tuple[str, str]]:
    """Table and column of every name that is searched by part."""
    found: set[tuple[str, str]] = set()
    for kind in kinds:
        beside = [(each.through.model if each.through else kind.model, each.names) for each in kind.found_by]
        people = [(source.model, (source.name,)) for source in kind.named_by]
        for model, lookups in [(kind.model, kind.names), *beside, *people]:
            fields = [[*walk(model, lookup.replace("__", "."))][-1] for lookup in lookups]
            found |= {(field.model._meta.db_table, str(field.column)) for field in fields}
    return sorted(found)


def _any_of(kind: RecordKind, user: User, ways: Sequence[Q]) -> Q:
    """The records of the scope to which one of the `ways` leads, told by their keys: each way is asked by itself.

    Where there are more keys than a statement takes, the ways themselves.
    """
    scope = all_of(kind.model).visible_to(user).order_by()
    first, *others = [scope.filter(way).values_list("pk", flat=True) for way in ways] or [scope.none().values("pk")]
    taken = connection.features.max_query_params
    most = min(MOST_KEYS, taken - SPARE_PARAMETERS) if taken else MOST_KEYS
    keys = list(first.union(*others, all=True)[: most + 1] if others else first[: most + 1])
    if len(keys) <= most:
        return Q(pk__in=set(keys))
    found = Q()
    for way in ways:
        found |= way
    return found


def _by_text(kind: RecordKind, user: User, text: str) -> Iterator[Q]:
    if carries_number(text):
        for lookup in kind.numbers:
            yield _in_scope(kind.model, lookup, user) & _beginning(lookup, text)
        yield from _once_numbered(kind, {text})
    yield from _named(kind.model, kind.names, kind.initials, user, text)
    for source in kind.named_by:
        for way in _named(source.model, (source.name,), (source.initials,), user, text):
            yield Q(person__in=_people(source, way, user))


def _beside_by_text(kind: RecordKind, user: User, text: str) -> Iterator[Q]:
    def named(model: type[Model], source: FoundBy) -> Iterator[Q]:
        return _named(model, source.names, (), user, text)

    return _beside(kind, user, named)


def _named(model: type[Model], names: Sequence[str], initials: Sequence[str], user: User, text: str) -> Iterator[Q]:
    """The ways by the lookups of names and of initials; none for what is a number."""
    if BARE_NUMBER.fullmatch(text):
        return
    for lookup in names:
        yield _in_scope(model, lookup, user) & _part_of(lookup, text, user)
    if INITIALS.fullmatch(text):
        for lookup in initials:
            yield _in_scope(model, lookup, user) & _beginning(lookup, text.upper())


def _people(source: NamedBy, way: Q, user: User) -> QuerySet[Any]:
    found: QuerySet[Any] = source.model.objects.visible_to(user).filter(way).values(source.person)
    return found


def _once_numbered(kind: RecordKind, texts: set[str]) -> Iterator[Q]:
    """Records that had one of these numbers in an earlier version: a union that moved may have renamed them."""
    if "number" in kind.numbers and issubclass(kind.model, VersionedRecord):
        yield Q(pk__in=kind.model.history.filter(number__in=texts).values("id"))


def _tails(model: type[Model], lookups: Sequence[str], user: User, digits: str) -> Iterator[Q]:
    for lookup in lookups:
        yield _in_scope(model, lookup, user) & Q(**{lookup: blind_index(digits)})


def _beside(kind: RecordKind, user: User, ways: Callable[[type[Model], FoundBy], Iterator[Q]]) -> Iterator[Q]:
    """The ways by each source: conditions on the records themselves, or on the visible ones that lead to them."""
    for source in kind.found_by:
        through = source.through
        for way in ways(through.model if through else kind.model, source):
            if through is None:
                yield way
            else:
                others = through.model.objects.visible_to(user).filter(way).exclude(**{through.theirs: None})
                yield Q(**{f"{through.own}__in": others.values(through.theirs)})


def _beginning(lookup: str, text: str) -> Q:
    """That a value begins with `text`, as the range that an index in the order of characters holds together."""
    return Q(**{f"{lookup}__gte": text, f"{lookup}__lt": text + LAST_CHARACTER})


def _part_of(lookup: str, text: str, user: User) -> Q:
    """That a name contains `text`; also without the padding with which somebody typed it, now or into the record.

    What is shorter than the index of parts goes by is, among all records there are, the beginning or end of a name.
    """
    unpadded = Replace(F(lookup), Value(" "), Value(""))
    found = Q()
    for part in {"".join(text.split()), "".join(fold_name(text).split())}:
        if len(part) < SHORTEST_PART and user.union.depth == 1:
            found |= Q(StartsWith(unpadded, part)) | Q(EndsWith(unpadded, part))
        else:
            found |= Q(Contains(unpadded, part))
    return found


def _in_scope(model: type[Model], lookup: str, user: User) -> Q:
    """The condition that every record on the way of `lookup` is the user's: one may have moved to another union."""
    condition = Q()
    passed: list[str] = []
    for step in lookup.split("__")[:-1]:
        model = target(field_of(model, step))
        passed.append(step)
        if issubclass(model, UnionOwned):
            condition &= path_range(user.union.path, "__".join([*passed, "union_path"]))
    return condition
