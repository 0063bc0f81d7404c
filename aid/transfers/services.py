"""Households that move from one union to another, by offer and acceptance (domain.md, Household).

Cases, payments and visits stay with the union that handled them; entries, members, incomes, documents and graduates go
along (annexes.md, unit).
"""

from enum import Enum

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.editing import ENTRY_FORM
from aid.enums import TransferState as State
from aid.households.known_people import held_elsewhere
from aid.models import Child, Entry, Household, Person, Transfer
from aid.transfers.unfinished import in_words, unfinished
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_along
from portal.kept.revisions import raise_units
from portal.models import Union, User
from portal.records.editing import Editing, RecordRefused, change_record, lock_units
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.workbook.numbers import next_number
from portal.workflow import Move, MoveRefused, Workflow

KEEP = Permission.KEEP_RECORDS

TRANSFER_WORKFLOW = Workflow(
    states=State,
    moves=(
        Move("offer", gettext_lazy("同意转出"), frozenset({State.REQUESTED}), State.OFFERED, KEEP),
        Move("take", gettext_lazy("接收"), frozenset({State.OFFERED}), State.TAKEN, KEEP),
        Move(
            "decline",
            gettext_lazy("拒绝"),
            frozenset({State.REQUESTED, State.OFFERED}),
            State.DECLINED,
            KEEP,
            reason=True,
        ),
        Move("cancel", gettext_lazy("取消"), frozenset({State.REQUESTED, State.OFFERED}), State.CANCELLED, KEEP),
    ),
)


class Side(Enum):
    GIVER = "giver"
    RECEIVER = "receiver"


# Who makes a move: the other side answers, the side that waits may take its word back.
MOVED_BY = {
    ("offer", State.REQUESTED): Side.GIVER,
    ("take", State.OFFERED): Side.RECEIVER,
    ("decline", State.REQUESTED): Side.GIVER,
    ("decline", State.OFFERED): Side.RECEIVER,
    ("cancel", State.REQUESTED): Side.RECEIVER,
    ("cancel", State.OFFERED): Side.GIVER,
}


def sides(transfer: Transfer, user: User) -> set[Side]:
    """On which side of the transfer `user` works; on both, who works above both unions."""
    found = set()
    if transfer.union_path.startswith(user.union.path):
        found.add(Side.GIVER)
    if transfer.to_path.startswith(user.union.path):
        found.add(Side.RECEIVER)
    return found


def moves_of(transfer: Transfer, user: User) -> list[Move]:
    """The buttons of `user`: the moves of the side on which they work."""
    own = sides(transfer, user)
    return [move for move in TRANSFER_WORKFLOW.open_to(transfer, user) if MOVED_BY[move.name, transfer.state] in own]


@whole_city(Across.TRANSFER)
def offer_household(household: Household, *, to: Union, reason: str, by: By) -> Transfer:
    """Offer an open household to another union. Writes the transfer and one audit row.

    Raises MoveRefused if it is closed, already on its way, offered to the union it is in or to the city, or if a case
    of the family is under way.
    """
    if to.is_city or household.union_id == to.pk:
        raise MoveRefused(_("请填写要转入的另一个工会，不能是市总工会或该户现在的工会。"))
    return _begin(household, to=to, state=State.OFFERED, reason=reason, by=by)


@whole_city(Across.TRANSFER)
def request_household(person: Person, *, by: By) -> Transfer:
    """Ask the unit that has the person in an open file for the household; nothing of it is told.

    Asked twice it is asked once; a case under way stands in the way of the answer, not of the question. Writes the
    transfer and one audit row. Raises MoveRefused if no other unit has it.
    """
    household = held_elsewhere(person, by.actor)
    if household is None:
        raise MoveRefused(_("此人在其他单位没有未注销的档案。"))
    asked = household.transfers.waiting().filter(to_union=by.actor.union, state=State.REQUESTED).first()
    if asked:
        return asked
    reason = _("登记时发现此人已在贵单位建档")
    return _begin(household, to=by.actor.union, state=State.REQUESTED, reason=reason, by=by)


def _begin(household: Household, *, to: Union, state: State, reason: str, by: By) -> Transfer:
    try:
        with transaction.atomic():
            lock_units(household.union, to)
            household = Household.objects.select_related("union").get(pk=household.pk)
            to.refuse_if_closed()
            if not household.is_open:
                raise MoveRefused(_("档案已注销，不能转移。"))
            if state == State.OFFERED:
                _refuse_unfinished(household, by.actor)
            made = Transfer(household=household, to_union=to, to_path=to.path, state=state, reason=reason)
            made.begun_by = by.actor
            made.place_with(household)
            made.save()
            raise_units([made.union_path, made.to_path])
            _log(made, by)
            return made
    except IntegrityError:
        raise MoveRefused(_("该户已有一项转移正在办理，不能再次发起。")) from None


@whole_city(Across.TRANSFER)
@transaction.atomic
def move_transfer(transfer: Transfer, name: str, *, by: By, answer: str = "") -> Transfer:
    """Make one of the moves that leave the household where it is: offer, decline, cancel.

    Writes the transfer and one audit row. Raises MoveRefused if `by` is on the other side, somebody was quicker, a
    refusal gives no reason, or what is agreed to has a case under way.
    """
    lock_units(transfer.union, transfer.to_union)
    transfer = _fresh(transfer)
    _refuse_wrong_side(transfer, name, by.actor)
    if name == "offer":
        _refuse_unfinished(transfer.household, by.actor)
    transfer.answer = answer
    also = ["answer"]
    if name != "offer":
        transfer.settled_by, transfer.settled_at = by.actor, timezone.now()
        also += ["settled_by", "settled_at"]
    TRANSFER_WORKFLOW.apply(transfer, name, actor=by.actor, reason=answer, also=also)
    raise_units([transfer.union_path, transfer.to_path])
    _log(transfer, by)
    return transfer


@whole_city(Across.TRANSFER)
@transaction.atomic
def take_household(transfer: Transfer, *, union: Union, number: str, editing: Editing, by: By) -> Household:
    """Take an offered household into `union`, of the scope of `by`; without `number` it keeps its own if free.

    Locks both units. Writes the transfer, the household and what goes with it, their versions, and audit rows. Raises
    MoveRefused and RecordRefused, with nothing written.
    """
    lock_units(transfer.union, transfer.to_union)
    transfer = _fresh(transfer)
    _refuse_wrong_side(transfer, "take", by.actor)
    if unfinished(transfer.household):  # begun since the offer
        raise MoveRefused(_("转出单位还有该户没有办结的助学申请或款项，暂时不能接收，请联系对方办结。"))
    _refuse_children_known_here(transfer, union)
    transfer.settled_by, transfer.settled_at = by.actor, timezone.now()
    TRANSFER_WORKFLOW.apply(transfer, "take", actor=by.actor, also=["settled_by", "settled_at"])
    raise_units([transfer.union_path, transfer.to_path])
    home, unit = transfer.household, union.reporting_unit()
    _renumber_entries(home, unit, by)
    values = {"union": union.code, "number": number or _free_number(home, unit, editing)}
    change_record(editing, home, values=values, by=by)
    _log(transfer, by)
    return Household.objects.get(pk=home.pk)


def _fresh(transfer: Transfer) -> Transfer:
    return Transfer.objects.select_related("household__union", "union", "to_union").get(pk=transfer.pk)


def _refuse_wrong_side(transfer: Transfer, name: str, actor: User) -> None:
    by = MOVED_BY.get((name, transfer.state))
    if by is not None and by not in sides(transfer, actor):
        raise MoveRefused(_("这一步须由对方单位办理。"))


def _refuse_unfinished(household: Household, actor: User) -> None:
    if found := unfinished(household):
        words = {"cases": in_words(found, actor)}
        raise MoveRefused(_("该户还有没有办结的事项，不能转出。请先办理：%(cases)s。") % words)


def _refuse_children_known_here(transfer: Transfer, union: Union) -> None:
    children = Child.objects.filter(household=transfer.household).values("person")
    unit = Union(path=union.reporting_path)
    known = Child.objects.in_union(unit).exclude(household=transfer.household).filter(person__in=children)
    if known.exists():
        raise RecordRefused({None: [_("该户有子女在本单位已注销的档案中留有记录，不能接收，请联系市总工会。")]})


def _free_number(household: Household, unit: Union, editing: Editing) -> str:
    taken = Household.objects.in_union(unit).filter(number=household.number).exclude(pk=household.pk).exists()
    return next_number(Household, unit=unit, prefix=editing.prefix) if taken else household.number


def _renumber_entries(household: Household, unit: Union, by: By) -> None:
    """Entries whose number the new unit has in use get new ones."""
    for entry in Entry.objects.filter(child__household=household):
        if Entry.objects.in_union(unit).filter(number=entry.number).exclude(pk=entry.pk).exists():
            entry.number = next_number(Entry, unit=unit, prefix=ENTRY_FORM.prefix)
            keep_along(entry, by)


def _log(transfer: Transfer, by: By) -> None:
    audit.record(
        AuditAction.RECORD_SAVED,
        by=by,
        union=by.actor.union,
        subject=str(transfer),
        state=str(State(transfer.state).label),
    )
