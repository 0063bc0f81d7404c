"""The forms of a report that is being prepared, as they would be printed if it were handed in now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.counting.derive import derive
from reports.counting.rows import figure_rows
from reports.models import Report
from reports.render.filled import UNIT_SPACE, Filled, Stamp
from reports.render.frozen import CONTACT_SPACE, TELEPHONE_SPACE


@dataclass(frozen=True)
class PreparedForms(Filled):
    """The reported figures, adjustments and all, with the contact of the report."""

    report: Report

    @classmethod
    def of(cls, report: Report) -> "PreparedForms":
        rows = figure_rows(report, derive(report.campaign, report.union))
        values = {slug: row.reported for slug, row in rows.items()}
        return cls(report.campaign, report.union, report.campaign.cut_off(), values, report)

    @property
    def spaces(self) -> dict[str, str]:
        report = self.report
        contact = {CONTACT_SPACE: report.contact_name, TELEPHONE_SPACE: report.contact_telephone}
        return {UNIT_SPACE: report.union.name, **contact}

    @property
    def stamp(self) -> Stamp:
        """A draft carries no code."""
        words = _("草稿，尚未报送：按 %(day)s 的记录统计并含调整，供送审前核对，无核验码。")
        return Stamp(words % {"day": self.cut_off})
