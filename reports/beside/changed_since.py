"""How many records of each unit have changed since it handed in: counted from their versions, for the whole city.

Coarser than drift, which compares every frozen record of one report with what it is now: here a version written since
is enough. What is counted may turn out to be without effect; what has an effect is counted.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.core.cache import cache
from django.db.models import Count, Exists, Min, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from portal.models import Campaign, VersionedRecord
from portal.models.owned import unit_path
from reports.annex.campaign_figures import figures_of
from reports.figures.facts import GRADUATES
from reports.figures.registry import Fact
from reports.models import Submission

COUNTS_KEPT = 60


def changed_records(campaign: Campaign, submissions: Iterable[int]) -> dict[str, int]:
    """Records changed since each of `submissions`, by the path of its unit; a unit with none is left out.

    Kept for COUNTS_KEPT seconds, until another report is handed in: who decides opens the drift itself, which is exact.
    """
    submissions = sorted(submissions)
    digest = hashlib.sha256(f"{campaign.version} {submissions}".encode()).hexdigest()
    return cache.get_or_set(
        f"changed/{campaign.pk}/{digest}", lambda: _changed_records(campaign, submissions), COUNTS_KEPT
    )


def _changed_records(campaign: Campaign, submissions: list[int]) -> dict[str, int]:
    """The same, counted now.

    Two queries for each kind of record, whatever the number of units and records. Only versions newer than the oldest
    of the submissions are read, and what those lead to.
    """
    handed_in = Submission.objects.filter(pk__in=submissions)
    oldest = handed_in.aggregate(oldest=Min("submitted_at"))["oldest"]
    counts: Counter[str] = Counter()
    if oldest is None:
        return {}
    facts = list(dict.fromkeys(figure.fact for figure in figures_of(campaign) if figure.fact))
    kinds = [versions for fact in facts for versions in _concerning(fact, campaign)]
    kinds += [_differing(model, sorted(fields)) for model, fields in _read_besides(facts, campaign).items()]
    later = handed_in.filter(union_path=OuterRef("unit"), submitted_at__lt=OuterRef("history_date"))
    for versions in kinds:
        found = versions.filter(history_date__gt=oldest).annotate(unit=unit_path()).filter(Exists(later))
        by_unit = found.order_by().values("unit").annotate(records=Count("id", distinct=True))
        counts.update({row["unit"]: row["records"] for row in by_unit})
    return dict(counts)


def _concerning(fact: Fact, campaign: Campaign) -> tuple[QuerySet, QuerySet]:
    """Versions of records that belong to the campaign; and versions of those that did before a date was mended.

    Asked in one, with "or", PostgreSQL read the versions of all years for it (110 ms of 150).
    """
    if fact is GRADUATES:
        concerns = Q(registered_on__lte=campaign.ends_on, graduated_on__lte=campaign.ends_on)
    elif any(field.name == "campaign" for field in fact.model._meta.get_fields()):
        concerns = Q(campaign=campaign)
    else:
        concerns = Q(**{f"{fact.date}__range": (campaign.starts_on, campaign.ends_on)})
    others = fact.model.history.filter(concerns, id=OuterRef("id")).order_by()
    mended = fact.model.history.filter(~concerns, ~Q(history_type="+"), Exists(others))
    return fact.model.history.filter(concerns), mended


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


def _differing(model: type[Model], fields: list[str]) -> QuerySet:
    """Versions of a record that has another version with another value in one of `fields`; a new record has none."""
    texts = [Coalesce(Cast(field, TextField()), _text("")) for field in fields]
    shown = Concat(_text("|"), *(part for text in texts for part in (text, _text("|"))))
    versions = model.history.annotate(shown=shown).order_by()
    return versions.filter(Exists(versions.filter(id=OuterRef("id")).exclude(shown=OuterRef("shown"))))


def _text(constant: str) -> Value:
    return Value(constant, output_field=TextField())
