"""Whether a person is known: where, for those who may see it; of other units the name and no more (domain.md)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from aid.enums import Sex
from aid.models import Child, Household, Person
from portal.access import path_range
from portal.fields import blind_index
from portal.models import REPORTING_PATH_LENGTH, Union, User
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.words.identity_kinds import parse_identity


@dataclass(frozen=True)
class KnownPerson:
    """What an identity number tells. `elsewhere` is the unit that has the person in an open file, '' for none."""

    sex: str  # '' and None where the document does not tell
    birth_date: date | None
    households: list[Household]
    children: list[Child]
    elsewhere: str


def known_person(number: str, user: User) -> KnownPerson:
    """What is known of the person of that number. Raises portal.identity.IdentityError if it is not one."""
    parsed = parse_identity(number)
    person = Person.objects.known([blind_index(parsed.number)]).first()
    return KnownPerson(
        sex=str(Sex(parsed.sex).label) if parsed.sex else "",
        birth_date=parsed.birth_date,
        households=list(Household.objects.visible_to(user).filter(worker=person)) if person else [],
        children=list(Child.objects.visible_to(user).filter(person=person)) if person else [],
        elsewhere=_name_of_unit(held_elsewhere(person, user)) if person else "",
    )


@whole_city(Across.KNOWN)
def held_elsewhere(person: Person, user: User) -> Household | None:
    """The open household of that worker or child outside the scope of `user`: never to be shown, only asked for."""
    open_files = Household.objects.unclosed().filter(
        Q(worker=person) | Q(children__person=person, children__on_file=True)
    )
    return open_files.exclude(path_range(user.union.path)).select_related("union").order_by("pk").first()


def _name_of_unit(household: Household | None) -> str:
    if household is None:
        return ""
    return Union.objects.values_list("name", flat=True).get(path=household.union_path[:REPORTING_PATH_LENGTH])
