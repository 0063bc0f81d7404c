"""The button in a row of the list of cases: the move that brings this one on, for who may make it."""

import pytest
from django.urls import reverse

from aid.enums import CaseState
from portal.models import Campaign
from tests.aid import cases as casework
from tests.portal.web.test_kept_forms import end_session, sign_in

LIST, BATCH = reverse("aidcase_list"), reverse("case_batch")
FORWARD = {
    "clerk": {"draft": "submit", "checked": "put_on_notice", "approved": "follow_up", "followed_up": "close"},
    "lead": {"submitted": "check", "on_notice": "approve"},
}


def buttons(client) -> dict[str, str]:
    """The move offered in the row of each case."""
    ticked = client.get(LIST).context["ticked"]
    return {case.status: case.next_move.name for case, _row in ticked if case.next_move}


@pytest.mark.parametrize("role", FORWARD)
def test_row_offers_the_move_that_brings_the_case_on(client_of, clerk, lead, district, role):
    for state in CaseState:
        casework.case(district, state)
    assert buttons(client_of({"clerk": clerk, "lead": lead}[role])) == FORWARD[role]


def test_row_of_a_checked_case_offers_what_its_campaign_allows(client_of, lead, clerk, district):
    new, old = casework.case(district, "checked"), casework.case(district, "checked")
    casework.make.case(district, year=2013, child=old.child)
    unchecked = casework.case(district, "submitted")
    Campaign.objects.filter(year=2014).update(renewed_without_notice=True, check_first=False)
    offered = {
        user.role: {case.pk: case.next_move and case.next_move.name for case, _row in found.context["ticked"]}
        for user in (lead, clerk)
        if (found := client_of(user).get(LIST, {"year": "all"}))
    }
    keys = (new.pk, old.pk, unchecked.pk)
    assert [offered["lead"].get(key) for key in keys] == [None, "approve", None]
    assert [offered["clerk"].get(key) for key in keys] == ["put_on_notice"] * 3


def test_who_moves_nothing_sees_no_column_of_buttons(client_of, auditor, district):
    casework.case(district, "draft")
    page = client_of(auditor).get(LIST)
    assert "下一步" not in page.text
    assert 'name="row"' not in page.text


def test_button_asks_about_its_row_alone_whatever_is_ticked(client_of, clerk, district):
    mine, other = casework.case(district, "checked"), casework.case(district, "draft")
    sent = {"row": f"{mine.pk}:put_on_notice", "ids": [other.pk], "all": "1", "filters": ""}
    asked = client_of(clerk).post(BATCH, sent)
    assert asked.status_code == 200
    assert (asked.context["move"].name, asked.context["selection"].pks) == ("put_on_notice", (mine.pk,))


@pytest.mark.parametrize("row", ["x:submit", "999999999:submit", ":submit"])
def test_row_that_is_not_there_chooses_nothing(client_of, clerk, district, row):
    other = casework.case(district, "draft")
    answer = client_of(clerk).post(BATCH, {"row": row, "ids": [other.pk]}, follow=True)
    assert "请先在列表中勾选要办理的申请。" in answer.text


def test_row_of_another_union_chooses_nothing(client_of, clerk, foreign_district):
    of = casework.case(foreign_district, "draft")
    answer = client_of(clerk).post(BATCH, {"row": f"{of.pk}:submit"}, follow=True)
    assert "请先在列表中勾选要办理的申请。" in answer.text


def test_button_of_a_row_is_asked_about_after_signing_in_again(client_of, clerk, district):
    of, client = casework.case(district, "checked"), client_of(clerk)
    client.get(LIST)
    end_session(client)
    answer = client.post(BATCH, {"row": f"{of.pk}:put_on_notice", "filters": ""})
    asked = client.get(sign_in(client, clerk, answer.headers["Location"]).headers["Location"])
    assert (asked.context["move"].name, asked.context["selection"].pks) == ("put_on_notice", (of.pk,))


def test_unknown_move_is_not_found_and_a_forbidden_one_refused(client_of, clerk, district):
    of = casework.case(district, "on_notice")
    assert client_of(clerk).post(BATCH, {"row": f"{of.pk}:vanish"}).status_code == 404
    assert client_of(clerk).post(BATCH, {"row": f"{of.pk}:approve"}).status_code == 403
