"""What a submission holds, before it is written and as its rows tell it."""

import base64
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from reports.counting.derive import Values
from reports.models import Adjustment, FrozenFigure, FrozenRecords, Submission

CODE_BYTES = 8  # 13 characters of base 32: short enough to type, long enough not to be guessed


@dataclass(frozen=True)
class Snapshot:
    """What a submission will hold, before it is written. `digest` covers all of it."""

    content: dict
    derived: Values
    adjustments: dict[str, Adjustment]
    records: dict[str, tuple[list[str], list[dict]]]

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of everything frozen."""
        everything = {
            "content": self.content,
            "figures": self.stated,
            "records": self.records,
        }
        canonical = json.dumps(everything, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def stated(self) -> dict[str, list[str]]:
        """By slug what is derived, the adjustment and its reason."""
        return {
            slug: [f"{value:.2f}", f"{self.difference(slug):.2f}", self.reason(slug)]
            for slug, value in self.derived.items()
        }

    def difference(self, slug: str) -> Decimal:
        return self.adjustments[slug].difference if slug in self.adjustments else Decimal()

    def reason(self, slug: str) -> str:
        return self.adjustments[slug].reason if slug in self.adjustments else ""

    def figures(self, submission: Submission) -> list[FrozenFigure]:
        return [
            FrozenFigure(
                submission=submission,
                slug=slug,
                derived=value,
                adjustment=self.difference(slug),
                adjustment_reason=self.reason(slug),
            )
            for slug, value in self.derived.items()
        ]

    def lists(self, submission: Submission) -> list[FrozenRecords]:
        return [
            FrozenRecords(submission=submission, fact=name, headings=headings, rows=rows)
            for name, (headings, rows) in self.records.items()
        ]


def short_code(digest: str) -> str:
    """The code printed on the form: the first bits of the digest, in letters and digits that are not mistaken."""
    return base64.b32encode(bytes.fromhex(digest)[:CODE_BYTES]).decode().rstrip("=")


def kept(submission: Submission) -> Snapshot:
    """The snapshot as its rows tell it: its `digest` is that of the submission, or the rows are not those frozen."""
    figures = list(submission.figures.all())
    adjusted = [figure for figure in figures if figure.adjustment or figure.adjustment_reason]
    return Snapshot(
        submission.content,
        {figure.slug: figure.derived for figure in figures},
        {f.slug: Adjustment(slug=f.slug, difference=f.adjustment, reason=f.adjustment_reason) for f in adjusted},
        {records.fact: (records.headings, records.rows) for records in submission.records.all()},
    )
