"""Grids of records on file: ticked in the list, changed where something is typed over, told what others changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from aid.enums import FundSource
from aid.models import AidCase, Child, Contribution, Visit
from employment.records import CHILD
from portal.audit import By
from portal.models import AuditEntry, FormDraft
from portal.records.editing import change_record
from tests import builders, grids
from tests.aid import cases as casework
from tests.reports import builders as make
from tests.workbook.sheets import fresh_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, clerk, grassroots):
    return client_of(clerk)


@pytest.fixture
def children(district, grassroots) -> list[Child]:
    """Two of the unit, one of them below it, with a version in their history."""
    made = [builders.child(district, "曾小丽", stage="junior", school="东湖中学"), builders.child(grassroots, "曾小红")]
    for child in made:
        del child.skip_history_when_saving
        child.save()
    return made


def test_ticked_records_stand_in_the_grid_with_sensitive_cells_masked(client, children):
    sent = grids.opened(client, *children)
    assert {name: sent[name] for name in ("name-1", "stage-1", "school-1", "name-2")} == {
        "name-1": "曾小丽",
        "stage-1": "初中",
        "school-1": "东湖中学",
        "name-2": "曾小红",
    }
    assert sent["person-1"] == sent["person-2"] == ""
    page = client.get(f"{reverse('child_grid_edit')}?set={sent['set']}")
    number = children[0].person.id_number
    assert number not in page.text
    assert f'placeholder="{number[:3]}***********{number[-4:]}"' in page.text
    assert not any(name.startswith("household-") for name in sent)


def test_only_what_is_typed_over_is_changed(client, clerk, children):
    first, second = children
    number = fresh_id()
    before = first.person.id_number
    sent = grids.opened(client, *children)
    answer = grids.save(client, sent, first, stage_1="高中", school_1="", person_2=number)
    assert (answer.status_code, answer.url) == (302, f"{reverse('child_list')}")
    first.refresh_from_db()
    second = Child.objects.get(pk=second.pk)
    assert (first.stage, first.school, first.person.id_number, first.version) == ("senior", "", before, 2)
    assert (second.name, second.person.id_number, second.version) == ("曾小红", number, 2)
    assert first.history.latest().history_user == clerk
    details = AuditEntry.objects.order_by("pk").values_list("subject", "detail")
    changed = [(subject, detail["fields"]) for subject, detail in details if detail.get("fields")]
    assert changed == [(first.audit_subject, ["就读学校", "学段"]), (second.audit_subject, ["人员"])]
    assert grids.told(client.get(answer.url))[0] == "已保存 2 条子女。"
    assert not FormDraft.objects.exists()


def test_nothing_typed_changes_nothing(client, children):
    sent = grids.opened(client, *children)
    answer = grids.save(client, sent, children[0])
    assert grids.told(client.get(answer.url)) == ["没有改动，不用保存。"]
    assert [child.version for child in Child.objects.order_by("pk")] == [1, 1]


def test_right_lines_are_saved_while_wrong_ones_stay_as_typed(client, children):
    sent = grids.opened(client, *children)
    answer = grids.save(client, sent, children[0], "rows", stage_1="幼儿", school_2="育才中学")
    assert list(grids.faults(answer)) == ["stage-1"]
    assert grids.shown(answer)["stage-1"] == "幼儿"
    assert [line.line.number for line in answer.context["table"].lines] == [1]
    assert Child.objects.get(pk=children[1].pk).school == "育才中学"
    assert Child.objects.get(pk=children[0].pk).stage == "junior"
    again = client.get(f"{reverse('child_grid_edit')}?set={sent['set']}")
    assert again.context["restored"] is not None
    assert grids.shown(again)["stage-1"] == "幼儿"


def test_masked_cell_is_emptied_by_a_word_for_nothing(client, district):
    visit = builders.visit(district, person=make.child(district).person, needs="补习数学", visited_on=date(2014, 7, 20))
    sent = grids.opened(client, visit)
    assert sent["needs-1"] == ""
    assert grids.save(client, sent, visit, visitor_1="王干部").status_code == 302
    assert Visit.objects.get().needs == "补习数学"
    assert grids.save(client, grids.opened(client, visit), visit, needs_1="无").status_code == 302
    assert Visit.objects.get().needs == ""


def test_what_somebody_else_changed_meanwhile_is_told_at_its_cell(client, lead, children):
    first = children[0]
    sent = grids.opened(client, *children)
    editing = Child.objects.get(pk=first.pk)
    change_record(CHILD.editing, editing, values={"stage": "senior", "school": "新港中学"}, by=By(lead))
    answer = grids.save(client, sent, first, stage_1="小学", name_2="曾小虹", button="rows")
    told = "他人已改为“%s”，请核对后再保存"
    assert grids.faults(answer) == {"stage-1": [told % "高中"], "school-1": [told % "新港中学"]}
    cells = grids.shown(answer)
    assert (cells["stage-1"], cells["school-1"], cells["version-1"]) == ("小学", "新港中学", "2")
    assert Child.objects.get(pk=children[1].pk).name == "曾小虹"
    assert grids.save(client, cells, first).status_code == 302
    first = Child.objects.get(pk=first.pk)
    assert (first.stage, first.school, first.version) == ("primary", "新港中学", 3)


def test_line_that_nobody_touched_is_left_as_somebody_else_left_it(client, lead, children):
    sent = grids.opened(client, *children)
    change_record(CHILD.editing, children[0], values={"school": "新港中学"}, by=By(lead))
    assert grids.save(client, sent, children[0], name_2="曾小虹").status_code == 302
    assert Child.objects.get(pk=children[0].pk).school == "新港中学"


def test_grid_sent_twice_changes_once(client, children):
    sent = grids.opened(client, *children)
    for _turn in range(2):
        assert grids.save(client, sent, children[0], stage_1="高中").status_code == 302
    assert Child.objects.get(pk=children[0].pk).version == 2


def test_case_that_was_submitted_is_not_changed(client, district):
    draft, submitted = casework.case(district), casework.case(district, "submitted")
    sent = grids.opened(client, draft, submitted)
    page = client.get(f"{reverse('aidcase_grid_edit')}?set={sent['set']}")
    words = "申请现在的状态是“已提交”，不能修改。如需修改，请由审核人退回。"
    assert grids.faults(page) == {"2": [words]}
    assert grids.save(client, sent, draft, sponsor_1="", mode_1="政策助学").status_code == 302
    refused = grids.save(client, grids.opened(client, draft, submitted), draft, standard_2="5")
    assert grids.faults(refused) == {"2": [words]}
    assert AidCase.objects.get(pk=submitted.pk).standard == submitted.standard


def test_contributions_that_shrink_together_must_leave_what_was_paid(client, district):
    paid = make.payment(district, amount=Decimal(150), source=FundSource.SOCIAL)
    Contribution.objects.all().delete()
    day = date(2014, 1, 5)
    gifts = [make.contribution(district, amount=Decimal(100), source=FundSource.SOCIAL, received_on=day) for _ in "ab"]
    assert paid.amount == 150
    sent = grids.opened(client, *gifts)
    assert grids.save(client, sent, gifts[0], amount_1="60").status_code == 302
    answer = grids.save(client, grids.opened(client, *gifts), gifts[0], amount_1="60", amount_2="60")
    assert list(grids.faults(answer)) == ["amount-2"]
    assert list(Contribution.objects.order_by("pk").values_list("amount", flat=True)) == [Decimal(60), Decimal(100)]


def test_records_of_another_union_are_not_found(client, children, foreign_district):
    address, theirs = reverse("child_grid_edit"), builders.child(foreign_district, "赵小西")
    assert client.post(address, {"ids": [children[0].pk, theirs.pk]}).status_code == 404
    sent = grids.opened(client, *children) | {"pk-2": str(theirs.pk)}
    assert client.post(address, sent | {"all": "1", "name-2": "改名"}).status_code == 404
    assert Child.objects.get(pk=theirs.pk).name == "赵小西"


def test_nothing_ticked_leads_back_to_the_list(client):
    answer = client.post(reverse("child_grid_edit"), {"filters": "stage=junior"})
    assert (answer.status_code, answer.url) == (302, f"{reverse('child_list')}?stage=junior")
    assert grids.told(client.get(answer.url)) == ["请先在列表中勾选要修改的记录。"]


def test_all_that_the_filters_find_are_opened(client, children):
    answer = client.post(reverse("child_grid_edit"), {"all": "1", "filters": "stage=junior"}, follow=True)
    assert [line.line.pk for line in answer.context["table"].lines] == [children[0].pk]
    saved = grids.save(client, grids.shown(answer), children[0], stage_1="高中")
    assert saved.status_code == 302


def test_list_offers_both_to_who_keeps_records_only(client, client_of, lead, children):
    page = client.get(reverse("child_list")).text
    assert f'href="{reverse("child_grid")}"' in page
    assert f'action="{reverse("child_grid_edit")}"' in page
    other = client_of(lead).get(reverse("child_list")).text
    assert reverse("child_grid") not in other
    assert 'name="ids"' not in other
