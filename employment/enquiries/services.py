"""What becomes of an enquiry: a file, a case, a graduate's help, a word to somebody else, an answer."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employment.editing.enquiry import ENQUIRY_FORM
from employment.models import Enquiry
from employment.workflow import ENQUIRY_WORKFLOW
from portal.access import can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep
from portal.models import Union, User
from portal.records.editing import lock_units
from portal.workbook.numbers import next_number
from portal.workflow import Move, MoveRefused

LONGEST_WORDS = Enquiry._meta.get_field("outcome_text").max_length
# The record that an enquiry becomes, by the move.
BECOMES = {"file": "household", "aid": "case", "help": "graduate"}
CLOSING_FIELDS = ("outcome_text", "closed_on", "closed_by", *BECOMES.values(), "referred_to")
HANDED_OVER = ("received_on", "channel", "kind", "name", "initials", "id_number", "telephone", "text")


@dataclass(frozen=True)
class Told:
    """What is told with a move: words, the record that the enquiry became, the union of the city that it goes to."""

    words: str = ""
    record: Model | None = None
    to: Union | None = None


NOTHING_TOLD = Told()


@transaction.atomic
def move_enquiry(enquiry: Enquiry, name: str, *, by: By, told: Told = NOTHING_TOLD) -> Enquiry:
    """Make the move `name` of `ENQUIRY_WORKFLOW`.

    Locks the 填报单位, and that of the union it goes to. Writes the enquiry with one version and one audit row. Handed
    to a union of the city, it is written there as an enquiry of its own, open, under a number of that unit, with a
    version and an audit row; the two sides see nothing more of each other than the union's name and the words told.
    Raises MoveRefused with the reason, ValidationError for a union that it cannot go to; then nothing is written.
    """
    lock_units(enquiry.union, told.to or enquiry.union)
    related = ("union", "referred_to")
    enquiry = Enquiry.objects.visible_to(by.actor).select_related(*related).filter(pk=enquiry.pk).first()
    if enquiry is None:
        raise MoveRefused(_("这条咨询不在您的工会范围内。"))
    move = ENQUIRY_WORKFLOW.by_name[name]
    also = _take(enquiry, move, by.actor, told)
    ENQUIRY_WORKFLOW.apply(enquiry, name, actor=by.actor, reason=told.words, also=also)
    if enquiry.referred_to:
        _hand_over(enquiry, by)
    keep(enquiry, by, str(move.label))
    return enquiry


def _take(enquiry: Enquiry, move: Move, actor: User, told: Told) -> tuple[str, ...]:
    """Set what is told; the names of the fields. Nothing where the move will be refused anyway."""
    if enquiry.outcome not in move.sources or not can(actor, move.permission) or move.hindrance(enquiry, actor):
        return ()
    enquiry.outcome_text = told.words.strip()[:LONGEST_WORDS]
    closes = move.name != "reopen"
    enquiry.closed_on = localdate() if closes else None
    enquiry.closed_by = actor if closes else None
    for by_move, field in BECOMES.items():
        setattr(enquiry, field, _own(told.record, field, actor) if move.name == by_move else None)
    enquiry.referred_to = _reachable(told.to, actor) if move.name == "refer" and told.to else None
    return CLOSING_FIELDS


def _own(record: Model | None, field: str, actor: User) -> Model:
    """The record, if it is one that the enquiry may become and within the scope of `actor`."""
    model = Enquiry._meta.get_field(field).related_model
    if not isinstance(record, model) or not model.objects.visible_to(actor).filter(pk=record.pk).exists():
        words = {"kind": model._meta.verbose_name}
        raise MoveRefused(_("请选择本单位范围内的%(kind)s。") % words)
    return record


def _reachable(to: Union, actor: User) -> Union:
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
