"""By what a list is searched beside its own names: the family's employer and card, the school of its children.

Said here for every kind that is about a family or a pupil, so that no list finds more or less than another.
"""

from aid.models import Child, Household
from portal.models import UnionOwned
from portal.records.kind import FoundBy, Through

EMPLOYER, SCHOOL, CARD = "employer", "school", "bank_card_tail_hash"


def of_family(family: str) -> FoundBy:
    """The employer and the card of the family to which the path `family` leads."""
    return FoundBy(names=(f"{family}__{EMPLOYER}",), tails=(f"{family}__{CARD}",))


def of_pupil(pupil: str, through: Through | None = None) -> FoundBy:
    """The school of the child or graduate to whom the path `pupil` leads, and what is known of the family."""
    family = of_family(f"{pupil}__household")
    return FoundBy(names=(f"{pupil}__{SCHOOL}", *family.names), tails=family.tails, through=through)


def of_child(child: str, through: Through | None = None) -> FoundBy:
    """The same of the child to whom the path `child` leads, and its own card."""
    pupil = of_pupil(child, through)
    return FoundBy(names=pupil.names, tails=(*pupil.tails, f"{child}__{CARD}"), through=through)


def children_of_family(own: str) -> FoundBy:
    """The schools and cards of the children of the family that the field `own` of a record names."""
    return FoundBy(names=(SCHOOL,), tails=(CARD,), through=Through(Child, own=own, theirs="household"))


def pupil_by_person(model: type[UnionOwned]) -> FoundBy:
    """For a kind that knows a person only: the child or graduate that the person is."""
    family = of_family("household")
    through = Through(model, own="person", theirs="person")
    card = (CARD,) if model is Child else ()
    return FoundBy(names=(SCHOOL, *family.names), tails=(*family.tails, *card), through=through)


def lines_of(model: type[UnionOwned], theirs: str) -> FoundBy:
    """For a kind that is a list of cases: its lines, by the child of the case."""
    return of_child("case__child", Through(model, own="id", theirs=theirs))


BY_PERSON = (
    pupil_by_person(Child),
    FoundBy(names=(EMPLOYER,), tails=(CARD,), through=Through(Household, own="person", theirs="worker")),
)
