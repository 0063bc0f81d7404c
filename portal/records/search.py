"""Finding records by what people type. Whole sensitive numbers go through blind indexes and never into an address."""

import re
from collections.abc import Callable

from django.db.models import F, Model, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import path_range
from portal.fields import blind_index
from portal.identity import IdentityError, clean_text
from portal.models import UnionOwned, VersionedRecord
from portal.records.kind import FoundBy, RecordKind
from portal.text import fold_name
from portal.words.contacts import compact

LONGEST_QUERY = 100
NOT_IN_AN_ADDRESS = gettext_lazy("请在下面的查找框中输入身份证号、银行卡号或电话号码再查找，不要写在网址里。")
LAST_FOUR = re.compile("[0-9]{4}")  # of a bank card
INITIALS = re.compile("[A-Za-z]{1,50}")


def read_query(text: str) -> str:
    """What was typed, in the form in which values are stored. Raises IdentityError with a sentence."""
    text = clean_text(text)
    if len(text) > LONGEST_QUERY:
        raise IdentityError(_("查找内容过长，请缩短后再试。"))
    return text


def matching(kind: RecordKind, user, text: str) -> Q:
    """Records whose names contain `text`, as typed or folded, or whose initials or numbers begin with it."""
    found = _containing_any(kind.model, kind.names, user, text)
    for lookup in kind.numbers:
        found |= _in_scope(kind.model, lookup, user) & Q(**{f"{lookup}__startswith": text})
    if INITIALS.fullmatch(text):
        for lookup in kind.initials:
            found |= _in_scope(kind.model, lookup, user) & Q(**{f"{lookup}__startswith": text.upper()})
    if carries_number(text):
        found |= _once_numbered(kind, {text})
    for source in kind.named_by:
        found |= Q(person__in=_people_named(source, user, text))
    return found


def carries_number(text: str) -> bool:
    """Whether `text` may be the number of a record: all of those made here have digits."""
    return bool(re.search("[0-9]", text))


def numbered(kind: RecordKind, text: str) -> Q:
    """Records whose own number is `text`, capitals or not, or was before they moved; the caller keeps to the scope."""
    if "number" not in kind.numbers:
        return Q(pk__in=[])
    texts = {text, text.upper()}
    return Q(number__in=texts) | _once_numbered(kind, texts)


def _once_numbered(kind: RecordKind, texts: set[str]) -> Q:
    """Records that had one of these numbers in an earlier version: a union that moved may have renamed them."""
    if "number" not in kind.numbers or not issubclass(kind.model, VersionedRecord):
        return Q(pk__in=[])
    return Q(pk__in=kind.model.history.filter(number__in=texts).values("id"))


def exactly(kind: RecordKind, user, text: str) -> Q:
    """Records that carry the sensitive number `text`, or it as their own whole number."""
    number = compact(text)
    hashes = {blind_index(number), blind_index("".join(text.split()))}  # a landline is stored with its hyphens
    found = Q(pk__in=[])
    for lookup in kind.hashes:
        found |= Q(**{f"{lookup}__in": hashes})
    for lookup in kind.numbers:
        found |= _in_scope(kind.model, lookup, user) & Q(**{f"{lookup}__in": {text, number}})
    return found | _once_numbered(kind, {text, number})


def matching_in_list(kind: RecordKind, user, text: str) -> Q:
    """The same, and those that are found by what stands in other records: the family's employer, a pupil's school."""
    found = matching(kind, user, text)
    for source in kind.found_by:
        if source.names:
            found |= _beside(kind, source, user, lambda model, of=source: _containing_any(model, of.names, user, text))
    return found


def ending_in(kind: RecordKind, user, digits: str) -> Q:
    """Records that carry a card whose last four digits are `digits`; the caller keeps to their scope."""
    return _tail_of_any(kind.model, kind.tails, user, digits)


def ending_in_list(kind: RecordKind, user, digits: str) -> Q:
    """The same, and those beside which it stands in another record."""
    found = ending_in(kind, user, digits)
    for source in kind.found_by:
        if source.tails:
            found |= _beside(kind, source, user, lambda model, of=source: _tail_of_any(model, of.tails, user, digits))
    return found


def _tail_of_any(model, lookups, user, digits: str) -> Q:
    found = Q(pk__in=[])
    for lookup in lookups:
        found |= _in_scope(model, lookup, user) & Q(**{lookup: blind_index(digits)})
    return found


def _containing_any(model, lookups, user, text: str) -> Q:
    found = Q(pk__in=[])
    for lookup in lookups:
        found |= _in_scope(model, lookup, user) & _containing(lookup, text)
    return found


def _beside(kind: RecordKind, source: FoundBy, user, condition: Callable[[type[Model]], Q]) -> Q:
    """The condition on the records themselves, or on the visible ones that lead to them."""
    way = source.through
    if way is None:
        return condition(kind.model)
    others = way.model.objects.visible_to(user).filter(condition(way.model)).exclude(**{way.theirs: None})
    return Q(**{f"{way.own}__in": others.values(way.theirs)})


def _containing(lookup: str, text: str) -> Q:
    """That a name contains `text`; also without the padding with which somebody typed it, now or into the record."""
    unpadded = Replace(F(lookup), Value(" "), Value(""))
    return Q(**{f"{lookup}__contains": text}) | Q(Contains(unpadded, "".join(fold_name(text).split())))


def _people_named(source, user, text: str):
    by_name = _containing(source.name, text)
    if INITIALS.fullmatch(text):
        by_name |= Q(**{f"{source.initials}__startswith": text.upper()})
    return source.model.objects.visible_to(user).filter(by_name).values(source.person)


def _in_scope(model, lookup: str, user) -> Q:
    """The condition that every record on the way of `lookup` is the user's: one may have moved to another union."""
    condition = Q()
    passed: list[str] = []
    for step in lookup.split("__")[:-1]:
        model = model._meta.get_field(step).related_model
        passed.append(step)
        if issubclass(model, UnionOwned):
            condition &= path_range(user.union.path, "__".join([*passed, "union_path"]))
    return condition
