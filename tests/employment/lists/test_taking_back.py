"""An import can be taken back while nothing has been built on it: afterwards the database is as it was."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from simple_history.models import HistoricalChanges

from aid.enums import CaseState
from aid.models import AidCase, CaseEvent, Child, Household
from portal.audit import By
from portal.enums import Role
from portal.models import (
    AuditEntry,
    Campaign,
    GoneNumber,
    Import,
    ImportedRecord,
    KeptCount,
    ListUpload,
    Union,
    UnitChange,
    UnitRevision,
)
from portal.records.taking_back.acts import take_back
from portal.records.taking_back.hindrances import NotTakenBack
from reports.counting.kept import FORM_FIGURES
from tests.employment.lists.browsing import go_on_from_columns, say, upload
from tests.employment.lists.commands import import_list
from tests.employment.lists.kept import FAIR, FAMILIES, KEPT
from tests.employment.lists.test_samples import EXPECTED, SAMPLES
from tests.factories import UserFactory
from tests.reports import builders as make

FAMILY_SAID = {"职工类别": "困难职工", "单亲": "否", "建档日期": "2026-03-01"}
FAMILY = """姓名,身份证号,困难类型,家庭住址,工作单位
王建国,310109197001102015,低保,望江路1号,老厂
"""
CHILDREN = """子女姓名,子女身份证号,学段,职工姓名,职工身份证号,家庭住址,工作单位
王小丽,310109200601203017,初中,王建国,310109197001102015,望江路2号,
王小红,31010920070221302,初中,王建国,310109197001102015,望江路2号,新厂
"""
# What tells of the import and of its taking back: its numbers are not given again, and both were writes of the unit.
ASIDE = (AuditEntry, Import, ImportedRecord, GoneNumber, UnitChange, UnitRevision, KeptCount)


@pytest.fixture
def hand(db):
    call_command("load_unions", SAMPLES / "unions.csv", verbosity=0)
    return UserFactory(role=Role.CLERK, union=Union.objects.get(code="310101"))


def everything() -> dict[str, list[dict]]:
    """Every row of every table, history and audit aside."""
    models = [model for model in apps.get_models() if not issubclass(model, HistoricalChanges) and model not in ASIDE]
    return {model._meta.label: sorted(map(str, model._base_manager.values())) for model in models}


def bring_in(name: str = "summary.xlsx", **changes) -> Import:
    wanted = EXPECTED[name] | changes
    assert import_list(SAMPLES / name, year=wanted.get("year"), said=wanted.get("set", {}))["ok"]
    return Import.objects.latest("made_at")


@pytest.mark.parametrize("name", EXPECTED)
def test_database_is_as_it_was(hand, name):
    before = everything()
    done = bring_in(name)
    assert everything() != before
    for campaign in Campaign.objects.all():
        FORM_FIGURES.of_units(campaign)  # what is kept of one that the import opened does not hold it back
    take_back(done, by=By(hand))
    KeptCount.objects.all().delete()
    assert everything() == before
    assert Import.objects.get().taken_back_by == hand


def test_what_was_changed_is_restored(hand):
    bring_in()
    home = Household.objects.order_by("pk").first()
    Household.objects.filter(pk=home.pk).update(employer="老厂", single_parent=True)
    before = everything()
    done = bring_in()
    assert Household.objects.get(pk=home.pk).employer == "春申食品厂"
    take_back(done, by=By(hand))
    assert {label: rows for label, rows in everything().items() if rows != before[label]} == {}
    assert home.history.latest().history_change_reason == "撤回导入"


def test_same_list_comes_in_again_afterwards_under_new_numbers(hand):
    done = bring_in()
    before = set(Household.objects.values_list("number", flat=True)) | set(
        AidCase.objects.values_list("number", flat=True)
    )
    take_back(done, by=By(hand))
    bring_in()
    assert not before & set(Household.objects.values_list("number", flat=True))
    assert not before & set(AidCase.objects.values_list("number", flat=True))
    assert [model.objects.count() for model in (Household, Child, AidCase)] == [6, 6, 6]


def test_payment_that_was_made_since_is_named(hand):
    done = bring_in()
    case = AidCase.objects.first()
    paid = make.payment(case.union, case=case)
    before = everything()
    with pytest.raises(NotTakenBack) as refused:
        take_back(done, by=By(hand))
    assert any("助学款发放" in reason and paid.number in reason for reason in refused.value.reasons)
    assert everything() == before


def test_record_that_was_changed_since_is_named(hand):
    done = bring_in("title-rows.xlsx")
    Household.objects.filter(number="W003").update(employer="新厂")
    with pytest.raises(NotTakenBack, match="W003 在导入之后又有改动"):
        take_back(done, by=By(hand))


def test_case_that_moved_since_is_named_once_with_what_was_done(hand):
    done = bring_in()
    case = AidCase.objects.first()
    CaseEvent.objects.create(case=case, move="check", state=CaseState.CHECKED, actor=hand)
    AidCase.objects.filter(pk=case.pk).update(status=CaseState.CHECKED)
    with pytest.raises(NotTakenBack) as refused:
        take_back(done, by=By(hand))
    assert refused.value.reasons == [f"“助学申请”{case.number} 在导入之后又办理过，到了“已初审”"]


def test_taken_back_twice_is_refused(hand):
    done = bring_in()
    take_back(done, by=By(hand))
    with pytest.raises(NotTakenBack, match="已经撤回"):
        take_back(done, by=By(hand))


def test_page_lists_what_was_written_and_takes_it_back(hand, client_of):
    done, page = bring_in("title-rows.xlsx"), client_of(hand)
    text = page.get(reverse("import_show", args=[done.pk])).text
    assert "W003" in text
    for home in Household.objects.all():
        assert f'<a href="{reverse("household_detail", args=[home.pk])}">{home.number} {home.worker_name}</a>' in text
    assert "撤回（新增 6 条）" in text
    assert not page.get(reverse("import_show", args=[done.pk]) + "?new=子女").context["rows"]
    assert "310109197304132043" not in text
    answer = page.post(reverse("import_take_back", args=[done.pk]), follow=True)
    assert "已撤回这次导入" in answer.text
    assert not Household.objects.exists()
    listed = page.get(reverse("import_list"))
    assert [(each.pk, counts.created, counts.changed) for each, counts in listed.context["rows"]] == [(done.pk, 6, 0)]
    assert "已撤回（" in listed.text


def test_database_is_as_it_was_before_a_list_was_confirmed_on_its_page(hand, client_of):
    """All but the list itself, which is open again."""
    page, wanted = client_of(hand), EXPECTED["summary.xlsx"]
    upload(page, (SAMPLES / "summary.xlsx").read_bytes(), "summary.xlsx")
    pk = ListUpload.objects.get().pk
    go_on_from_columns(page, pk, **say(page, pk, wanted["set"]))
    before = everything()
    page.post(reverse("list_confirm", args=[pk]))
    assert Household.objects.count() == 6
    take_back(Import.objects.get(), by=By(hand))
    differing = {label for label, rows in everything().items() if rows != before[label]}
    assert differing - {"portal.SignInSession"} == {"portal.ListUpload"}  # a session is written once a minute


def test_family_that_rows_completed_later_changed_is_as_it_was_before_the_list(hand, client_of):
    """It was on file; the list changed its address, and a row of it that was completed later its employer."""
    page = client_of(hand)
    upload(page, FAMILY.encode(), "家庭.csv")
    pk = ListUpload.objects.get().pk
    go_on_from_columns(page, pk, **say(page, pk, FAMILY_SAID))
    page.post(reverse("list_confirm", args=[pk]))
    home = Household.objects.get()
    upload(page, CHILDREN.encode(), "子女.csv")
    pk = ListUpload.objects.latest("uploaded_at").pk
    go_on_from_columns(page, pk, **say(page, pk, FAMILY_SAID))
    before = everything()
    page.post(reverse("list_confirm", args=[pk]))
    page.post(reverse("held_rows", args=[pk]), {"cell-3-@1": "31010920070221302X"})
    changed = Household.objects.get()
    assert (changed.address, changed.employer, Child.objects.count()) == ("望江路2号", "新厂", 2)
    answer = page.post(reverse("import_take_back", args=[Import.objects.latest("made_at").pk]), follow=True)
    assert "已撤回这次导入" in answer.text
    differing = {label for label, rows in everything().items() if rows != before[label]}
    assert differing - {"sessions.Session"} == {"portal.ListUpload"}
    assert Household.objects.get().address == home.address == "望江路1号"


def test_blocked_taking_back_says_what_to_do_in_place_of_the_button(hand, client_of):
    done, page = bring_in(), client_of(hand)
    show = reverse("import_show", args=[done.pk])
    button = f'action="{reverse("import_take_back", args=[done.pk])}"'
    assert button in page.get(show).text
    home = Household.objects.order_by("pk").first()
    case = AidCase.objects.first()
    Household.objects.filter(pk=home.pk).update(employer="新厂")
    CaseEvent.objects.create(case=case, move="check", state=CaseState.CHECKED, actor=hand)
    for answer in (page.get(show), page.post(reverse("import_take_back", args=[done.pk]))):
        told = [
            (hindrance.about, hindrance.is_change, link.url) for hindrance, link in answer.context["blocked"].hindrances
        ]
        assert told == [
            (("aid.aidcase", case.pk), False, reverse("aidcase_detail", args=[case.pk])),
            (("aid.household", home.pk), True, reverse("household_detail", args=[home.pk])),
        ]
        assert "现在不能整次撤回，什么也没有改动" in answer.text
        assert ("把内容改回导入时的样子" in answer.text, "办过的业务要留存" in answer.text) == (True, True)
        assert button not in answer.text


def test_lists_of_every_kind_taken_back_the_last_first_leave_nothing(tmp_path, district, grassroots, clerk):
    """As benchmarks/lists_in.py does with 5 000 rows of each sample: each in turn stands on those before it."""
    states = []
    contents = [(FAMILIES, {}), (FAIR, {}), *((kept.content, kept.said) for kept in KEPT)]
    for content, said in contents:
        (tmp_path / "list.xlsx").write_bytes(content)
        states.append(everything())
        import_list(tmp_path / "list.xlsx", unit=district.code, said=said)
    made = list(Import.objects.order_by("made_at", "pk"))
    assert len(made) == len(contents)
    for imported, before in zip(reversed(made), reversed(states), strict=True):
        take_back(imported, by=By(clerk))
        assert everything() == before
