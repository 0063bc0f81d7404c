"""What a true copy of the database must say of reports: seals, annexes of all units, and the city's sum."""

import datetime
import hashlib
import json

from portal.backup.facts import Facts
from portal.models import Campaign
from reports.city.consolidation import accepted_city, content_of, digest_of
from reports.counting.derive import derive_units
from reports.models import Seal
from reports.sealing.proving import Tampered


def report_facts(as_of: datetime.date) -> Facts:
    """Of every campaign the chain of seals, the figures of every unit up to `as_of`, and the accepted city."""
    told: Facts = {}
    for campaign in Campaign.objects.order_by("year"):
        told[f"seals {campaign.year}"] = _digest(_chain(campaign))
        told[f"annexes {campaign.year}"] = _digest(_annexes(campaign, as_of))
        told[f"consolidation {campaign.year}"] = _consolidation(campaign)
    return told


def _chain(campaign: Campaign) -> list:
    """Every seal with what it seals and what it is chained to; the last of each unit is the head of its chain."""
    seals = Seal.objects.filter(submission__report__campaign=campaign).order_by("submission_id")
    return [list(row) for row in seals.values_list("submission__union__code", "submission__digest", "before", "mark")]


def _annexes(campaign: Campaign, as_of: datetime.date) -> dict:
    derived = derive_units(campaign, as_of)
    return {unit.code: {slug: f"{value:.2f}" for slug, value in found.items()} for unit, found in derived.units.items()}


def _consolidation(campaign: Campaign) -> str:
    try:
        return digest_of(campaign, content_of(accepted_city(campaign)))
    except Tampered:
        return "tampered"  # the same in a true copy


def _digest(content: object) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
