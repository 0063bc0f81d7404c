"""The directory of employers: made by hand or from a practice post, one page for all that one gave."""

import pytest
from django.urls import reverse

from aid.models import Employer
from portal.identity import IdentityError, parse_credit_code
from portal.models import AuditEntry
from tests import builders
from tests.aid.visiting import placement
from tests.employment.builders import employer
from tests.forms import create_address, edit_address, errors, opened, send
from tests.lists import questions, shown
from tests.reports import builders as make


def counts(client, of: Employer) -> dict[str, int]:
    """The tables on the page of an employer with their numbers of rows."""
    sections = client.get(reverse("employer_detail", args=[of.pk])).context["sections"]
    return {str(section["title"]): section["count"] for section in sections if "table" in section}


def test_employer_is_made_by_hand_and_its_name_is_brought_to_one_form(client_of, clerk, district):
    typed = {
        "name": " 晨光公司（示例） ",
        "credit_code": "91110000600037341l",
        "trade": "制造业",
        "union": district.code,
    }
    assert send(client_of(clerk), create_address("employer"), **typed).status_code == 302
    made = Employer.objects.get()
    assert (made.name, made.credit_code, made.trade) == ("晨光公司(示例)", "91110000600037341L", "C")
    assert made.history.count() == 1


@pytest.mark.parametrize("code", ["91310000600037341L", "9111000060003734", "91110000600037341I"])
def test_credit_code_with_a_wrong_character_is_refused(code):
    with pytest.raises(IdentityError):
        parse_credit_code(code)


def test_second_employer_of_the_same_name_in_the_unit_is_refused(client_of, clerk, grassroots, district):
    employer(grassroots, name="晨光公司")
    answer = send(client_of(clerk), create_address("employer"), name="晨光公司", union=district.code)
    assert "本单位已有同名的用人单位。" in answer.content.decode()
    assert Employer.objects.count() == 1


def test_employer_of_a_practice_post_is_entered_with_one_click(client_of, clerk, grassroots):
    post = make.practice_post(grassroots, employer="晨光公司")
    client = client_of(clerk)
    page = client.get(reverse("practicepost_detail", args=[post.pk]))
    address = reverse("employer_create") + f"?practicepost={post.pk}"
    assert dict(page.context["links"])["登记到用人单位名录"] == address
    typed = opened(client, address)
    assert (typed["name"], typed["union"]) == ("晨光公司", grassroots.code)
    assert client.post(address, typed).status_code == 302
    page = client.get(reverse("practicepost_detail", args=[post.pk]))
    assert "登记到用人单位名录" not in dict(page.context["links"])
    assert reverse("employer_detail", args=[Employer.objects.get().pk]) in page.content.decode()


def test_practice_post_of_another_unit_gives_no_name(client_of, clerk, foreign_district):
    post = make.practice_post(foreign_district)
    assert client_of(clerk).get(reverse("employer_create") + f"?practicepost={post.pk}").status_code == 404


def test_practice_post_does_not_link_to_an_employer_above_the_readers_scope(
    client_of, grassroots_clerk, grassroots, district
):
    above = employer(district, name="晨光公司")
    post = make.practice_post(grassroots, employer="晨光公司")
    page = client_of(grassroots_clerk).get(reverse("practicepost_detail", args=[post.pk]))
    assert reverse("employer_detail", args=[above.pk]) not in page.content.decode()


def test_form_of_a_practice_post_suggests_the_employers_in_scope(client_of, clerk, grassroots, foreign_district):
    employer(grassroots, name="晨光<公司>")
    employer(foreign_district, name="西山公司")
    page = client_of(clerk).get(create_address("practicepost")).content.decode()
    assert '<option value="晨光&lt;公司&gt;"></option>' in page
    assert "西山公司" not in page


def test_page_shows_what_it_gave_in_its_own_unit(client_of, clerk, reviewer, district, grassroots, foreign_district):
    of = employer(district, name="晨光公司")
    post = make.practice_post(grassroots, employer="晨光公司")
    make.practice_post(grassroots, employer="晨光")
    make.practice_post(foreign_district, employer="晨光公司")
    placement(grassroots, post=post)
    make.assistance(district, kind="placement", provider="晨光公司")
    make.assistance(district, kind="training", provider="晨光公司")
    make.assistance(foreign_district, kind="placement", provider="晨光公司")
    expected = {"社会实践岗位": 1, "上岗的学生": 1, "录用的毕业生": 1}
    for user in (clerk, reviewer):
        found = counts(client_of(user), of)
        assert {title: found[title] for title in expected} == expected


def test_telephone_is_masked_until_it_is_revealed_for_a_reason(client_of, clerk, district):
    of = employer(district, telephone=builders.TELEPHONE)
    client = client_of(clerk)
    assert builders.TELEPHONE not in client.get(reverse("employer_detail", args=[of.pk])).content.decode()
    assert builders.TELEPHONE not in client.get(edit_address(of)).content.decode()
    answer = client.post(reverse("employer_reveal", args=[of.pk]), {"reason": "work"})
    assert builders.TELEPHONE in answer.content.decode()
    row = AuditEntry.objects.get(action="revealed")
    assert (row.subject, row.detail) == (f"用人单位 {of.number}", {"reason": "就业服务", "fields": ["联系电话"]})


def test_list_is_narrowed_by_trade_and_by_a_part_of_the_district(client_of, clerk, district):
    first = employer(district, trade="C", district="东湖区")
    second = employer(district, trade="P", district="西山区")
    client = client_of(clerk)
    assert shown(client, "employer") == {first.number, second.number}
    assert shown(client, "employer", trade="C") == {first.number}
    assert shown(client, "employer", district="西山") == {second.number}


def test_list_asks_as_many_questions_for_three_as_for_one(client_of, clerk, district):
    client = client_of(clerk)
    employer(district)
    with_one = questions(client, "employer")
    employer(district)
    employer(district)
    assert questions(client, "employer") == with_one


def test_wrong_telephone_keeps_what_was_typed(client_of, clerk, district):
    typed = {"name": "晨光公司", "telephone": "123", "union": district.code}
    answer = send(client_of(clerk), create_address("employer"), **typed)
    assert list(errors(answer)) == ["telephone"]
    assert answer.context["form"]["name"].value() == "晨光公司"
