"""A recovery code opens the second step once; its owner and the unit's lead are told of every change."""

import re

import pytest
from django.urls import reverse

from portal.accounts.recovery import CODES, codes_left, make_codes, use_code
from portal.accounts.services import reset_password
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.enums import Role
from portal.models import AuditEntry, FactorChange, RecoveryCode
from tests.factories import PASSWORD, UserFactory, device_of

OWN, OTHERS = "近 7 天您的动态口令有变动", "近 7 天他人的动态口令有变动"


def after_password(client, user):
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def told(user) -> dict[str, int]:
    return {str(item.label): item.count for item in waiting_for(user)}


def test_binding_a_telephone_shows_the_codes_once_and_keeps_their_hashes(client, lead, client_of):
    browser = client_of(lead)
    page = browser.post("/second-factor/codes/").text
    codes = re.findall(r'portal-secret">([0-9A-Z-]{19})<', page)
    assert len(set(codes)) == CODES
    assert [code for code in codes if code in browser.get("/second-factor/codes/").text] == []
    assert "您还有 8 个没有用过" in browser.get("/second-factor/codes/").text
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    assert (
        after_password(client, lead).post("/second-factor/", {"code": codes[3].lower()}).url == "/second-factor/codes/"
    )
    assert client.get("/").status_code == 200


def test_code_opens_once_and_is_logged(client, lead):
    device_of(lead)
    code = make_codes(lead, by=By(lead))[0]
    after_password(client, lead).post("/second-factor/", {"code": code})
    client.post("/sign-out/")
    answer = after_password(client, lead).post("/second-factor/", {"code": code})
    assert "动态口令不正确或已用过" in answer.text
    assert client.get("/").url == "/second-factor/"
    assert codes_left(lead) == CODES - 1
    rows = AuditEntry.objects.filter(actor=lead).order_by("id").values_list("action", "detail")
    assert [(action, detail) for action, detail in rows if action in {"second_factor_set", "login_failed"}] == [
        ("second_factor_set", {"act": "生成恢复码"}),
        ("second_factor_set", {"act": "用恢复码登录"}),
        ("login_failed", {"step": "动态口令"}),
    ]


def test_wrong_codes_are_slowed(client, lead):
    device_of(lead)
    code = make_codes(lead, by=By(lead))[0]
    after_password(client, lead).post("/second-factor/", {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert "没有核对" in client.post("/second-factor/", {"code": code}).text
    assert codes_left(lead) == CODES


def test_code_is_of_one_person_and_goes_with_new_ones_and_with_a_reset(lead, reviewer, security):
    codes = make_codes(lead, by=By(lead))
    assert not use_code(reviewer, codes[0], by=By(reviewer))
    newer = make_codes(lead, by=By(lead))
    assert not use_code(lead, codes[0], by=By(lead))
    reset_password(lead, by=By(security))
    assert not use_code(lead, newer[0], by=By(lead))


def test_owner_and_lead_and_administrator_are_told_and_another_unit_is_not(
    client_of, lead, security, grassroots, foreign_district
):
    theirs = UserFactory(role=Role.LEAD, union=grassroots, name="赵街道")
    stranger = UserFactory(role=Role.LEAD, union=foreign_district)
    device_of(theirs)
    make_codes(theirs, by=By(theirs, "10.9.9.9"))
    assert told(theirs)[OWN] == 1
    assert OTHERS not in told(theirs)
    for second in (lead, security):
        assert told(second)[OTHERS] == 1
        assert "10.9.9.9" in client_of(second).get(reverse("accountrequest_list")).text
    assert OTHERS not in told(stranger)
    assert "赵街道" not in client_of(stranger).get(reverse("accountrequest_list")).text
    FactorChange.objects.update(at="2014-01-01T00:00:00Z")
    assert OWN not in told(theirs)


@pytest.mark.parametrize("person", ["clerk", "auditor"])
def test_who_has_no_second_factor_has_no_codes(request, client_of, person):
    assert client_of(request.getfixturevalue(person)).post("/second-factor/codes/").status_code == 403
