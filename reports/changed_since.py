"""How many records of each unit have changed since it handed in: counted from their versions, for the whole city.

Coarser than drift, which compares every frozen record of one report with what it is now: here a version written since
is enough. What is counted may turn out to be without effect; what has an effect is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_

from django.db.models import Count, Exists, Min, Model, OuterRef, Q
from django.utils.dateparse import parse_date

from portal.models import Campaign, VersionedRecord
from portal.models.owned import unit_path
from reports.campaign_figures import figures_of
from reports.figures.facts import GRADUATES
from reports.figures.registry import Fact
from reports.models import Submission

OWNER = "union"


def changed_records(campaign: Campaign, submissions: Iterable[int]) -> dict[str, int]:
    """Records changed since each of `submissions`, by the path of its unit; a unit with none is left out.

    One query for each kind of record, whatever the number of units and records. Only versions newer than the oldest
    of the submissions are read.
    """
    handed_in = Submission.objects.filter(pk__in=list(submissions))
    oldest = handed_in.aggregate(oldest=Min("submitted_at"))["oldest"]
    counts: Counter[str] = Counter()
    if oldest is None:
        return counts
    facts = list(dict.fromkeys(figure.fact for figure in figures_of(campaign) if figure.fact))
    asked = {fact.model: _concerning(fact, campaign) for fact in facts}
    asked |= {model: _differing(model, fields) for model, fields in _read_besides(facts, campaign).items()}
    for model, condition in asked.items():
        later = handed_in.filter(union_path=OuterRef("unit"), submitted_at__lt=OuterRef("history_date"))
        versions = model.history.filter(condition, history_date__gt=oldest).annotate(unit=unit_path())
        found = versions.filter(Exists(later)).order_by().values("unit").annotate(records=Count("id", distinct=True))
        counts.update(dict(found.values_list("unit", "records")))
    return counts


def _concerning(fact: Fact, campaign: Campaign) -> Q:
    """Versions of records that belong to the campaign, or did so in another version: dates are mended, too."""
    if fact is GRADUATES:
        concerns = Q(registered_on__lte=campaign.ends_on, graduated_on__lte=campaign.ends_on)
    elif any(field.name == "campaign" for field in fact.model._meta.get_fields()):
        concerns = Q(campaign=campaign)
    else:
        concerns = Q(**{f"{fact.date}__range": (campaign.starts_on, campaign.ends_on)})
    return concerns | Exists(fact.model.history.filter(concerns, id=OuterRef("id")).order_by())


def _read_besides(facts: Iterable[Fact], campaign: Campaign) -> Mapping[type[Model], set[str]]:
    """What the lists of `facts` show of records that are none of them: fields by model."""
    own = {fact.model for fact in facts}
    fields = defaultdict(set)
    for fact in facts:
        for attribute in (*fact.columns, *(fact.asked if campaign.forms else ())):
            model, *steps = fact.model, *attribute.path.split(".")
            for step in steps[:-1]:
                model = model._meta.get_field(step).related_model
            if issubclass(model, VersionedRecord) and model not in own:
                fields[model].add(steps[-1])
    return fields


def _differing(model: type[Model], fields: set[str]) -> Q:
    """Versions of a record that has another version with another value in one of `fields`; a new record has none."""
    same = reduce(and_, (Q(**{field: OuterRef(field)}) | _both_empty(field) for field in sorted(fields)))
    others = model.history.filter(id=OuterRef("id")).exclude(same)
    return Q(Exists(others.order_by()))


def _both_empty(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) & Q(**{f"{field}__isnull": True})
