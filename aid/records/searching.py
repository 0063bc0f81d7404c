"""By what a list is searched beside its own names: the family's employer and card, the school of its children.

Said here for every kind that is about a family or a pupil, so that no list finds more or less than another.
"""

from aid.models import Child, Household
from portal.models import UnionOwned
from portal.records.kind import FoundBy

EMPLOYER, SCHOOL, CARD = "employer", "school", "bank_card_tail_hash"


def words_of_family(family: str) -> tuple[str, ...]:
    """What is searched by part of the family to which the path `family` leads."""
    return (f"{family}__{EMPLOYER}",)


def card_of_family(family: str) -> tuple[str, ...]:
    """By what the last four digits of the card of that family are found."""
    return (f"{family}__{CARD}",)


def words_of_pupil(pupil: str) -> tuple[str, ...]:
    """What is searched by part of the child or graduate to whom the path `pupil` leads, and of the family."""
    return (f"{pupil}__{SCHOOL}", *words_of_family(f"{pupil}__household"))


def card_of_pupil(pupil: str) -> tuple[str, ...]:
    """By what the last four digits of the card of the family of that child or graduate are found."""
    return card_of_family(f"{pupil}__household")


def schools_of_family(own: str) -> FoundBy:
    """The schools of the children of the family that the field `own` of a record names."""
    return FoundBy(Child, own=own, theirs="household", names=(SCHOOL,))


def pupil_by_person(model: type[UnionOwned]) -> FoundBy:
    """For a kind that knows a person only: the child or graduate that the person is."""
    names, tails = (SCHOOL, *words_of_family("household")), card_of_family("household")
    return FoundBy(model, own="person", theirs="person", names=names, tails=tails)


def lines_of(model: type[UnionOwned], theirs: str) -> FoundBy:
    """For a kind that is a list of cases: its lines, by the child of the case."""
    pupil = "case__child"
    return FoundBy(model, own="id", theirs=theirs, names=words_of_pupil(pupil), tails=card_of_pupil(pupil))


BY_PERSON = (
    pupil_by_person(Child),
    FoundBy(Household, own="person", theirs="worker", names=(EMPLOYER,), tails=(CARD,)),
)
