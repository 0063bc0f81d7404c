"""Who may open the pages of enquiries."""

from uuid import UUID

from django.utils.timezone import localdate

from portal.enums import Role
from portal.models import Union, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.service import Outcome
from tests.access import ABSENT, ASKERS, KEEPERS, NO_POST, Canary, Named, Row, codes, own_kind_rows, record_row
from tests.employment import builders, enquiry_book
from tests.factories import UserFactory


def enquiry_in(union: Union) -> dict:
    return {"pk": builders.enquiry(union).pk}


def move_in(union: Union) -> dict:
    return enquiry_in(union) | {"name": "answer"}


CITY = {"reviewer": 200}


def handed_down_in(union: Union) -> dict:
    given = {"from_city": True, "handed_on": localdate(), "due_on": localdate()}
    return {"pk": builders.enquiry(union, **given).pk, "name": "recall"}


def upload_in(union: Union, state: UploadState, mark: str = "") -> WorkbookUpload:
    fault = WorkbookError(enquiry_book.TITLE, 2, "姓名", f"{mark}格", f"{mark}因")
    errors = [fault] if state == UploadState.FAULTY else []
    made = WorkbookUpload(
        kind="enquirybook",
        uploaded_by=UserFactory(role=Role.CLERK, union=union),
        file_name=f"{mark}热线.xlsx",
        content=enquiry_book.content([enquiry_book.row(1, union.code)]),
        state=state,
        outcome=Outcome(dry_run=True, notices=[f"{mark}热线提示"], errors=errors).dumps(),
    )
    made.place_in(union)
    made.save()
    return made


def upload_row(act: str, *, get: int, post: int, state: UploadState) -> Row:
    def made(union: Union) -> dict:
        return {"pk": upload_in(union, state).pk}

    absent = {"pk": UUID(int=0)}
    return Row(f"enquirybook_{act}", get=codes(clerk=get), post=codes(clerk=post), make=made, absent=absent)


def planted_enquiry(union: Union, mark: str) -> list[Canary]:
    """A closed one, and what was uploaded; its words, telephone and text are told to nobody unasked."""
    telephone, words = f"1391625{union.code[-4:]}", f"{mark}已电话答复"
    texts = {"text": f"{mark}患病求助", "outcome": "answered", "outcome_text": words, "telephone": telephone}
    made = builders.enquiry(union, f"{mark}来电人", number=f"{mark}H1", **texts)
    upload_in(union, UploadState.CHECKED, mark)
    hidden = (made.text, made.outcome_text, telephone, f"{mark}热线.xlsx", f"{mark}热线提示")
    return [Canary(made.name), Canary(made.number), *(Canary(text, shown=False) for text in hidden)]


ROWS: tuple[Row, ...] = (
    *own_kind_rows("enquiry", builders.enquiry),
    Row("enquiry_reveal", get=codes(**NO_POST), post=codes(**ASKERS), make=enquiry_in, data={"reason": "check"}),
    Row("enquiry_move", get=codes(**KEEPERS), post=codes(**KEEPERS), make=move_in, absent=ABSENT | {"name": "answer"}),
    Row("hotline_create", get=codes(**CITY), post=codes(**CITY)),
    # What the city took in and no unit has is nobody else's; of the units' own nothing is the city's to change.
    Row("hotline_edit", get=codes(reviewer=404), post=codes(reviewer=404), make=enquiry_in),
    Row("hotline_move", get=codes(**CITY), post=codes(**CITY), make=handed_down_in, absent=ABSENT | {"name": "recall"}),
    Row(
        "hotline_hand_down",
        get=codes(reviewer=302),
        post=codes(reviewer=302),
        make=lambda union: {"ids": enquiry_in(union)["pk"]},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    record_row("hotline_units"),
    Row("hotline_answers", get=codes(**CITY), post=codes(reviewer=302)),
    Row(
        "hotline_answers_file",
        get=codes(reviewer=404),
        post=codes(reviewer=405),
        make=lambda _union: {"day": "2014-07-01"},
        absent={"day": "2014-07-02"},
    ),
    Row("enquirybook_upload", get=codes(**KEEPERS), post=codes(**KEEPERS)),
    Row("enquirybook_template", get=codes(**KEEPERS), post=codes(clerk=405)),
    upload_row("check", get=200, post=405, state=UploadState.CHECKED),
    upload_row("confirm", get=405, post=302, state=UploadState.CHECKED),
    upload_row("marked", get=200, post=405, state=UploadState.FAULTY),
)
PLANTS = (planted_enquiry,)
