"""A file, a case or a graduate made from an enquiry, or linked to it: nobody is typed twice, both saved or neither."""

import pytest
from django.urls import reverse

from aid.models import AidCase, Household
from employment.enquiries.services import Told, move_enquiry
from employment.models import Enquiry, Graduate
from portal.audit import By
from portal.models import AuditEntry
from tests import builders
from tests.employment.builders import enquiry
from tests.forms import errors, household_form, opened, send
from tests.reports import builders as make
from tests.workbook.sheets import fresh_id

pytestmark = pytest.mark.django_db

TELEPHONE = builders.TELEPHONE
CASE = {"mode": "社会助学", "stage": "高中", "standard": "3000"}
GRADUATE = {"school_location": "本市", "origin": "本市", "degree": "本科", "graduated_on": "2014-07-01"}
GRADUATE |= {"intention": "需要就业帮扶", "school": "示例大学"}


@pytest.fixture
def page(client_of, clerk):
    return client_of(clerk)


def move_page(page, of: Enquiry, move: str):
    return page.get(reverse("enquiry_move", args=[of.pk, move]))


def typed(union) -> dict:
    """What the enquiry does not know of a household."""
    known = {"worker_name", "worker", "union", "filed_on"}
    return {name: value for name, value in household_form(union).items() if name not in known}


def test_file_is_made_from_an_enquiry_which_it_closes(page, clerk, district, grassroots):
    number = fresh_id()
    of = enquiry(grassroots, "曾来电", id_number=number)
    ((_words, address),) = move_page(page, of, "file").context["fresh"]
    shown = page.get(address)
    assert not [secret for secret in (number, TELEPHONE) if secret in shown.content.decode()]
    assert f'href="/enquiries/{of.pk}/"' in shown.content.decode()
    form = opened(page, address)
    assert (form["worker_name"], form["union"]) == ("曾来电", grassroots.code)
    for _turn in range(2):  # pressed twice
        assert page.post(address, form | typed(grassroots)).status_code == 302
    home, of = Household.objects.get(), Enquiry.objects.get()
    assert (home.worker_name, home.worker.id_number, home.telephone) == ("曾来电", number, TELEPHONE)
    assert (of.outcome, of.household, of.closed_by, of.version) == ("filed", home, clerk, 2)
    assert AuditEntry.objects.filter(action="moved").count() == 1
    assert f'href="/households/{home.pk}/"' in page.get(f"/enquiries/{of.pk}/").content.decode()


def test_what_is_typed_goes_before_what_the_enquiry_says(page, district):
    number = fresh_id()
    address = f"/households/new/?enquiry={enquiry(district, id_number=fresh_id()).pk}"
    told = {"worker": number, "worker_name": "曾本人", "telephone": "13900001111"}
    assert send(page, address, **typed(district), **told).status_code == 302
    home = Household.objects.get()
    assert (home.worker.id_number, home.worker_name, home.telephone) == (number, "曾本人", "13900001111")


def test_number_is_asked_where_the_enquiry_has_none(page, district):
    address = f"/households/new/?enquiry={enquiry(district).pk}"
    assert errors(send(page, address, **typed(district))) == {"worker": ["必须填写"]}
    assert Enquiry.objects.get().is_open


def test_person_known_in_another_unit_is_told_at_once_and_can_be_asked_for(page, district, foreign_district):
    home = builders.household(foreign_district, "秘密姓名")
    address = f"/households/new/?enquiry={enquiry(district, id_number=home.worker.id_number).pk}"
    shown = page.get(address).content.decode()
    assert "此人在“西山区总工会”已有未注销的档案" in shown
    assert "秘密姓名" not in shown
    assert page.post(address, opened(page, address) | typed(district)).status_code == 200
    assert Enquiry.objects.get().is_open
    assert page.post(address, {"ask": "1"}).url == reverse("transfer_list")
    assert home.transfers.get().to_union == district


def test_file_is_not_made_where_the_enquiry_was_closed_meanwhile(page, clerk, district):
    of = enquiry(district, id_number=fresh_id())
    address = f"/households/new/?enquiry={of.pk}"
    form = opened(page, address) | typed(district)
    move_enquiry(of, "answer", by=By(clerk), told=Told("已告知"))
    answer = page.post(address, form)
    assert errors(answer) == {"__all__": ["现在的状态是“已答复”，不能“建档”。"]}
    assert not Household.objects.exists()
    assert page.get(address).status_code == 403


@pytest.mark.parametrize("name", ["household", "aidcase", "graduate"])
@pytest.mark.parametrize("which", ["foreign", "absent", "letters"])
def test_enquiry_of_others_fills_no_form(page, district, foreign_district, name, which):
    named = {"foreign": enquiry(foreign_district).pk, "absent": 987654321, "letters": "x"}[which]
    child = builders.child(district)
    address = f"{reverse(f'{name}_create')}?child={child.pk}&enquiry={named}"
    assert page.get(address).status_code == 404
    assert page.post(address, {}).status_code == 404


def test_case_of_a_child_is_made_from_an_enquiry_which_it_closes(page, campaign, district):
    child = builders.child(district, household=builders.household(district, "曾来电"))
    of = enquiry(district, "曾来电")
    ((words, address),) = move_page(page, of, "aid").context["fresh"]
    assert words == "为曾小丽新建助学申请"
    answer = send(page, address, **CASE)
    assert answer.status_code == 302, errors(answer)
    case, of = AidCase.objects.get(), Enquiry.objects.get()
    assert (case.child, of.outcome, of.case) == (child, "applied_for_aid", case)


def test_graduate_below_a_file_is_made_from_an_enquiry_which_it_closes(page, district):
    number = fresh_id()
    home = builders.household(district, "曾来电")
    builders.child(district, household=home, stage="senior")  # at school: no graduate yet
    of = enquiry(district, "曾来电", id_number=number, kind="job_seeking")
    ((_words, address),) = move_page(page, of, "help").context["fresh"]
    assert number not in page.get(address).content.decode()
    answer = send(page, address, **GRADUATE)
    assert answer.status_code == 302, errors(answer)
    graduate, of = Graduate.objects.get(), Enquiry.objects.get()
    assert (graduate.name, graduate.person.id_number, graduate.household) == ("曾来电", number, home)
    assert (of.outcome, of.graduate) == ("helped", graduate)


def test_child_that_becomes_a_graduate_keeps_its_own_number(page, district):
    child = builders.child(district, "曾求职", stage="bachelor")
    of = enquiry(district, "曾求职", id_number=fresh_id(), kind="job_seeking")
    fresh = dict(move_page(page, of, "help").context["fresh"])
    answer = send(page, fresh["将子女曾求职登记为高校毕业生"], **GRADUATE)
    assert answer.status_code == 302, errors(answer)
    assert Graduate.objects.get().person == child.person
    assert Enquiry.objects.get().outcome == "helped"


def test_without_a_child_on_file_the_page_says_what_comes_first(page, district):
    shown = move_page(page, enquiry(district, "曾陌生"), "aid")
    assert shown.context["fresh"] == []
    assert "请先建档并登记子女" in shown.content.decode()


# Linked to what is there


def test_records_of_that_name_or_number_are_offered_and_no_others(page, district, foreign_district):
    home = builders.household(district, "曾来电")
    daughter = builders.child(district, household=home)
    case = make.case(district, child=daughter)
    graduate = builders.graduate(district, household=home)
    by_number = builders.household(district, "曾用名")
    builders.household(district, "曾旁人")
    builders.household(district, "曾来电", closed_on="2014-06-01")
    builders.household(foreign_district, "曾来电")
    of = enquiry(district, "曾来电", id_number=by_number.worker.id_number)

    def offered(move: str) -> set[str]:
        return {int(pk) for pk, _words in move_page(page, of, move).context["form"].fields["chosen"].choices}

    assert offered("file") == {home.pk, by_number.pk}
    assert offered("aid") == {case.pk}
    assert offered("help") == {graduate.pk}


def test_chosen_record_is_linked_once(page, district):
    home = builders.household(district, "曾来电")
    of = enquiry(district, "曾来电")
    address = reverse("enquiry_move", args=[of.pk, "file"])
    assert page.post(address, {"chosen": home.pk, "words": "原有档案"}).url == f"/enquiries/{of.pk}/"
    answer = page.post(address, {"chosen": home.pk})
    assert errors(answer) == {"__all__": ["现在的状态是“已建档”，不能“建档”。"]}
    of.refresh_from_db()
    assert (of.household, of.outcome_text, of.version) == (home, "原有档案", 2)


def test_record_is_named_by_its_number(page, district):
    home = builders.household(district, "曾改名", number="D-9")
    case = make.case(district, child=builders.child(district, household=home), number="A-9")
    graduate = builders.graduate(district)
    typed_by = {"file": ("D-9", home), "aid": ("A-9", case), "help": (graduate.person.id_number, graduate)}
    for move, (number, record) in typed_by.items():
        of = enquiry(district)
        sent = {"typed": number, "asked": record.pk, "is_meant": "on"}
        assert page.post(reverse("enquiry_move", args=[of.pk, move]), sent).status_code == 302
        of.refresh_from_db()
        assert record in (of.household, of.case, of.graduate)


def test_record_that_fits_neither_by_name_nor_by_number_is_named_and_asked_about(page, district):
    home = builders.household(district, "曾改名", number="D-9")
    other = builders.household(district, "曾另户", number="D-8")
    of = enquiry(district, "曾来电")
    address, sent = reverse("enquiry_move", args=[of.pk, "file"]), {"typed": "D-9", "words": "说明"}
    assert 'name="is_meant"' not in page.get(address).content.decode()
    answer = page.post(address, sent)
    words = "姓名和证件号码都与咨询人不符；确属此人或此户的，请勾选后再关联。"
    assert errors(answer) == {"is_meant": [f"这是“D-9 曾改名（东湖区总工会）”，{words}"]}
    form, drawn = answer.context["form"], answer.content.decode()
    assert all(f'name="{name}"' in drawn for name in ("asked", "is_meant"))
    shown = (form["typed"].value(), form["asked"].value(), form["is_meant"].value(), form["words"].value())
    assert shown == ("D-9", str(home.pk), False, "说明")
    told = sent | {"asked": home.pk, "is_meant": "on"}
    answer = page.post(address, told | {"typed": "D-8"})  # the tick was about another
    assert errors(answer) == {"is_meant": [f"这是“D-8 曾另户（东湖区总工会）”，{words}"]}
    assert answer.context["form"]["asked"].value() == str(other.pk)
    of.refresh_from_db()
    assert of.is_open
    assert page.post(address, told).status_code == 302
    of.refresh_from_db()
    assert of.household == home
    assert "曾改名" in page.get(reverse("enquiry_detail", args=[of.pk])).content.decode()


@pytest.mark.parametrize("by_name", [True, False])
def test_record_that_fits_by_name_or_number_is_not_asked_about(page, district, by_name):
    home = builders.household(district, "曾来电", number="D-9")
    who = {"name": "曾来电"} if by_name else {"name": "曾改名", "id_number": home.worker.id_number}
    of = enquiry(district, **who)
    assert page.post(reverse("enquiry_move", args=[of.pk, "file"]), {"typed": "D-9"}).status_code == 302


@pytest.mark.parametrize(
    ("move", "number", "reason"),
    [
        ("file", "", "请选择或填写一条记录。"),
        ("file", "D-7", "在您的工会范围内没有找到，请核对。"),
        ("aid", "A-7", "在您的工会范围内没有找到，请核对。"),
        ("help", "31010119700203011", "身份证号应为 18 位，现为 17 位，请核对"),
    ],
)
def test_wrong_number_is_told_and_foreign_is_like_absent(page, district, foreign_district, move, number, reason):
    builders.household(foreign_district, number="D-7")
    make.case(foreign_district, child=builders.child(foreign_district), number="A-7")
    answer = page.post(reverse("enquiry_move", args=[enquiry(district).pk, move]), {"typed": number, "words": "说明"})
    assert errors(answer) == {"typed": [reason]}
    assert answer.context["form"]["words"].value() == "说明"


def test_only_one_record_is_named(page, district):
    home = builders.household(district, "曾来电", number="D-9")
    address = reverse("enquiry_move", args=[enquiry(district, "曾来电").pk, "file"])
    answer = page.post(address, {"chosen": home.pk, "typed": "D-9"})
    assert errors(answer) == {"typed": ["只能选一条记录，请二者取一。"]}


def test_move_that_is_none_is_not_found(page, district):
    assert move_page(page, enquiry(district), "dance").status_code == 404


def test_move_that_is_over_leads_back_to_the_enquiry(page, district):
    of = enquiry(district, outcome="answered", outcome_text="已告知")
    answer = page.get(reverse("enquiry_move", args=[of.pk, "file"]), follow=True)
    assert answer.redirect_chain == [(f"/enquiries/{of.pk}/", 302)]
    assert "现在的状态是“已答复”，不能“建档”。" in answer.content.decode()
