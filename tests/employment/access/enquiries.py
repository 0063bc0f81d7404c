"""Who may open the pages of enquiries."""

from uuid import UUID

from portal.enums import Role
from portal.models import Union, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.errors import WorkbookError
from portal.workbook.importing.service import Outcome
from tests.access import ABSENT, ASKERS, KEEPERS, NO_POST, Canary, Row, codes, own_kind_rows
from tests.employment import builders, enquiry_book
from tests.factories import UserFactory


def enquiry_in(union: Union) -> dict:
    return {"pk": builders.enquiry(union).pk}


def move_in(union: Union) -> dict:
    return enquiry_in(union) | {"name": "answer"}


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
    Row("enquirybook_upload", get=codes(**KEEPERS), post=codes(**KEEPERS)),
    Row("enquirybook_template", get=codes(**KEEPERS), post=codes(clerk=405)),
    upload_row("check", get=200, post=405, state=UploadState.CHECKED),
    upload_row("confirm", get=405, post=302, state=UploadState.CHECKED),
    upload_row("marked", get=200, post=405, state=UploadState.FAULTY),
)
PLANTS = (planted_enquiry,)
