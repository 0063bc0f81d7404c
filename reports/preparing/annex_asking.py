"""What an annex workbook said, carried in the page that asks about it: a browser does not keep a chosen file."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core import signing

from portal.models import User
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import Values, as_value
from reports.models import Report

SALT = "reports.annex"
KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """The figures read, the reason typed beside them, and the keys of the adjustments that are to go for them."""

    values: Values
    reason: str
    agreed: tuple[str, ...]


def sealed(asked: Asked, report: Report, user: User) -> str:
    """`asked` as a text that only `user` can send back, for this report, for an hour."""
    values = {slug: str(value) for slug, value in asked.values.items()}
    return signing.dumps([report.pk, user.pk, values, asked.reason, asked.agreed], salt=SALT, compress=True)


def unsealed(text: str, report: Report, user: User) -> Asked:
    """Raises BadSignature for what is too old, another's or not ours, and where the forms have changed meanwhile."""
    of, by, values, reason, agreed = signing.loads(text, salt=SALT, max_age=KEPT)
    figures = figures_of(report.campaign)
    if (of, by) != (report.pk, user.pk) or any(slug not in figures for slug in values):
        raise signing.BadSignature
    return Asked({slug: as_value(figures[slug], Decimal(text)) for slug, text in values.items()}, reason, tuple(agreed))
