"""Who may open the pages by which lists come in."""

import json
from dataclasses import asdict, replace
from functools import partial
from uuid import UUID

from django.utils import timezone

from employment.lists.kinds import kinds_for
from portal.enums import Role
from portal.models import HeldRow, Import, ListUpload, Union
from portal.models.lists import ListState
from portal.workbook.lists.mapping import propose
from portal.workbook.lists.service import ListOutcome
from portal.workbook.lists.steps.draft import Draft, Reading
from portal.workbook.lists.steps.preview import HELD, Preview, PreviewRow, WrongCell
from portal.workbook.lists.steps.stored import dump_table
from portal.workbook.lists.table import ReadTable
from tests.access import SCOPE, Canary, Row, codes
from tests.factories import UserFactory

CLERK = {"clerk": 200}
LISTERS = {"clerk": 200, "reviewer": 200}
ABSENT = {"pk": UUID(int=0)}


def list_in(union: Union, *, mark: str = "", state: ListState = ListState.CHECKED) -> ListUpload:
    """A list uploaded in `union` whose only row is wrong; `mark` stands in its name, a cell, a reason and a notice."""
    cells = [f"{mark}张三", "310101", f"{mark}厂", "是"]
    table = ReadTable(f"{mark}表", 1, dict(enumerate(["职工姓名", "身份证号", "工作单位", "单亲"])), [(2, cells)])
    fault = WrongCell("@1", "身份证号", "310101", f"{mark}因")
    preview = Preview(
        ListOutcome(dry_run=True, notices=[f"{mark}提示"]).as_json(), [PreviewRow(2, HELD, faults=[fault])]
    )
    upload = ListUpload(
        uploaded_by=UserFactory(role=Role.CLERK, union=union, name=f"送表{mark}"),
        file_name=f"{mark}清单.xlsx",
        content=b"-",
        state=state,
        table=dump_table(table),
        reading=Reading(kinds_for(union)[0].name).dumps(),
        outcome=preview.dumps(),
    )
    upload.place_in(union)
    draft = Draft(upload, kinds_for(union))
    draft.take(propose(table, kinds_for(union)))
    upload.reading = draft.reading.dumps()
    upload.save()
    if state == ListState.IMPORTED:
        held = HeldRow(upload=upload, row=2, faults=json.dumps([asdict(fault)]))
        held.place_in(union)
        held.save()
    return upload


def list_row(name: str, *, get: int, post: int, state: ListState = ListState.CHECKED) -> Row:
    def made(union: Union) -> dict:
        return {"pk": list_in(union, state=state).pk}

    both = {"get": codes(clerk=get, reviewer=get), "post": codes(clerk=post, reviewer=post)}
    return Row(name, **both, make=made, absent=ABSENT, scope=SCOPE | {"reviewer": {"parent"}})


def planted_list(union: Union, mark: str) -> list[Canary]:
    """Only those who import see it; the city sees its own."""
    list_in(union, mark=mark, state=ListState.IMPORTED)
    words = ("张三", "厂", "表", "因", "提示", "清单.xlsx")
    told = [Canary(f"{mark}{word}", shown=union.is_city and word == "清单.xlsx") for word in words]
    return [*told, Canary(f"送表{mark}", shown=union.is_city, case=False)]


def import_in(union: Union, *, mark: str = "") -> Import:
    """An import of `union` that wrote nothing; `mark` stands in its name."""
    made = Import(made_by=UserFactory(role=Role.CLERK, union=union, name=f"导表{mark}"), file_name=f"{mark}导入.xlsx")
    made.place_in(union)
    made.save()
    return made


def import_row(name: str, *, get: int, post: int) -> Row:
    def made(union: Union) -> dict:
        return {"pk": import_in(union).pk}

    return Row(name, get=codes(clerk=get), post=codes(clerk=post), make=made, absent=ABSENT)


def asked_back_in(union: Union) -> dict:
    """An import of `union` of which somebody asked to take it back."""
    made = import_in(union)
    made.asked_by, made.asked_at = made.made_by, timezone.now()
    made.save()
    return {"pk": made.pk}


def planted_import(union: Union, mark: str) -> list[Canary]:
    import_in(union, mark=mark)
    return [Canary(f"{mark}导入.xlsx", shown=False), Canary(f"导表{mark}", shown=False, case=False)]


def waiting_in(union: Union) -> dict:
    """A list of `union` of which somebody sent rows to a second person."""
    upload = list_in(union, state=ListState.IMPORTED)
    upload.sent_by = upload.uploaded_by
    upload.save()
    return {"pk": upload.pk}


held_row = partial(list_row, state=ListState.IMPORTED)
ROWS: tuple[Row, ...] = (
    Row("list_upload", get=codes(**LISTERS), post=codes(**LISTERS)),
    replace(list_row("list_columns", get=200, post=302), data={"leave": "1"}),  # what all rows lack
    list_row("list_kind", get=405, post=302),
    list_row("list_words", get=302, post=302),
    list_row("list_check", get=200, post=302),
    list_row("list_confirm", get=405, post=302),
    Row("held_list", get=codes(**LISTERS), post=codes(**dict.fromkeys(LISTERS, 405))),
    held_row("held_rows", get=200, post=302),
    held_row("held_drop", get=405, post=302),
    Row("list_second", get=codes(lead=200), post=codes(lead=302), make=waiting_in, absent=ABSENT),
    Row("import_list", get=codes(**CLERK), post=codes(clerk=405)),
    import_row("import_show", get=200, post=405),
    import_row("import_take_back", get=405, post=302),
    Row("import_asked", get=codes(lead=200), post=codes(lead=405)),
    Row("import_second", get=codes(lead=200), post=codes(lead=302), make=asked_back_in, absent=ABSENT),
)
PLANTS = (planted_list, planted_import)
