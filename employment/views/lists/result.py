"""What became of a list that came in: counts, the records made, what is to be done next, the rows as they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.batches import LARGEST
from aid.enums import CaseState, Policy
from aid.models import AidCase
from aid.workflow import UNDER_WAY
from portal.models import Import, ImportedRecord, ListUpload, User
from portal.models.imports.imported import ImportAct
from portal.records.lists.written import RecordLink, links_to
from portal.workbook.lists.steps.later import GONE, as_it_stands
from portal.workbook.lists.steps.preview import CHANGED, HELD, NEW, SAME, WAITS, Preview, PreviewRow

NAMED = 10  # new records of each sheet: all of them stand on the page of the import
FATES = {
    HELD: gettext_lazy("待补正"),
    WAITS: gettext_lazy("须复核"),
    NEW: gettext_lazy("新增"),
    CHANGED: gettext_lazy("修改"),
    SAME: gettext_lazy("不变"),
    GONE: gettext_lazy("不再补正"),
}


@dataclass(frozen=True)
class SheetResult:
    """What the rows of a list became on one sheet; `made` are the first of the new records."""

    title: str
    created: int
    updated: int
    unchanged: int
    made: list[RecordLink]

    @property
    def is_more(self) -> bool:
        return self.created > len(self.made)


def sheet_counts(outcome: dict) -> list[tuple[str, int, int, int]]:
    """Title, and how many records are new, changed and as they were; sheets without any are left out."""
    found = [
        (title, new, outcome["updated"][title], outcome["unchanged"][title])
        for title, new in outcome["created"].items()
    ]
    return [counts for counts in found if any(counts[1:])]


def rows_as_they_stand(upload: ListUpload, preview: Preview) -> list[PreviewRow]:
    return as_it_stands(preview.rows, {held.row: held for held in upload.held_rows.all()})


def result_of(upload: ListUpload, preview: Preview, user: User) -> dict[str, Any]:
    """What the page of the result says above its rows."""
    imports = list(upload.imports.filter(taken_back_at=None).order_by("made_at"))
    counts = sheet_counts(preview.outcome)
    cases = [] if not imports else list(awaiting_policies(imports, user)[:LARGEST])
    return {
        "imports": imports,
        "to_complete": upload.held_rows.to_complete().count(),
        "waiting": upload.held_rows.waiting().count(),
        "results": [SheetResult(*each, made=_made(imports, each[0], user)) for each in counts],
        "in_words": counts_in_words(counts),
        "later": _later(preview.outcome),
        "cases": cases,
        "are_checked": any(case.status == CaseState.SUBMITTED and case.campaign.check_first for case in cases),
    }


def counts_in_words(counts: Iterable[tuple[str, int, int, int]]) -> str:
    """困难职工家庭新增 4、修改 1；子女新增 4; '' where nothing was written."""
    told = []
    for title, created, updated, _same in counts:
        parts = [_("新增 %(count)d") % {"count": created}] if created else []
        parts += [_("修改 %(count)d") % {"count": updated}] if updated else []
        if parts:
            told.append(title + "、".join(parts))
    return "；".join(told)


def _made(imports: list[Import], title: str, user: User) -> list[RecordLink]:
    """The first new records of a sheet that the viewer may open."""
    written = ImportedRecord.objects.filter(imported__in=imports, sheet=title, act=ImportAct.CREATED)
    first = list(written.order_by("imported__made_at", "place").values_list("model", "record")[:NAMED])
    links = links_to(first, user)
    return [links[each] for each in first if each in links]


def _later(outcome: dict) -> dict[str, Any]:
    """How many rows came in after the others, and when the last of them did."""
    told = outcome.get("later", [])
    if not told:
        return {}
    return {"rows": sum(each["rows"] for each in told), "when": datetime.fromisoformat(told[-1]["at"])}


def awaiting_policies(imports: Iterable[Import], user: User) -> QuerySet:
    """The cases that these imports made of which not every policy is answered, while it may be."""
    made = ImportedRecord.objects.filter(
        imported__in=imports, model=AidCase._meta.label_lower, act=ImportAct.CREATED
    ).values("record")
    cases: QuerySet = AidCase.objects.visible_to(user).filter(pk__in=made, status__in=[CaseState.DRAFT, *UNDER_WAY])
    answered = cases.select_related("campaign").annotate(answered=Count("policies"))
    return answered.filter(answered__lt=len(Policy)).order_by("pk")
