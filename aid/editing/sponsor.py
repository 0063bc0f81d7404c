"""The forms of sponsors and of pairings."""

from collections.abc import Mapping

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import Programme
from aid.models import Household
from aid.workbook import AID_WORKBOOK
from aid.workbook.sponsors import PairingSheet, SponsorSheet
from portal.models import UnionOwned
from portal.records.editing import Editing, Group
from portal.workbook.sheets import Workbook

SPONSOR_FORM = Editing(
    sheet=SponsorSheet(),
    workbook=AID_WORKBOOK,
    prefix="X",
    groups=(
        Group(
            _("结对方"),
            ("kind", "name"),
            _("名称要与资金筹集的“出资方”、助学申请的“结对方”写得一样，出资和结对才能对上。"),
        ),
        Group(_("联系方式"), ("contact", "telephone")),
        Group(_("登记"), ("union", "number")),
    ),
)


def from_today(whom: UnionOwned | None) -> Mapping[str, str]:
    """A pairing begins today; with a worker it is mostly of the programme that the notice has for workers."""
    values = {"starts_on": localdate().isoformat()}
    of_worker = {"programme": str(Programme.CIVILISED_TEAMS.label)} if isinstance(whom, Household) else {}
    return values | of_worker


PAIRING_FORM = Editing(
    sheet=PairingSheet(),
    workbook=Workbook((*AID_WORKBOOK.sheets, SponsorSheet())),
    parent="whom",
    prefix="L",
    initial=from_today,
    groups=(
        Group(
            _("结对"),
            ("sponsor", "programme", "starts_on", "ends_on", "yearly_amount", "number"),
            _("没有所需的结对方时，请先在“结对方”中登记。"),
        ),
    ),
)
