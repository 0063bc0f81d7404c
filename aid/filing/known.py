"""What follows from what was typed, and is therefore not asked: bank, school stage, standard, number of people."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.http import QueryDict

from aid.cards.prefixes import bank_of
from aid.enums import Stage
from aid.standards.granted import standards_now
from aid.workbook.cutting import stage_of_grade
from portal.models import Union

STAGE_OF_LABEL = {str(stage.label): stage for stage in Stage}


def standards_of(year: int, union: Union) -> dict[str, str]:
    """What the campaign of `year` grants in the unit of `union`, by the label of the stage, as it is typed."""
    found = standards_now(year, union.reporting_path)
    return {str(Stage(stage).label): _plain(usual.amount) for stage, usual in found.items()}


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}"


def sure_stage(grade: str) -> str:
    """The label of the stage that a grade tells beyond doubt; '' for any other."""
    found = stage_of_grade(grade)
    return found[0] if found and found[1] else ""


def filled_in(typed: QueryDict, *, children: Iterable[int], standards: Mapping[str, str]) -> QueryDict:
    """What was typed into the page of a family, with what follows from it where nothing was typed."""
    data = typed.copy()

    def put(name: str, value: str) -> None:
        if value and not data.get(name, "").strip():
            data[name] = value

    put("household-bank_name", bank_of(data.get("household-bank_card", "")))
    put("income-people", data.get("household-family_size", "").strip())
    for place in children:
        put(f"child{place}-bank_name", bank_of(data.get(f"child{place}-bank_card", "")))
        put(f"child{place}-stage", sure_stage(data.get(f"child{place}-grade", "")))
        put(f"case{place}-standard", standards.get(data.get(f"child{place}-stage", ""), ""))
    return data
