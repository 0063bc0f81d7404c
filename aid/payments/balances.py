"""The ledger as it is looked at: kept of each 填报单位. Whoever pays by it counts it, with the unit locked."""

import datetime
from dataclasses import fields
from decimal import Decimal
from functools import cache

from django.db import connection

from aid.enums import FundSource
from aid.payments.ledger import Balance, asked, balances_at
from portal.kept.counts import Kept
from portal.kept.units import unit_paths
from portal.models import Campaign, Union
from portal.models.union import REPORTING_DEPTH

EVERYWHERE = ""
AMOUNTS = tuple(field.name for field in fields(Balance) if field.name != "source")


def kept_balances(scope: Union) -> dict[str, dict[str, Balance]]:
    """As `balances` counts them. Of a union within a unit, and before there is any campaign, they are counted."""
    campaign = Campaign.objects.current()
    if campaign is None or scope.depth > REPORTING_DEPTH:
        return balances_at(scope.path)
    units = [scope.path] if scope.is_reporting else unit_paths(scope)
    found = LEDGER.of_units(campaign, campaign.ends_on, units)
    return {path: _read(values) for path, values in found.items() if values}


def _counted(_campaign: Campaign, _day: datetime.date, path: str | None) -> dict[str, dict[str, list[str]]]:
    found = balances_at(EVERYWHERE if path is None else path)
    return {
        unit: {source: [str(getattr(balance, name)) for name in AMOUNTS] for source, balance in by_source.items()}
        for unit, by_source in found.items()
    }


def _read(values: dict[str, list[str]]) -> dict[str, Balance]:
    return {source: Balance(FundSource(source), *map(Decimal, amounts)) for source, amounts in values.items()}


@cache
def _asked_of_all() -> str:
    return repr((AMOUNTS, asked(EVERYWHERE).query.get_compiler(connection=connection).as_sql()))


LEDGER = Kept(
    "ledger",
    question=lambda _campaign: _asked_of_all(),  # money has no year: the campaign only says where it is kept
    count=_counted,
    days=lambda _campaign: (),  # nothing is compared with the day on which one asks
    nothing={},
)


def count_ahead(campaign: Campaign) -> None:
    """Bring up to date what is kept of every unit."""
    LEDGER.of_units(campaign, campaign.ends_on, Union.objects.reporting().values_list("path", flat=True))
