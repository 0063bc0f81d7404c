"""The public page of a unit: accepted figures alone, nobody told of, switched off by the unit and by the city."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from aid.models import AidStandard
from aid.sponsors.exemplars import withdraw
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.enums import PublicPart, ReportState
from reports.models import PublicPage
from reports.openness.published import PublicLine, tables
from reports.openness.setting import set_public_page
from reports.views.openness import open_page
from tests import builders
from tests.aid.visiting import PNG, exemplar, exemplar_file, project, project_gain, project_payment
from tests.papers import PDF
from tests.reports.submissions import report, set_state

ALL = frozenset(PublicPart)
RAISED = {"raised": 100_000, "raised_government": 20_000, "raised_social": 30_000, "raised_union": 50_000}
PAID = {"paid": 87_000, "paid_basic": 9_000, "paid_secondary": 18_000, "paid_tertiary": 60_000}
AIDED = {"aided": 24, "aided_basic": 3, "aided_secondary": 6, "aided_tertiary": 15}
EVERYTHING = RAISED | PAID | AIDED
ACCEPTED = {"acceptance": "up_to_standard", "accepted_by": "街道工会"}


def address(unit, name: str = "page", *more) -> str:
    return reverse(f"public_{name}", args=[unit.code, *more])


def body(unit, name: str = "page") -> str:
    return Client().get(address(unit, name)).content.decode()


def decide(union, by, *off: PublicPart, complaint: str = "") -> PublicPage:
    kept = PublicPage.objects.filter(union=union).first()
    version = kept.version if kept else 0
    return set_public_page(union, shown=ALL - set(off), complaint=complaint, version=version, by=By(by))


@pytest.fixture
def accepted(year_2014, district):
    return report(year_2014, district, ReportState.ACCEPTED, **EVERYTHING)


def test_page_says_so_without_a_number_until_a_report_is_accepted(year_2014, district):
    handed_in = report(year_2014, district, ReportState.UNDER_REVIEW, **EVERYTHING)
    assert "报表还没有接收，暂无可以公开的数字。" in body(district)
    assert "资助人数" not in body(district)
    assert Client().get(address(district, "figures")).status_code == 404
    set_state(handed_in, ReportState.ACCEPTED)
    assert "资助人数" in body(district)


def test_figures_are_those_accepted_last_and_small_stages_are_hidden(accepted, district):
    lines = Client().get(address(district, "figures")).content.decode("utf-8-sig").splitlines()
    # 3 of 小学和初中 are fewer than five; 6 of 高中 are hidden with them, and the sums say only about how much.
    assert lines == [
        "年度,项目,分项,人数,金额(元)",
        '2014,资金筹集,各级党委政府资助,,"约 20,000.00"',
        '2014,资金筹集,社会捐助,,"约 30,000.00"',
        '2014,资金筹集,各级工会投入,,"约 50,000.00"',
        '2014,资金筹集,合计,,"约 100,000.00"',
        "2014,资助和发放,小学和初中阶段,少于 5 或不单列,—",
        "2014,资助和发放,高中和中等职业教育阶段,少于 5 或不单列,—",
        '2014,资助和发放,大专以上,15,"60,000.00"',
        '2014,资助和发放,合计,24,"约 90,000.00"',
    ]
    page = body(district)
    assert "少于 5 或不单列" in page
    assert "87,000" not in page


def test_whole_table_is_exact_where_no_stage_is_small(year_2014):
    values = EVERYTHING | {"aided_basic": 5, "aided": 26}
    found = tables(year_2014, {slug: Decimal(value) for slug, value in values.items()}, ALL)
    assert found.by_stage == [
        PublicLine("小学和初中阶段", "5", "9,000.00"),
        PublicLine("高中和中等职业教育阶段", "6", "18,000.00"),
        PublicLine("大专以上", "15", "60,000.00"),
        PublicLine("合计", "26", "87,000.00", is_total=True),
    ]
    assert not found.is_rounded


def test_fewer_than_five_paid_are_not_told_by_the_money(year_2014):
    """Six of 高中 are aided, and two are paid so far: 6 000 yuan are twice the standard."""
    AidStandard.objects.create(campaign=year_2014, stage="senior", amount=3000)
    values = EVERYTHING | {"aided_basic": 9, "aided": 30, "paid_secondary": 6_000, "paid": 75_000}
    found = tables(year_2014, values, ALL)
    assert [line.money for line in found.by_stage] == ["9,000.00", "—", "—", "约 80,000.00"]


def test_fewer_than_five_in_all_are_hidden_whole(year_2014):
    found = tables(year_2014, {"aided": 4, "aided_tertiary": 4, "paid": 20_000, "paid_tertiary": 20_000}, ALL)
    assert [(line.persons, line.money) for line in found.by_stage] == [("少于 5 或不单列", "—")] * 3 + [("少于 5", "—")]


def test_part_is_switched_off_by_the_unit_and_by_the_city(accepted, district, lead, reviewer, city):
    assert "各级工会投入" in body(district)
    decide(district, lead, PublicPart.RAISED, complaint="接待室：人民路 1 号，周一至周五。")
    assert "各级工会投入" not in body(district)
    assert "接待室：人民路 1 号" in body(district)
    decide(city, reviewer, PublicPart.COMPLAINT, PublicPart.PAID)
    page = body(district)
    assert ("人民路" in page, "12351" in page, "金额（元）" in page, "资助人数" in page) == (False, False, False, True)
    row = AuditEntry.objects.filter(action="record_saved").latest("pk")
    assert (row.actor, row.detail["switched_off"]) == (reviewer, "发放的助学款、监督和投诉")


def test_caption_and_the_way_from_signing_in_tell_what_is_shown(accepted, district, city, lead, reviewer):
    door, told = reverse("sign_in"), "不登录也能看"
    assert "资助的困难职工子女和发放的助学款，按学段" in body(district)
    assert f'<a href="{reverse("public_index")}">{told}' in Client().get(door).text
    decide(district, lead, PublicPart.AIDED)
    page = body(district)
    assert ("发放的助学款，按学段" in page, "资助的困难职工子女" in page) == (True, False)
    decide(district, lead, PublicPart.PAID)
    page = body(district)
    assert ("发放的助学款" in page, "年度资助的困难职工子女，按学段" in page) == (False, True)
    decide(city, reviewer, *PublicPart)
    assert told not in Client().get(door).text


def test_unit_that_shows_nothing_is_like_one_that_does_not_exist(accepted, district, foreign_district, lead):
    decide(district, lead, *PublicPart)
    hidden, nobody = Client().get(address(district)), Client().get(reverse("public_page", args=["000000"]))
    assert (hidden.status_code, hidden.content) == (404, nobody.content)
    for name in ("figures", "feed", "feed_atom"):
        assert Client().get(address(district, name)).status_code == 404
    index = Client().get(reverse("public_index")).content.decode()
    assert (district.name in index, foreign_district.name in index) == (False, True)


def test_grassroots_and_city_have_no_page_of_their_own(grassroots, city):
    assert Client().get(address(grassroots)).status_code == 404
    assert Client().get(address(city)).status_code == 404


def test_only_the_lead_of_the_unit_decides_and_the_second_is_told(client_of, district, lead, clerk, reviewer):
    for stranger in (clerk, reviewer):
        with pytest.raises(MoveRefused):
            decide(district, stranger)
    form = {"shown": ["raised", "aided"], "complaint": "来信来访。", "version": 0}
    assert client_of(lead).post(reverse("openness"), form).status_code == 302
    kept = PublicPage.objects.get()
    assert (kept.switched_off, kept.version) == (["paid", "notices", "projects", "exemplars", "complaint"], 1)
    answer = client_of(lead).post(reverse("openness"), form | {"shown": ["raised"]}).content.decode()
    assert f"{lead} 已修改" in answer
    kept.refresh_from_db()
    assert kept.version == 1


def test_all_parts_are_shown_again(client_of, district, lead):
    for version, shown in enumerate((["raised"], list(PublicPart), [])):
        form = {"shown": shown, "complaint": "来信来访。", "version": version}
        assert client_of(lead).post(reverse("openness"), form).status_code == 302
        assert PublicPage.objects.get().shown == {PublicPart(part) for part in shown}


def test_exemplar_is_there_with_its_pictures_until_consent_is_taken_back(district, grassroots, clerk):
    told = exemplar(grassroots, consent_on=date(2014, 6, 1), published_on=date(2014, 6, 2))
    picture, consent = exemplar_file(told), exemplar_file(told, "consent", PDF)
    exemplar(district, title="尚未公开")
    shown = Client().get(address(district, "picture", picture.pk))
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")
    assert Client().get(address(district, "picture", consent.pk)).status_code == 404
    assert ("十年如一日" in body(district), "尚未公开" in body(district)) == (True, False)
    withdraw(told, by=By(clerk))
    assert "十年如一日" not in body(district)
    assert Client().get(address(district, "picture", picture.pk)).status_code == 404


def test_exemplar_of_another_unit_is_not_there(district, foreign_district):
    told = exemplar(foreign_district, consent_on=date(2014, 6, 1), published_on=date(2014, 6, 2))
    picture = exemplar_file(told)
    assert "十年如一日" not in body(district)
    assert Client().get(address(district, "picture", picture.pk)).status_code == 404


def test_answer_is_checked_each_time_and_sent_once(accepted, district):
    first = Client().get(address(district))
    assert first["Cache-Control"] == "no-cache, public"
    assert first["X-Robots-Tag"] == "noarchive"
    assert not first.cookies
    again = Client().get(address(district), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_who_reads_without_end_is_asked_to_wait(monkeypatch, district, client_of, clerk):
    monkeypatch.setattr(open_page, "READING", open_page.Pace(at_once=2, seconds=60))
    client = Client()
    assert [client.get(address(district)).status_code for _time in range(3)] == [200, 200, 429]
    assert client_of(clerk).get(address(district)).status_code == 200


def test_machines_are_asked_to_read_the_public_pages_alone(db):
    assert Client().get("/robots.txt").content.decode() == "User-agent: *\nAllow: /public/\nDisallow: /\n"


def done(union, title: str, children: int, **fields):
    """An accepted project of which so many children got something, each of them twice."""
    made = project(union, title=title, state="project_accepted", accepted_on=date(2014, 8, 30), **ACCEPTED | fields)
    for child in [builders.child(union) for _ in range(children)]:
        for what in ("课业辅导 10 次", "书包一个"):
            project_gain(union, project=made, child=child, what=what)
    return made


def test_accepted_projects_stand_with_whom_they_reached_unless_these_are_few(
    district, grassroots, lead, foreign_district
):
    many = done(district, "暑期课业辅导", 5)
    for amount in ("20000", "1234.5"):
        project_payment(district, project=many, amount=Decimal(amount))
    done(grassroots, "周末伴读", 4, way="volunteer_project", volunteers=12, hours=Decimal("96.5"))
    done(foreign_district, "别处的项目", 5)
    project(district, title="还在实施")
    text = " ".join(body(district).split())
    told = text[text.index('id="projects"') : text.index("</section>", text.index('id="projects"'))]
    assert "预算 50,000.00 元，已付 21,234.50 元。 受益子女 5 人。" in told
    assert "志愿者 12 人，服务 96.5 小时。 受益子女少于 5 人。" in told
    assert "2014-08-30 验收合格" in told
    assert "别处的项目" not in text
    assert "还在实施" not in text
    decide(district, lead, PublicPart.PROJECTS)
    assert "暑期课业辅导" not in body(district)
