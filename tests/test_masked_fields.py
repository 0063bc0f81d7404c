"""Every masked field of every form: left alone it stays, typed over it changes, and what is not shown is not lost.

And who reads what on the pages of a family, without giving a reason: need to know.
"""

from collections import defaultdict

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from aid.models import Employer, NoticeBoard, Person
from employment.models import Enquiry
from employment.records import SEARCHED
from portal.days import ONE_DAY
from portal.fields import EncryptedTextField
from portal.identity import parse_id_number
from portal.models import AuditEntry
from portal.records.editing.declaration import is_sensitive
from portal.records.editing.fields import as_typed
from portal.records.editing.form import CLEAR, RecordForm
from portal.workbook.cells import CardCell, CodeCell, CodeListCell, IdNumberCell, TelephoneCell, TextCell
from tests import builders
from tests.aid import cases as casework
from tests.employment import builders as employing
from tests.forms import edit_address, opened
from tests.test_voiding_everywhere import MADE
from tests.workbook.sheets import id_number

CARDS = ("6222020000000000018", "6222020000000000026")
MASKED = [
    pytest.param(kind.editing, column, id=f"{kind.name}.{column.attribute}")
    for kind in SEARCHED
    if kind.editing
    for column in kind.editing.columns
    if is_sensitive(kind.editing.sheet, column)
]
every_masked_field = pytest.mark.parametrize(("editing", "column"), MASKED)


def samples(column) -> tuple[str, str]:
    """What is on file as the record holds it, and another value as somebody types it."""
    match column.cell:
        case IdNumberCell():
            return id_number(101, "20050315"), id_number(103, "20050315")
        case TelephoneCell():
            return "13812345678", "13987654321"
        case CardCell():
            return CARDS
        case CodeCell():
            codes, words = list(column.cell.labels), column.cell.words
            return (",".join(codes[:2]), words[2]) if isinstance(column.cell, CodeListCell) else (codes[0], words[1])
    return "旧的内容", "新的内容"


def on_file(editing, column, value: str):
    record = editing.sheet.model(version=1)
    field = editing.sheet.model._meta.get_field(column.attribute)
    is_person = field.is_relation
    if is_person:
        parsed = parse_id_number(value)
        value = Person(pk=1, id_number=parsed.number, sex=parsed.sex, birth_date=parsed.birth_date)
    setattr(record, column.attribute, value)
    return record


def values_of(editing, record, user, column, **typed):
    form = RecordForm(typed, editing=editing, user=user, record=record)
    form.full_clean()
    assert column.attribute not in form.errors, form.errors
    form.cleaned_data = defaultdict(str, form.cleaned_data)  # the other fields of the form are beside the point
    return form.values()


@every_masked_field
def test_masked_field_left_alone_stays(clerk, editing, column):
    kept, _other = samples(column)
    record = on_file(editing, column, kept)
    assert column.attribute not in values_of(editing, record, clerk, column)


@every_masked_field
def test_what_is_on_file_is_not_written_into_the_page(clerk, editing, column):
    kept, _other = samples(column)
    form = RecordForm(editing=editing, user=clerk, record=on_file(editing, column, kept))
    assert not form[column.attribute].value()
    assert kept not in str(form)


@every_masked_field
def test_what_is_typed_takes_its_place_or_joins_a_list(clerk, editing, column):
    kept, other = samples(column)
    record = on_file(editing, column, kept)
    typed = {column.attribute: other}
    wanted = column.cell.clean(other)
    is_list = isinstance(column.cell, CodeListCell)
    joined = f"{kept},{wanted}" if is_list else wanted
    assert values_of(editing, record, clerk, column, **typed)[column.attribute] == joined
    if not column.required:
        cleared = typed | {column.attribute + CLEAR: "on"}
        assert values_of(editing, record, clerk, column, **cleared)[column.attribute] == wanted
        emptied = values_of(editing, record, clerk, column, **{column.attribute + CLEAR: "on"})
        assert emptied[column.attribute] == ""


def edited_kinds(patterns=None):
    """Every kind that a form changes and of which something is masked on it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from edited_kinds(pattern.url_patterns)
        elif (pattern.name or "").endswith("_edit") and "kind" in pattern.callback.view_initkwargs:
            kind = pattern.callback.view_initkwargs["kind"]
            if any(is_sensitive(kind.editing.sheet, column) for column in kind.editing.columns):
                yield kind


MAKERS = MADE | {Enquiry: employing.enquiry, Employer: employing.employer}
every_form = pytest.mark.parametrize("kind", list(edited_kinds()), ids=lambda kind: kind.name)


def hidden_columns(kind):
    return [column for column in kind.editing.columns if is_sensitive(kind.editing.sheet, column)]


def filled(kind, union):
    """A record of the kind with something in every masked field."""
    record = MAKERS[kind.model](union)
    for column in hidden_columns(kind):
        field = kind.model._meta.get_field(column.attribute)
        if isinstance(field, EncryptedTextField):
            setattr(record, column.attribute, samples(column)[0])
    record.save()
    return kind.model.objects.get(pk=record.pk)


def sealed(kind, record) -> dict[str, str]:
    fresh = kind.model.objects.get(pk=record.pk)
    return {column.attribute: as_typed(column, column.get_value(fresh)) for column in hidden_columns(kind)}


def test_every_masked_form_is_tried():
    names = {kind.name for kind in edited_kinds()}
    assert {"household", "child", "graduate", "visit", "member", "assistance", "employer", "enquiry"} <= names
    assert {kind.model for kind in edited_kinds()} <= set(MAKERS)


@every_form
def test_editing_something_else_leaves_what_is_masked(client_of, clerk, district, kind):
    record = filled(kind, district)
    before, client, address = sealed(kind, record), client_of(clerk), edit_address(record)
    plain = [
        column
        for column in kind.editing.columns
        if type(column.cell) is TextCell
        and column not in hidden_columns(kind)
        and not column.refers
        and column.attribute not in {"number", "union"}
    ]
    typed = {plain[0].attribute: "改过的内容"} if plain else {}
    answer = client.post(address, opened(client, address) | typed)
    if answer.status_code == 200 and answer.context["form"].doubts:
        form = answer.context["form"]
        answer = client.post(address, dict(form.data.lists()) | {"confirmed": form.token})
    assert answer.status_code == 302, answer.context["form"].errors
    assert sealed(kind, record) == before
    if plain:
        column = plain[0]
        assert as_typed(column, column.get_value(kind.model.objects.get(pk=record.pk))) == "改过的内容"


@every_form
def test_masked_fields_are_revealed_to_be_changed_and_that_is_logged(
    client_of, clerk, district, kind, caplog, settings
):
    settings.SHOW_WHAT_IS_NEEDED = False
    record = filled(kind, district)
    before, client, address = sealed(kind, record), client_of(clerk), edit_address(record)
    refused = client.post(address, opened(client, address) | {"reveal_reason": ""})
    assert refused.status_code == 400
    assert "请选择查看理由。" in refused.text
    assert not AuditEntry.objects.filter(action="revealed").exists()
    shown = client.post(address, opened(client, address) | {"reveal_reason": "check"})
    assert shown.status_code == 200
    form = shown.context["form"]
    for column in hidden_columns(kind):
        if before[column.attribute]:
            value = form[column.attribute].value()
            assert (column.cell.separator.join(value) if isinstance(value, list) else value) == before[column.attribute]
    row = AuditEntry.objects.get(action="revealed")
    assert row.detail["reason"] == "核对"
    assert len(row.detail["fields"]) == len([text for text in before.values() if text]) > 0
    assert not [
        text for text in before.values() if len(text) > 4 and text in f"{row.detail} {row.subject} {caplog.text}"
    ]
    sent = {name: form.data.getlist(name) for name in form.fields if form.data.getlist(name)}
    answer = client.post(address, sent)
    if answer.status_code == 200 and answer.context["form"].doubts:
        answer = client.post(address, sent | {"confirmed": answer.context["form"].token})
    assert answer.status_code == 302, answer.context["form"].errors
    assert sealed(kind, record) == before
    cleared = next((c for c in hidden_columns(kind) if not c.required and before[c.attribute]), None)
    if cleared:
        page = client.post(address, opened(client, address) | {"reveal_reason": "check"})
        data = page.context["form"].data
        sent = {name: data.getlist(name) for name in page.context["form"].fields if data.getlist(name)}
        client.post(address, sent | {cleared.attribute: ""})
        assert sealed(kind, record) == before | {cleared.attribute: ""}


def test_revealed_choices_are_unticked_one_by_one(client_of, clerk, district, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    kind = next(kind for kind in edited_kinds() if kind.name == "household")
    record = filled(kind, district)
    column = next(column for column in hidden_columns(kind) if isinstance(column.cell, CodeListCell))
    client, address = client_of(clerk), edit_address(record)
    page = client.post(address, opened(client, address) | {"reveal_reason": "check"})
    data = page.context["form"].data
    ticked = data.getlist(column.attribute)
    assert len(ticked) == 2
    sent = {name: data.getlist(name) for name in page.context["form"].fields if data.getlist(name)}
    answer = client.post(address, sent | {column.attribute: ticked[1:]})
    assert answer.status_code == 302, answer.context["form"].errors
    kept = kind.model.objects.get(pk=record.pk)
    assert as_typed(column, column.get_value(kept)) == ticked[1]


def test_nobody_claims_that_a_form_was_revealed_or_opened(client_of, clerk, district, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    kind = next(kind for kind in edited_kinds() if kind.name == "household")
    record = filled(kind, district)
    before, client, address = sealed(kind, record), client_of(clerk), edit_address(record)
    client.post(address, opened(client, address) | {"revealed": "1", "opened": "1"})
    assert sealed(kind, record) == before


def test_who_works_on_a_family_changes_what_the_page_shows_and_nothing_of_a_form_that_hid_it(
    client_of, clerk, district, settings
):
    """Telephone and address stand in the fields; numbers and cards do not. What was opened masked stays when blank."""
    kind = next(kind for kind in edited_kinds() if kind.name == "household")
    record = filled(kind, district)
    before, client, address = sealed(kind, record), client_of(clerk), edit_address(record)
    settings.SHOW_WHAT_IS_NEEDED = False
    hid = opened(client, address)
    assert not AuditEntry.objects.filter(action="viewed").exists()
    settings.SHOW_WHAT_IS_NEEDED = True
    shown = opened(client, address)
    assert AuditEntry.objects.filter(action="viewed").count() == 1
    assert {name for name in before if name in shown} == kind.needed & set(before)
    assert shown["telephone"] == before["telephone"]
    for form in (hid, shown):
        assert client.post(address, form).status_code == 302
        assert sealed(kind, record) == before
        shown["version"] = kind.model.objects.get(pk=record.pk).version
    assert client.post(address, shown | {"telephone": ""}).status_code == 302
    assert sealed(kind, record) == before | {"telephone": ""}


NEEDED = {
    "household": {
        *("telephone", "other_contact", "address", "health", "health_note"),
        *("main_cause", "other_causes", "cause"),
        *("ethnicity", "political_status", "marriage", "registered_at", "disability", "medical_insurance"),
    },
    "aidcase": {
        *("child.household.telephone", "child.household.address", "child.household.health"),
        *("child.household.main_cause", "child.household.other_causes", "child.household.cause"),
    },
    "member": {"health"},
    "visit": {"needs"},
    "enquiry": {"telephone", "text"},
    "office": {"telephone"},
    "officequestion": {"answer"},
}
READERS = ("clerk", "lead", "grassroots_clerk", "reviewer", "auditor")
WHO_WORKS_ON_IT = {"clerk", "lead", "grassroots_clerk"}


def test_what_is_needed_is_named_here_and_neither_identity_numbers_nor_cards_are():
    needed = {kind.name: {fact.path for fact in kind.shown if fact.needed} for kind in SEARCHED}
    assert {name: paths for name, paths in needed.items() if paths} == NEEDED
    masked = {fact.path for kind in SEARCHED for fact in kind.shown if fact.mask and not fact.needed}
    assert {"worker.id_number", "person.id_number", "bank_card", "id_number"} <= masked


@pytest.fixture
def family(grassroots):
    """Pages of a family with everything that is needed, and what stays masked on them."""
    told = {"health": "chronic", "health_note": "长期服药", "other_contact": "其姐 63211939"}
    told |= {"main_cause": "illness", "other_causes": "schooling"}
    home = builders.household(grassroots, **told)
    member = builders.member(grassroots, home)
    type(member).objects.filter(pk=member.pk).update(health="disabled")
    case = casework.on_notice(grassroots, first=localdate(), last=localdate() + ONE_DAY)
    type(case.child).objects.filter(pk=case.child_id).update(household=home)
    visit = builders.visit(grassroots, needs="想在暑期学编程")
    asked = employing.enquiry(grassroots, telephone="13912345678", text="想问学费能否减免")
    return {"household": home, "aidcase": case, "member": member, "visit": visit, "enquiry": asked}


SHOWN = {
    "household": (
        *(builders.TELEPHONE, builders.ADDRESS, builders.CAUSE, "慢性病", "长期服药", "其姐 63211939"),
        *("本人或家属患大病", "子女上学"),
    ),
    "aidcase": (builders.TELEPHONE, builders.ADDRESS, builders.CAUSE, "慢性病", "本人或家属患大病", "子女上学"),
    "member": ("残疾",),
    "visit": ("想在暑期学编程",),
    "enquiry": ("13912345678", "想问学费能否减免"),
}


def facts_on(client, record) -> tuple[str, list[str]]:
    """What the page of `record` says, as its facts are given to the template, and that it says it."""
    page = client.get(reverse(f"{record._meta.model_name}_detail", args=[record.pk]))
    told = [fact["text"] for section in page.context["sections"] for fact in section.get("facts", ())]
    assert all(text in page.text for text in told if text.isalnum())
    return page.text, told


@pytest.mark.parametrize("reader", READERS)
def test_who_works_on_a_family_reads_what_is_needed_and_everybody_else_a_mask(request, client_of, family, reader):
    client = client_of(request.getfixturevalue(reader))
    home = family["household"]
    for name, record in family.items():
        page, told = facts_on(client, record)
        seen = {secret for secret in SHOWN[name] if any(secret in text for text in told)}
        assert seen == (set(SHOWN[name]) if reader in WHO_WORKS_ON_IT else set()), name
        assert not any(number in page for number in (home.worker.id_number, builders.CARD))
    viewed = AuditEntry.objects.filter(action="viewed", actor=request.getfixturevalue(reader))
    assert viewed.count() == len(family)
    assert not AuditEntry.objects.filter(action="revealed").exists()


@pytest.mark.parametrize("reader", ["clerk", "lead", "grassroots_clerk"])
def test_the_city_may_turn_it_off(request, client_of, family, settings, reader):
    settings.SHOW_WHAT_IS_NEEDED = False
    client = client_of(request.getfixturevalue(reader))
    for name, record in family.items():
        _page, told = facts_on(client, record)
        assert not any(secret in text for secret in SHOWN[name] for text in told)


@pytest.mark.parametrize("stranger", ["foreign_clerk", "admin"])
def test_other_units_and_administrators_open_no_page_of_it(request, client_of, family, stranger):
    client = client_of(request.getfixturevalue(stranger))
    codes = {
        client.get(reverse(f"{record._meta.model_name}_detail", args=[record.pk])).status_code
        for record in family.values()
    }
    assert codes == ({404} if stranger == "foreign_clerk" else {403})


def test_nothing_is_opened_on_lists_files_and_public_notices(client_of, lead, family):
    """The list, its file, the print of the family and the sheet that hangs: masked for who works on it, too."""
    client, home, case = client_of(lead), family["household"], family["aidcase"]
    notice = case.notices.get()
    for address in (
        reverse("household_list"),
        reverse("aidcase_list"),
        reverse("household_print", args=[home.pk]),
        reverse("publicnotice_detail", args=[notice.pk]),
        reverse("publicnotice_print", args=[notice.pk]),
        reverse("notice_board", args=[NoticeBoard.objects.get().token]),
    ):
        page = client.get(address)
        assert page.status_code == 200, address
        assert not any(secret in page.text for secret in SHOWN["household"][:6]), address
