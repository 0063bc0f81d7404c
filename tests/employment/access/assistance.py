"""Who may open the pages of help, promises, events and attendance."""

from portal.models import Union
from tests import builders
from tests.access import (
    ABSENT,
    EXPORTERS,
    KEEPERS,
    Canary,
    Named,
    Row,
    codes,
    editing_rows,
    own_kind_rows,
    record_row,
)
from tests.employment.builders import attendance, promise
from tests.reports import builders as make


def chosen_in(union: Union) -> dict:
    return {"ids": builders.graduate(union).pk}


def promise_in(union: Union) -> dict:
    return {"pk": promise(union).pk}


def promise_to_keep_in(union: Union) -> dict:
    """There is help to choose from, which is not chosen: the form again."""
    made = promise(union)
    make.assistance(union, graduate=made.graduate, kind=made.kind)
    return {"pk": made.pk}


def help_in(union: Union) -> dict:
    return {"pk": make.assistance(union, kind="policy").pk}


def fair_in(union: Union) -> dict:
    return {"pk": make.event(union, kind="job_fair").pk}


def signed_in(union: Union) -> dict:
    made = attendance(union)
    return {"pk": made.event_id, "graduate": made.graduate_id}


def planted_attendance(union: Union, mark: str) -> list[Canary]:
    event = make.event(union, kind="job_fair", title=f"{mark}签到会")
    came = builders.graduate(union, f"{mark}曾到场")
    attendance(union, event=event, graduate=came)
    return [Canary(event.title), Canary(came.name)]


def planted_promise(union: Union, mark: str) -> list[Canary]:
    made = promise(union, note=f"{mark}承诺说明")
    dropped = promise(union, closed_on=made.due_on, dropped_reason=f"{mark}不再需要")
    return [Canary(made.note), Canary(dropped.dropped_reason, shown=False)]


ROWS: tuple[Row, ...] = (
    *editing_rows("assistance", "graduate"),
    *editing_rows("jobevent"),
    *own_kind_rows("promise", promise, parent="graduate"),
    Row("promise_keep", get=codes(**KEEPERS), post=codes(**KEEPERS), make=promise_to_keep_in),
    Row("promise_drop", get=codes(**KEEPERS), post=codes(**KEEPERS), make=promise_in),
    record_row("attendance_list"),
    Row("attendance_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    # Nobody ticked: back to the list, which says so.
    Row("attendance_tick", get=codes(**KEEPERS), post=codes(clerk=302), make=fair_in),
    Row("attendance_scan", get=codes(**KEEPERS), post=codes(**KEEPERS), make=fair_in),
    Row("attendance_codes", get=codes(**KEEPERS), post=codes(clerk=405), make=fair_in),
    Row(
        "attendance_strike",
        get=codes(**KEEPERS),
        post=codes(**KEEPERS),
        make=signed_in,
        absent=ABSENT | {"graduate": ABSENT["pk"]},
    ),
    # Somebody else's graduates are nobody chosen: back to the list.
    Row(
        "help_many",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=chosen_in,
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
)
PLANTS = (planted_promise, planted_attendance)
