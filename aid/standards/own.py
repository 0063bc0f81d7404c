"""A unit that pays its own sets its standards; the city agrees to them, where the campaign asks for that."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import Stage, TableState
from aid.models import UnitStandard, UnitTable
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, OwnStandards
from portal.kept.revisions import raising
from portal.models import Campaign, User
from portal.records.editing import lock_unit
from portal.workflow import Guard, Move, MoveRefused, Workflow

Amounts = Mapping[str, Decimal | None]


def _own_hands(table: UnitTable, actor: User) -> str:
    return _("这份标准由您设定，须由另一人核准。") if table.set_by_id in actor.hands else ""


MANAGE = Permission.MANAGE_CAMPAIGNS
FOUR_EYES = Guard(gettext_lazy("不是设定人"), _own_hands)
TABLE_WORKFLOW = Workflow(
    states=TableState,
    moves=(
        Move(
            "agree",
            gettext_lazy("核准"),
            frozenset({TableState.ASKED}),
            TableState.IN_FORCE,
            MANAGE,
            guard=FOUR_EYES,
        ),
        Move(
            "refuse",
            gettext_lazy("不核准"),
            frozenset({TableState.ASKED}),
            TableState.REFUSED,
            MANAGE,
            reason=True,
            guard=FOUR_EYES,
        ),
    ),
)


def refusal_of_own(campaign: Campaign, actor: User) -> str:
    """Why `actor` cannot set standards of the own unit for `campaign`; '' if they can."""
    if not can(actor, Permission.APPROVE_CASES):
        return _("单位自定帮扶标准由单位审核人设定。")
    if not actor.union.is_reporting:
        return _("自定帮扶标准由填报单位设定，下级工会不能另定。")
    if campaign.own_standards == OwnStandards.NONE:
        return _("%(year)s 年度各单位都按市总标准，不能自定。") % {"year": campaign.year}
    return ""


@transaction.atomic
def set_own(campaign: Campaign, amounts: Amounts, *, grounds: str, by: By) -> UnitTable:
    """Set what the unit of `by` grants by stage in `campaign`; a stage with nothing keeps the city's standard.

    In force at once where the campaign does not ask for the city; else it waits, and what held goes on holding. What
    waited before is replaced. The same once more, waiting or in force, changes nothing. Cases keep what they were
    filled in with. Locks the 填报单位. Writes the table, those it replaces, and one audit row. Raises MoveRefused
    (`refusal_of_own`), and ValidationError by field: an amount not above zero, no grounds, nothing set and nothing to
    take back.
    """
    actor = by.person
    lock_unit(actor.union)
    campaign = Campaign.objects.get(pk=campaign.pk)
    if reason := refusal_of_own(campaign, actor):
        raise MoveRefused(reason)
    given = {stage: amount for stage, amount in amounts.items() if amount is not None}
    earlier = UnitTable.objects.filter(union=actor.union, campaign=campaign).order_by("-pk")
    standing = {table.state: table for table in earlier.filter(state__in=(TableState.ASKED, TableState.IN_FORCE))}
    if wrong := _faults(given, grounds, standing):
        raise ValidationError(wrong)
    latest = standing.get(TableState.ASKED) or standing.get(TableState.IN_FORCE)
    if latest and (amounts_of(latest), latest.grounds) == (given, grounds.strip()):
        return latest
    if asked := standing.get(TableState.ASKED):
        _put_aside(asked)
    made = UnitTable(campaign=campaign, state=TableState.ASKED, grounds=grounds.strip(), set_by=actor)
    made.open_in(actor.union)
    if campaign.own_standards == OwnStandards.FREE:
        _make_room_for(made)
        made.state, made.holds_from = TableState.IN_FORCE, timezone.localdate()
    with raising([made]):
        made.save()
        UnitStandard.objects.bulk_create(UnitStandard(table=made, stage=stage, amount=given[stage]) for stage in given)
    audit.record(AuditAction.RECORD_SAVED, by=by, about=made, standards=_told(given), grounds=made.grounds)
    return made


def _faults(given: Mapping[str, Decimal], grounds: str, standing: Mapping) -> dict[str | None, str]:
    wrong: dict[str | None, str] = {stage: _("帮扶标准必须大于 0。") for stage, amount in given.items() if amount <= 0}
    if not grounds.strip():
        wrong["grounds"] = _("请写明依据，如文件号或会议纪要。")
    if not given and not standing:
        wrong[None] = _("请至少填写一个学段的标准。")
    return wrong


def amounts_of(table: UnitTable) -> dict[str, Decimal]:
    return dict(table.standards.values_list("stage", "amount"))


def _told(given: Mapping[str, Decimal]) -> dict[str, str]:
    return {str(stage): str(given[stage]) for stage in Stage if stage in given}


def _make_room_for(table: UnitTable) -> None:
    """Put aside what else holds in the unit and campaign of `table`."""
    holding = UnitTable.objects.filter(union=table.union, campaign=table.campaign, state=TableState.IN_FORCE)
    for held in holding.exclude(pk=table.pk):
        _put_aside(held)


def _put_aside(table: UnitTable) -> None:
    """Replaced: from today it holds no more, if it ever did."""
    table.holds_until = timezone.localdate() if table.holds_from else None
    table.state = TableState.REPLACED
    with raising([table]):
        table.save()


@transaction.atomic
def answer_own(table: UnitTable, name: str, *, answer: str = "", by: By) -> UnitTable:
    """The city agrees to a unit's table (`agree`), which holds from today, or refuses it with words (`refuse`).

    Locks the 填报单位. Writes the table, the one that held before, and one audit row. Raises MoveRefused if `by` does
    not set up campaigns or set it, no reason is given for a refusal, the campaign lets no unit set its own any more, or
    somebody was quicker.
    """
    lock_unit(table.union)
    table = UnitTable.objects.select_related("union", "campaign").get(pk=table.pk)
    table.decided_by, table.decided_at, table.answer = by.person, timezone.now(), answer.strip()
    also = ["decided_by", "decided_at", "answer"]
    if name == "agree":
        if table.campaign.own_standards == OwnStandards.NONE:
            raise MoveRefused(_("%(year)s 年度各单位都按市总标准，不能自定。") % {"year": table.campaign.year})
        _make_room_for(table)  # of a move that is refused nothing is kept
        table.holds_from = timezone.localdate()
        also.append("holds_from")
    with raising([table]):
        TABLE_WORKFLOW.apply(table, name, actor=by.actor, reason=answer, also=also)
    move = TABLE_WORKFLOW.by_name[name]
    audit.record(AuditAction.MOVED, by=by, about=table, act=str(move.label), answer=table.answer)
    return table
