"""What is granted by campaign and stage: by the table of the unit where it has one that holds, else by the city's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from aid.enums import TableState
from aid.models import AidCase, AidStandard, UnitTable
from aid.models.casework.case_lists import APPROVED_STATES
from portal.enums import OwnStandards
from portal.models import REPORTING_PATH_LENGTH, Campaign

EVER_HELD = (TableState.IN_FORCE, TableState.REPLACED)
# Of cases that are read to be written one by one: their campaign's tables, for `granted_of`.
WITH_TABLES = (
    "campaign__standards",
    Prefetch(
        "campaign__unit_tables",
        UnitTable.objects.filter(state__in=EVER_HELD, holds_from__isnull=False)
        .prefetch_related("standards")
        .order_by("-pk"),
    ),
)


@dataclass(frozen=True)
class Usual:
    """The yuan that a table grants, and the unit's table that says so; None for the city's."""

    amount: Decimal
    table: UnitTable | None = None

    @property
    def whose(self) -> str:
        """Whose standard it is, in words."""
        if self.table is None:
            return _("市总标准")
        return _("单位自定标准（市总已核准）") if self.table.decided_by_id else _("单位自定标准")

    @property
    def short(self) -> str:
        """The same, as it stands before an amount."""
        return _("市总标准") if self.table is None else _("单位自定标准")


class Granted:
    """The tables that some cases are held against."""

    def __init__(self, city: Mapping[tuple[int, str], Decimal], own: Mapping[tuple[int, str], list[UnitTable]]):
        self._city, self._own = city, own

    def of(self, case: AidCase) -> Usual | None:
        """What the table grants for the campaign, unit and stage of `case`; None where nobody has set it.

        Of a decided case by the unit's table of that day; the city's table keeps no days, so that it is today's.
        """
        decided = case.decided_on if case.status in APPROVED_STATES else None
        return self.at(case.campaign_id, case.union_path, case.stage, on=decided)

    def at(self, campaign: int | None, path: str, stage: str, *, on: date | None = None) -> Usual | None:
        """The same of the unit at `path`: as it stands now, or stood on a day."""
        if campaign is None:
            return None
        for table in self._own.get((campaign, path[:REPORTING_PATH_LENGTH]), ()):
            if _holds(table, on):
                amounts = {row.stage: row.amount for row in table.standards.all()}
                if stage in amounts:
                    return Usual(amounts[stage], table)
        amount = self._city.get((campaign, stage))
        return None if amount is None else Usual(amount)


def _holds(table: UnitTable, on: date | None) -> bool:
    if on is not None:
        return table.held_on(on)
    return table.state == TableState.IN_FORCE and table.campaign.own_standards != OwnStandards.NONE


def granted(cases: Iterable[AidCase]) -> Granted:
    """The tables of the campaigns and units of `cases`: three questions at the most, two where no unit has its own."""
    cases = list(cases)
    units = {(case.campaign_id, case.union_path[:REPORTING_PATH_LENGTH]) for case in cases if case.campaign_id}
    return tables_of(units)


def granted_of(campaign: Campaign) -> Granted:
    """The tables of a campaign that came with its cases, read `WITH_TABLES`; no question."""
    own = defaultdict(list)
    for table in campaign.unit_tables.all():
        own[campaign.pk, table.union_path].append(table)
    return Granted({(campaign.pk, row.stage): row.amount for row in campaign.standards.all()}, own)


def tables_of(units: Iterable[tuple[int, str]]) -> Granted:
    """The same for pairs of a campaign's key and a unit's path."""
    units = set(units)
    campaigns = {campaign for campaign, _path in units}
    city = AidStandard.objects.filter(campaign__in=campaigns).values_list("campaign", "stage", "amount")
    return Granted({(campaign, stage): amount for campaign, stage, amount in city}, _own(units, campaigns))


def _own(units: set[tuple[int, str]], campaigns: set[int]) -> dict[tuple[int, str], list[UnitTable]]:
    """By campaign and unit the tables that hold or held, the latest first."""
    tables = UnitTable.objects.filter(campaign__in=campaigns, state__in=EVER_HELD, holds_from__isnull=False)
    found: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for table in tables.select_related("campaign").prefetch_related("standards").order_by("-pk"):
        if (table.campaign_id, table.union_path) in units:
            found[table.campaign_id, table.union_path].append(table)
    return found


def standards_now(year: int, path: str) -> dict[str, Usual]:
    """By stage what the campaign of `year` grants in the unit at `path` now."""
    from_city = AidStandard.objects.filter(campaign__year=year).values_list("stage", "amount")
    found = {stage: Usual(amount) for stage, amount in from_city}
    tables = UnitTable.objects.filter(union_path=path[:REPORTING_PATH_LENGTH], campaign__year=year)
    holding = tables.filter(state=TableState.IN_FORCE).exclude(campaign__own_standards=OwnStandards.NONE)
    for table in holding.prefetch_related("standards"):
        found |= {row.stage: Usual(row.amount, table) for row in table.standards.all()}
    return found


def standard_now(year: int, path: str, stage: str) -> Usual | None:
    """What the campaign of `year` grants for a stage in the unit at `path`; None where nobody has set it."""
    return standards_now(year, path).get(stage)
