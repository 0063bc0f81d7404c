"""Which records are kept about a family, and which of their fields are not told to it, with the reason.

Every column that is not named here is told: a new field is in the copy without a new line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from aid.models import (
    AidCase,
    BatchItem,
    CaseEvent,
    CaseShare,
    Child,
    Disbursement,
    Document,
    Entry,
    FollowUp,
    Household,
    Income,
    Member,
    NoticedCase,
    NotRenewed,
    Objection,
    OfficePaper,
    OfficeQuestion,
    Pairing,
    Participation,
    PayeeLine,
    Person,
    PolicyAid,
    PracticePlacement,
    ProjectGain,
    Transfer,
    Visit,
    VisitPhoto,
)
from portal.fields import BlindIndexField, EncryptedBinaryField, EncryptedTextField, target
from portal.identity import mask_card, mask_id_number, mask_telephone
from portal.models import User
from portal.models.voidable import all_of
from portal.records.attribute import Attribute, hidden

MASKS = {"id_number": mask_id_number, "bank_card": mask_card, "card": mask_card, "telephone": mask_telephone}

INFORMANT = "whoever objected is protected from the family"
ITSELF = "the paper itself: the family has the original, the copy names it"
ROW = "how rows are kept, and nothing about anybody"
FAMILY = "whose copy it is, or told among the people of the family"
WORDS = "a code or an index of what stands beside it in words"
NOT_TOLD: dict[str, str] = {
    "id": ROW,
    "version": ROW,
    "union_path": ROW,
    "Transfer.to_path": ROW,
    "CaseEvent.batch": ROW,
    "PayeeLine.item": ROW,
    "BatchItem.reissue_of": ROW,
    "content": ITSELF,
    "content_type": ITSELF,
    "digest": ITSELF,
    "household": FAMILY,
    "worker": FAMILY,
    "person": FAMILY,
    "initials": WORDS,
    "worker_initials": WORDS,
    "AidCase.known_programme": WORDS,
    "AidCase.known_sponsor": WORDS,
    "Objection.raised_by": INFORMANT,
    "Objection.text": INFORMANT,
    "Objection.answer": INFORMANT,
}
MODELS_NOT_TOLD: dict[str, str] = {
    "ObjectionFile": INFORMANT,
    "EarlierRuling": INFORMANT,
}


@dataclass(frozen=True)
class KeptKind:
    """One kind of record about a family: those that `of` finds.

    `scope` leads to the record by whose union they are seen, where they have none of their own; '' for their own.
    """

    model: type[models.Model]
    of: Callable[[Household], Q]
    scope: tuple[str, type[models.Model]] | None = None

    @property
    def title(self) -> str | Promise:
        return self.model._meta.verbose_name or ""

    @cached_property
    def told(self) -> tuple[Attribute, ...]:
        """Its fields, those that are sensitive with their mask."""
        return tuple(map(_attribute, filter(is_told, self.model._meta.concrete_fields)))

    def records(self, home: Household, user: User) -> QuerySet[Any]:
        """What `user` may see of them, voided ones too, the oldest first."""
        found = all_of(self.model)
        if self.scope:
            path, owner = self.scope
            seen = found.filter(**{f"{path}__in": all_of(owner).visible_to(user)})
        else:
            seen = found.visible_to(user)
        joined = [field.name for field in self.model._meta.concrete_fields if field.is_relation and is_told(field)]
        unread = [field.name for field in self.model._meta.concrete_fields if isinstance(field, EncryptedBinaryField)]
        return seen.filter(self.of(home)).select_related(*joined).defer(*unread).order_by("pk")


def is_told(field: models.Field) -> bool:
    """Whether the family is told the field; of what is not there is a reason in NOT_TOLD, or it is an index."""
    if isinstance(field, BlindIndexField):
        return False
    return field.name not in NOT_TOLD and f"{field.model.__name__}.{field.name}" not in NOT_TOLD


def _attribute(field: models.Field) -> Attribute:
    label = str(field.verbose_name)
    if field.is_relation and issubclass(target(field), User):
        return Attribute(f"{field.name}.name", label=label)
    mask = MASKS.get(field.name, hidden) if isinstance(field, EncryptedTextField) else None
    return Attribute(field.name, label=label, mask=mask)


def of_family(path: str) -> Callable[[Household], Q]:
    """Records to which `path` leads the family."""
    return lambda home: Q(**{path: home.pk})


def _people(home: Household) -> QuerySet:
    worker = all_of(Household).filter(pk=home.pk).order_by().values("worker")
    return worker.union(all_of(Child).filter(household=home).order_by().values("person"), all=True)


def _of_people(path: str) -> Callable[[Household], Q]:
    return lambda home: Q(**{f"{path}__in": _people(home)})


def _of_child_or_family(home: Household) -> Q:
    return Q(child__household=home.pk) | Q(household=home.pk)


CASE = "case__child__household"

KEPT: tuple[KeptKind, ...] = (
    KeptKind(Household, of_family("pk")),
    KeptKind(Member, of_family("household")),
    KeptKind(Income, of_family("household")),
    KeptKind(Child, of_family("household")),
    KeptKind(Entry, of_family("child__household")),
    KeptKind(Document, of_family("household")),
    KeptKind(AidCase, of_family("child__household")),
    KeptKind(PolicyAid, of_family(CASE)),
    KeptKind(CaseShare, of_family(CASE)),
    KeptKind(CaseEvent, of_family(CASE), scope=("case", AidCase)),
    KeptKind(NotRenewed, of_family("child__household")),
    KeptKind(NoticedCase, of_family(CASE)),
    KeptKind(Objection, of_family("noticed__case__child__household")),
    KeptKind(Disbursement, of_family(CASE)),
    KeptKind(BatchItem, of_family(CASE)),
    KeptKind(PayeeLine, of_family("item__case__child__household")),
    KeptKind(Visit, _of_people("person")),
    KeptKind(VisitPhoto, _of_people("visit__person")),
    KeptKind(FollowUp, _of_people("person")),
    KeptKind(OfficeQuestion, of_family("household")),
    KeptKind(OfficePaper, of_family("question__household")),
    KeptKind(Pairing, _of_child_or_family),
    KeptKind(PracticePlacement, of_family("child__household")),
    KeptKind(Participation, of_family("child__household")),
    KeptKind(ProjectGain, of_family("child__household")),
    KeptKind(Transfer, of_family("household")),
)
# The people themselves belong to no union: those of a family that is seen are seen.
PEOPLE_TOLD = tuple(_attribute(field) for field in Person._meta.concrete_fields if is_told(field))


def people(home: Household) -> Iterator[tuple[str, Person]]:
    """The worker and the children, each with the name on file."""
    yield home.worker_name, home.worker
    for child in all_of(Child).filter(household=home).select_related("person").order_by("pk"):
        yield child.name, child.person
