"""Loading the demo city: unions, accounts, and a workbook for each unit, brought in as a clerk would."""

import datetime
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook as Spreadsheet

from employment.workbook import CASE_WORKBOOK
from portal.models import Campaign, Union, User
from portal.unions.loading import UnionRow, load_unions
from portal.workbook.importing.service import import_workbook
from reports.demo import words
from reports.demo.around.codes import change_code_lists
from reports.demo.around.community import WITH_PAPERS, surround
from reports.demo.around.national import fill_national_files, set_own_standards
from reports.demo.around.offices import ask_offices
from reports.demo.around.social import run_projects
from reports.demo.casework import keep_cases, pay, set_up_standards
from reports.demo.clock import as_of
from reports.demo.hotline import answer_the_hotline, hand_down_the_hotline
from reports.demo.keeping import ask_for_an_account, call_back, draw_the_line, go_through_the_files, wind_up
from reports.demo.season import hand_in_reports
from reports.demo.seeking import seek_work
from reports.demo.unit import DemoUnit
from reports.demo.whole_way import go_the_whole_way

DUE_IN = datetime.timedelta(days=9)
SETTLED = datetime.timedelta(days=15)  # before the reports of last year were due all was paid and called back
FAMILIES = {"310101": 40, "310102": 24, "310201": 18, "310301": 12}
NEW = {"310101": 4}  # of these, for whom the clerk applies in the portal


@transaction.atomic
def load_people() -> None:
    """The unions of the demo city and those who work in them, without a record."""
    load_unions(UnionRow(line, *facts) for line, facts in enumerate(words.UNIONS, start=1))
    for username, name, role, code in words.ACCOUNTS:
        _account(username, name, role, Union.objects.get(code=code))


@transaction.atomic
def load_city() -> None:
    """Unions, accounts, campaigns, records and reports of the demo city. A second load changes nothing."""
    load_people()
    today = timezone.localdate()
    for year in (today.year - 1, today.year):
        Campaign.objects.open(year)
    # Due in some days, whenever the demo is loaded: there is something to hand in, and to count down to.
    due_on = min(today + DUE_IN, datetime.date(today.year, 12, 31))
    Campaign.objects.filter(year=today.year).update(due_on=due_on)
    for code, families in FAMILIES.items():
        _records(Union.objects.get(code=code), families, today)
    last, current = (Campaign.objects.get(year=year) for year in (today.year - 1, today.year))
    with as_of(last.due_on - SETTLED):
        wind_up(last, [_person(name) for name in words.CLERKS])
    hand_in_reports(last, current)
    _season_of_casework(last, current)


def _season_of_casework(last: Campaign, current: Campaign) -> None:
    """What the pages of the unit to try the demo with have to show, besides what a workbook brings."""
    clerk, lead, reviewer, security = (_person(name) for name in words.CASEWORKERS)
    draw_the_line(reviewer)
    change_code_lists(reviewer)
    set_up_standards((last, current), reviewer)
    set_own_standards(current, _person(words.NEIGHBOURS_LEAD), reviewer)
    fill_national_files(clerk)
    go_the_whole_way(current, clerk, lead)
    keep_cases(current, clerk, lead)
    pay(current, clerk, lead)
    call_back(current, clerk)
    surround(clerk)
    run_projects(clerk, lead)
    go_through_the_files(clerk, after=WITH_PAPERS)
    ask_offices(clerk)
    seek_work(clerk)
    answer_the_hotline(clerk, _person(words.NEIGHBOUR))
    hand_down_the_hotline(reviewer, clerk, _person(words.NEIGHBOUR))
    ask_for_an_account(security)


def _person(username: str) -> User:
    return User.objects.select_related("union").get(username=username)


def _account(username: str, name: str, role: str, union: Union) -> None:
    if not User.objects.filter(username=username).exists():
        User.objects.create_user(
            username, password=words.PASSWORD, name=name, role=role, union=union, must_change_password=False
        )


def _records(union: Union, families: int, today) -> None:
    codes = tuple(Union.objects.in_union(union).order_by("path").values_list("code", flat=True))
    unit = DemoUnit(codes, families=families, today=today, new=NEW.get(union.code, 0))
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        _spreadsheet(unit).save(file)
        file.flush()
        outcome = import_workbook(Path(file.name), workbook=CASE_WORKBOOK, unit=union, name=words.WORKBOOK)
    if not outcome.ok:
        message = f"the demo workbook of {union.code} is refused: {outcome.errors[:5]}"
        raise AssertionError(message)


def _spreadsheet(unit: DemoUnit) -> Spreadsheet:
    spreadsheet = Spreadsheet(write_only=True)
    for sheet in CASE_WORKBOOK.sheets:
        tab = spreadsheet.create_sheet(sheet.title)
        headings = [column.heading for column in sheet.columns]
        tab.append(headings)
        for row in unit.rows.get(sheet.title, ()):
            tab.append([row.get(heading) for heading in headings])
    return spreadsheet
