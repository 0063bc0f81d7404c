"""Filing a whole family: one transaction, checked as a workbook of all its rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aid.casework.usual_policies import fill_policies
from aid.enums import DocumentKind
from aid.households.papers import note_seen
from aid.models import Household
from portal.audit import By
from portal.record_rules import Doubt
from portal.records.editing import FormPart, PartsRefused, create_together
from portal.records.editing.saving import kept_whole


@dataclass(frozen=True)
class Family:
    """What a page says of a family: the household, who and what belongs to it, and the papers that were seen.

    `cases` are those of the children with what answers their policies: a value of PolicyFilling, '' for nothing.
    """

    household: FormPart
    children: Sequence[FormPart] = ()
    entries: Sequence[FormPart] = ()
    cases: Sequence[tuple[FormPart, str]] = ()
    members: Sequence[FormPart] = ()
    incomes: Sequence[FormPart] = ()
    papers: Sequence[DocumentKind] = ()

    @property
    def parts(self) -> list[FormPart]:
        cases = [case for case, _filling in self.cases]
        return [self.household, *self.children, *self.entries, *cases, *self.members, *self.incomes]


@dataclass(frozen=True)
class Filed:
    """The family as it was written, and what was accepted with a notice."""

    household: Household
    notices: list[str]


def file_family(
    family: Family, *, by: By, key: UUID | None = None, digest: str = "", confirmed: str | None = None
) -> Filed:
    """Write the records of `family`, its cases as drafts with their policies answered, and the papers that were seen.

    Locks the 填报单位. Writes what `create_together` does, the answers and the papers; all of it or nothing. Raises
    what `create_together` raises, and PartsRefused for two members of one identity number.
    """
    refuse_members_twice(family.members)
    with kept_whole():
        saved = create_together(
            family.parts, by=by, key=key, digest=digest, confirmed=confirmed, doubts=list(odd_size(family))
        )
        for filling in {filling for _case, filling in family.cases if filling}:
            pks = [saved.records[case].pk for case, own in family.cases if own == filling]
            fill_policies(pks, filling, by=by)
        home: Any = saved.records[family.household]
        note_seen(home, family.papers, by=by)
    return Filed(home, saved.notices)


def refuse_members_twice(members: Sequence[FormPart]) -> None:
    """Raise PartsRefused where the identity number of an earlier member is said once more."""
    said: Counter[str] = Counter()
    by_part = {}
    for part in members:
        number = part.values.get("id_number")
        if number and said[number]:
            by_part[part] = {"id_number": [_("与上面一名家庭成员的证件号码相同")]}
        said[number] += 1
    if by_part:
        raise PartsRefused(by_part)


def odd_size(family: Family) -> Iterator[Doubt]:
    """That the family has more people than its size says. A child that is a member as well counts once."""
    size = family.household.values.get("family_size")
    numbers = {child.values.get("person") for child in family.children}
    others = [part for part in family.members if part.values.get("id_number") not in numbers]
    people = 1 + len(family.children) + len(others)
    if size and people > size:
        words = _("家庭人口填了 %(size)d 人，职工、子女和家庭成员共登记了 %(people)d 人")
        yield Doubt("family_size", words % {"size": size, "people": people})
