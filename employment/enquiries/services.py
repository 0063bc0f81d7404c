"""What becomes of an enquiry: a file, a case, a graduate's help, a word to somebody else, an answer; handed down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employment.editing.enquiry import ENQUIRY_FORM
from employment.enums import OPEN_ENQUIRIES
from employment.models import Enquiry
from employment.workflow import ENQUIRY_WORKFLOW
from portal.access import can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep
from portal.kept.revisions import raise_units
from portal.models import Union, User
from portal.models.union import STEP_LENGTH
from portal.records.editing import lock_units
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city
from portal.workbook.numbers import next_number
from portal.workflow import Move, MoveRefused

LONGEST_WORDS = Enquiry._meta.get_field("outcome_text").max_length
# The record that an enquiry becomes, by the move.
BECOMES = {"file": "household", "aid": "case", "help": "graduate"}
CLOSING_FIELDS = ("outcome_text", "closed_on", "closed_by", *BECOMES.values(), "referred_to", "told_on")
# Moves by which one comes back to the city.
BACK = ("send_back", "recall")
# What the city says to the unit, and what comes back with an enquiry that is not the unit's.
PLACE_FIELDS = ("union", "union_path", "handed_on", "handed_by", "due_on", "handed_text")
BACK_FIELDS = ("returned_by", "returned_text")
HANDED_OVER = ("received_on", "channel", "kind", "name", "initials", "id_number", "telephone", "text")


@dataclass(frozen=True)
class Told:
    """What is told with a move: words, the record that the enquiry became, the union of the city that it goes to.

    `due_on` is the day by which the city wants it answered.
    """

    words: str = ""
    record: Model | None = None
    to: Union | None = None
    due_on: date | None = None


NOTHING_TOLD = Told()


@whole_city(Across.ENQUIRY)
@transaction.atomic
def move_enquiry(enquiry: Enquiry, name: str, *, by: By, told: Told = NOTHING_TOLD) -> Enquiry:
    """Make the move `name` of `ENQUIRY_WORKFLOW`.

    Locks the 填报单位, and that of the union it goes to. Writes the enquiry with one version and one audit row. Handed
    to a union of the city, it is written there as an enquiry of its own, open, under a number of that unit, with a
    version and an audit row; the two sides see nothing more of each other than the union's name and the words told.
    One that the city hands down, or that comes back to it, is the same record in another union: the unit has it, the
    city sees it, nobody else does.
    Raises MoveRefused with the reason, ValidationError for a union that it cannot go to; then nothing is written.
    """
    lock_units(enquiry.union, told.to or (_city_of(enquiry) if name in BACK else enquiry.union))
    related = ("union", "referred_to")
    enquiry = Enquiry.objects.visible_to(by.actor).select_related(*related).filter(pk=enquiry.pk).first()
    if enquiry is None:
        raise MoveRefused(_("这条咨询不在您的工会范围内。"))
    move, before = ENQUIRY_WORKFLOW.by_name[name], enquiry.union_path
    also = _take(enquiry, move, by.actor, told)
    ENQUIRY_WORKFLOW.apply(enquiry, name, actor=by.actor, reason=told.words, also=also)
    if enquiry.referred_to:
        _hand_over(enquiry, by)
    keep(enquiry, by, str(move.label))
    if enquiry.union_path != before:
        raise_units([before])  # what the other union is told on its first page
    return enquiry


@transaction.atomic
def hand_down_many(enquiries: Iterable[Enquiry], *, by: By, told: Told) -> list[Enquiry]:
    """Hand all of them down to the union told, or none; as `move_enquiry` does with one, and raises the same.

    Where no union is told each goes to the one that the hotline's list names. Of a refusal the reason names the
    enquiry.
    """
    enquiries = list(enquiries)
    units = {union for enquiry in enquiries if (union := told.to or enquiry.proposed)}
    lock_units(by.person.union, *units)
    handed = []
    for enquiry in enquiries:
        try:
            to = told.to or enquiry.proposed
            handed.append(move_enquiry(enquiry, "hand_down", by=by, told=replace(told, to=to)))
        except MoveRefused as refused:
            raise MoveRefused(f"{enquiry.number}：{refused}") from None
    return handed


def _take(enquiry: Enquiry, move: Move, actor: User, told: Told) -> tuple[str, ...]:
    """Set what is told; the names of the fields. Nothing where the move will be refused anyway."""
    if enquiry.outcome not in move.sources or not can(actor, move.permission) or move.hindrance(enquiry, actor):
        return ()
    enquiry.outcome_text = told.words.strip()[:LONGEST_WORDS]
    closes = move.target_of(enquiry) not in OPEN_ENQUIRIES
    enquiry.closed_on = localdate() if closes else None
    enquiry.closed_by = actor if closes else None
    for by_move, field in BECOMES.items():
        setattr(enquiry, field, _own(told.record, field, actor) if move.name == by_move else None)
    enquiry.referred_to = _reachable(enquiry, told.to, actor) if move.name == "refer" and told.to else None
    if not closes:
        enquiry.told_on = None
    if move.name == "hand_down":
        return (*CLOSING_FIELDS, *_down(enquiry, actor, told))
    if move.name in BACK:
        return (*CLOSING_FIELDS, *_back(enquiry, move))
    return CLOSING_FIELDS


def _down(enquiry: Enquiry, actor: User, told: Told) -> tuple[str, ...]:
    """Put it into the union told, with the day by which it is to be answered."""
    to = told.to
    if to is None or to.is_city:
        raise ValidationError({"to": _("请选择办理的区县、局、产业工会或其下级工会。")})
    if told.due_on is None or told.due_on < localdate():
        raise ValidationError({"due_on": _("请填写办理期限，不早于今天。")})
    if Enquiry.objects.in_union(to.reporting_unit()).filter(number=enquiry.number).exists():
        words = {"union": to.reporting_unit().name, "number": enquiry.number}
        raise ValidationError({"to": _("“%(union)s”已有编号为 %(number)s 的咨询，请核对是否同一件。") % words})
    enquiry.open_in(to)
    enquiry.handed_on, enquiry.handed_by, enquiry.due_on = localdate(), actor, told.due_on
    enquiry.handed_text, enquiry.outcome_text = enquiry.outcome_text, ""
    enquiry.returned_by, enquiry.returned_text = None, ""
    return (*PLACE_FIELDS, *BACK_FIELDS)


def _back(enquiry: Enquiry, move: Move) -> tuple[str, ...]:
    """Put it back into the city; the unit that sends it says why."""
    enquiry.returned_by = enquiry.union if move.name == "send_back" else None
    enquiry.returned_text, enquiry.outcome_text = enquiry.outcome_text, ""
    enquiry.place_in(_city_of(enquiry))
    enquiry.handed_on = enquiry.handed_by = enquiry.due_on = None
    enquiry.handed_text = ""
    return (*PLACE_FIELDS, *BACK_FIELDS)


def _city_of(enquiry: Enquiry) -> Union:
    return Union.objects.get(path=enquiry.union_path[:STEP_LENGTH])


def _own(record: Model | None, field: str, actor: User) -> Model:
    """The record, if it is one that the enquiry may become and within the scope of `actor`."""
    model = Enquiry._meta.get_field(field).related_model
    if not isinstance(record, model) or not model.objects.visible_to(actor).filter(pk=record.pk).exists():
        words = {"kind": model._meta.verbose_name}
        raise MoveRefused(_("请选择本单位范围内的%(kind)s。") % words)
    return record


def _reachable(enquiry: Enquiry, to: Union, actor: User) -> Union:
    if enquiry.from_city:
        raise ValidationError({"to": _("市总下派的咨询请办“退回市总”，写明该由谁办理，由市总另行下派。")})
    if to.is_city:
        raise ValidationError({"to": _("市总工会不办理咨询，请填写区县、局、产业工会或其下级工会。")})
    if actor.union.contains(to):
        raise ValidationError({"to": _("这是本工会或下级工会，请直接修改咨询的所属工会。")})
    return to


def _hand_over(sent: Enquiry, by: By) -> None:
    to = sent.referred_to
    number = next_number(Enquiry, unit=to.reporting_unit(), prefix=ENQUIRY_FORM.prefix)
    made = Enquiry(number=number, referred_from=sent, **{field: getattr(sent, field) for field in HANDED_OVER})
    made.open_in(to)
    keep(made, by, "", action=AuditAction.RECORD_SAVED)
