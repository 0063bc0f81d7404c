"""Many cases at once: all pages of a filter, row by row, confirmed, and once."""

import re
import uuid

import pytest

from aid.casework.batches import run_batch
from aid.casework.moving import Why
from aid.models import AidCase, CaseEvent, PublicNotice
from portal.audit import By
from tests.aid import cases as casework
from tests.portal.web.test_kept_forms import end_session, sign_in

URL = "/cases/batch/"


def hidden(page: str) -> dict:
    """The hidden fields of the confirming form."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    fields: dict = {}
    for name, value in found:
        fields.setdefault(name, []).append(value.replace("&amp;", "&"))
    return fields


def asked(client, **data) -> dict:
    """Ask for a batch; what its confirming page would send."""
    return hidden(client.post(URL, data).content.decode())


def statuses() -> dict:
    return dict(AidCase.objects.values_list("number", "status"))


def test_all_pages_of_a_filter_are_meant_and_rows_are_judged_one_by_one(client_of, clerk, district, foreign_district):
    ready = [casework.answered(casework.case(district)) for _turn in range(55)]  # more than a page
    unanswered = casework.case(district)
    other_year = casework.answered(casework.case(district, year=2013))
    foreign = casework.answered(casework.case(foreign_district))
    client = client_of(clerk)
    page = client.post(URL, {"action": "submit", "all": "1", "filters": "campaign=2014&status=draft"}).content.decode()
    assert "全部 <strong>56</strong> 条" in page
    assert not CaseEvent.objects.exists()
    report = client.post(URL, hidden(page)).content.decode()
    assert "共 56 条：办理 55 条，未办理 1 条。" in report
    assert "请先填写政策落实情况" in report
    now = statuses()
    assert {now[of.number] for of in ready} == {"submitted"}
    assert {now[of.number] for of in (unanswered, other_year, foreign)} == {"draft"}


def test_rejections_by_mistake_are_taken_back_together_by_a_lead(client_of, lead, district):
    cases = [casework.answered(casework.case(district, "submitted")) for _turn in range(2)]
    client, ticked = client_of(lead), {"ids": [of.pk for of in cases]}
    for move, state in (("reject", "rejected"), ("reconsider", "submitted")):
        client.post(URL, asked(client, action=move, **ticked) | {"reason": "wrong_facts", "comment": ""})
        assert statuses() == {of.number: state for of in cases}
        assert "撤销不通过" in client.get(f"/cases/?status={state}").text


def test_confirmed_twice_it_acts_once(client_of, clerk, district):
    of = casework.answered(casework.case(district))
    client = client_of(clerk)
    sent = asked(client, action="submit", all="1", filters="status=draft")
    client.post(URL, sent)
    again = client.post(URL, sent).content.decode()
    assert "没有重复办理" in again
    assert of.number in again
    assert CaseEvent.objects.count() == 1


def test_a_set_that_changed_is_said_and_nothing_is_done(client_of, clerk, district):
    casework.answered(casework.case(district))
    client = client_of(clerk)
    sent = asked(client, action="submit", all="1", filters="status=draft")
    casework.answered(casework.case(district))
    page = client.post(URL, sent).content.decode()
    assert "现在是 2 条" in page
    assert not CaseEvent.objects.exists()
    assert "办理 2 条" in client.post(URL, hidden(page)).content.decode()


def test_ticked_rows_of_another_union_are_not_touched(client_of, clerk, district, foreign_district):
    mine, foreign = (casework.answered(casework.case(union)) for union in (district, foreign_district))
    client = client_of(clerk)
    sent = asked(client, action="submit", ids=[mine.pk, foreign.pk])
    assert sent["ids"] == [str(mine.pk)]
    client.post(URL, sent | {"ids": [mine.pk, foreign.pk]})
    assert statuses() == {mine.number: "submitted", foreign.number: "draft"}


@pytest.mark.parametrize("actor", ["clerk", "reviewer", "auditor", "admin"])
def test_approving_is_for_the_lead(client_of, request, district, actor):
    of = casework.on_notice(district)
    response = client_of(request.getfixturevalue(actor)).post(URL, {"action": "approve", "ids": of.pk})
    assert response.status_code == 403
    assert statuses() == {of.number: "on_notice"}


def test_approve_and_return_in_a_batch_with_reasons(client_of, lead, district):
    over, open_ = casework.on_notice(district), casework.on_notice(district)
    casework.objection(open_)
    client = client_of(lead)
    report = client.post(URL, asked(client, action="approve", ids=[over.pk, open_.pk])).content.decode()
    assert "办理 1 条，未办理 1 条" in report
    assert "未处理的公示异议" in report
    sent = asked(client, action="return", ids=[open_.pk])
    assert client.post(URL, sent).status_code == 400
    assert statuses()[open_.number] == "on_notice"
    client.post(URL, sent | {"reason": "objected", "comment": "请核实"})
    assert statuses() == {over.number: "approved", open_.number: "draft"}
    assert CaseEvent.objects.get(case=open_).reason == "objected"


def test_put_on_notice_from_the_list_proposes_the_last_day(client_of, clerk, district):
    cases = [casework.case(district, "checked") for _turn in range(2)]
    client = client_of(clerk)
    response = client.post(URL, {"action": "put_on_notice", "ids": [of.pk for of in cases]})
    page, form = response.content.decode(), response.context["form"]
    details = {"kind": "employer", "place": "", "telephone": "63211939"}
    days = {name: form[name].value().isoformat() for name in ("first_day", "last_day")}
    assert client.post(URL, hidden(page) | details | days).status_code == 400
    report = client.post(URL, hidden(page) | details | days | {"place": "厂门口"})
    assert "打开公示单" in report.content.decode()
    assert PublicNotice.objects.get().noticed.count() == 2
    assert set(statuses().values()) == {"on_notice"}


def test_nothing_chosen_goes_back_to_the_list_with_its_filters(client_of, clerk):
    response = client_of(clerk).post(URL, {"action": "submit", "filters": "status=draft"}, follow=True)
    assert response.redirect_chain == [("/cases/?status=draft", 302)]
    assert "请先在列表中勾选" in response.content.decode()


def test_a_row_that_fails_leaves_the_others_and_the_key_repeats(district, clerk):
    good, bad = casework.answered(casework.case(district)), casework.case(district)
    why = Why(batch=uuid.uuid4())
    first = run_batch([good.pk, bad.pk], "submit", by=By(clerk), why=why)
    assert {outcome.case.pk: outcome.is_done for outcome in first} == {good.pk: True, bad.pk: False}
    casework.answered(bad)
    second = run_batch([good.pk, bad.pk], "submit", by=By(clerk), why=why)
    assert {outcome.case.pk: outcome.repeated for outcome in second} == {good.pk: True, bad.pk: False}
    assert CaseEvent.objects.count() == 2


def test_a_batch_sent_after_the_session_ended_is_shown_again_with_what_was_typed(client_of, clerk, district):
    of, client = casework.case(district, "checked"), client_of(clerk)
    sent = asked(client, action="put_on_notice", ids=[of.pk])
    end_session(client)
    answer = client.post(URL, sent | {"place": "东湖路公告栏", "kind": "community"})
    page = client.get(sign_in(client, clerk, answer.headers["Location"]).headers["Location"]).content.decode()
    assert "东湖路公告栏" in page
    assert "已找回" in page
    assert hidden(page)["ids"] == [str(of.pk)]
    assert statuses() == {of.number: "checked"}
