"""Who may open the pages of graduates, proposals and their board."""

from portal.models import Union
from tests.access import ABSENT, EXPORTERS, KEEPERS, YEAR, Canary, Row, codes, editing_rows, record_row
from tests.builders import one_of_each
from tests.employment import builders

NOWHERE = ABSENT | {"year": YEAR}


def graduate_in(union: Union) -> dict:
    return {"pk": one_of_each(union)["graduate"].pk}


def student_in(union: Union) -> dict:
    return {"pk": builders.student(union).pk, "year": YEAR}


def declined_in(union: Union) -> dict:
    return {"pk": builders.declined(builders.student(union)).child_id, "year": YEAR}


def planted_student(union: Union, mark: str) -> list[Canary]:
    student = builders.student(union, f"{mark}曾毕业", school=f"{mark}理工大学")
    declined = builders.declined(builders.student(union, f"{mark}曾延期"), reason="other_reason", text=f"{mark}留级")
    return [
        Canary(student.name),
        Canary(student.school),
        Canary(declined.child.name),
        Canary(declined.text, shown=False),
    ]


ROWS: tuple[Row, ...] = (
    *editing_rows("graduate", "household"),
    record_row("standing_board"),
    record_row("graduate_path", graduate_in),
    record_row("proposal_list"),
    Row("proposal_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    Row("proposal_decline", get=codes(**KEEPERS), post=codes(**KEEPERS), make=student_in, absent=NOWHERE),
    Row("proposal_take_up", get=codes(clerk=405), post=codes(clerk=302), make=declined_in, absent=NOWHERE),
)
PLANTS = (planted_student,)
