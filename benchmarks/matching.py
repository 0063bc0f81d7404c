"""Pages of matches: 500 open vacancies and 5 000 graduates who seek work in one unit; on PostgreSQL.

DATABASE_URL=postgres://…/bench python benchmarks/matching.py [--vacancies 500] [--graduates 5000]
"""

import argparse
import random
import sys
from datetime import timedelta
from functools import partial
from http import HTTPStatus

import harness

DISTRICTS = ("", "东湖区", "西山区", "南江区", "北岭区")
EMPLOYERS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vacancies", type=int, default=500)
    parser.add_argument("--graduates", type=int, default=5000)
    size = parser.parse_args()
    harness.start()
    fill(size.vacancies, size.graduates)
    measure()


def fill(vacancies: int, graduates: int) -> None:
    """One unit; every third graduate was helped before, every tenth has an open offer, every twentieth is placed."""
    from portal.models import Union

    city = Union.objects.add_root({"code": "C", "name": "示例市总工会", "kind": "city"})
    unit = Union.objects.add_child(city, {"code": "U1", "name": "示例区总工会", "kind": "district"})
    found = _graduates(unit, graduates)
    _offers(unit, found, _vacancies(unit, vacancies))


def _kept(model, records, unit) -> list:
    for record in records:
        record.place_in(unit)
    return model.objects.bulk_create(records, batch_size=1000)


def _graduates(unit, number: int) -> list:
    from django.utils.timezone import localdate

    from aid.enums import Trade
    from aid.models import Household, Person
    from employment.enums import Degree
    from employment.models import Graduate

    today, choose = localdate(), random.Random(1).choice  # noqa: S311  rows to measure with
    people = Person.objects.bulk_create(
        Person(id_number=f"BENCH{n:013d}", sex="male", birth_date=today) for n in range(2 * number)
    )
    homes = [
        Household(worker=who, number=f"D{n}", worker_name="王", worker_category="worker", filed_on=today)
        for n, who in enumerate(people[:number])
    ]
    for home in homes:
        home.single_parent = False
    homes = _kept(Household, homes, unit)
    made = [
        Graduate(
            person=who,
            household=home,
            name=f"毕业生{n}",
            school_location="local",
            origin="local",
            degree=choose(Degree.values),
            graduated_on=today,
            intention="needs_help",
            registered_on=today,
            wished_trade=choose(("", *Trade.values)),
            wished_district=choose(DISTRICTS),
            wished_wage=choose((None, 4000, 5000, 6000, 8000)),
        )
        for n, (who, home) in enumerate(zip(people[number:], homes, strict=True))
    ]
    return _kept(Graduate, made, unit)


def _vacancies(unit, number: int) -> list:
    from django.utils.timezone import localdate

    from aid.enums import Trade
    from aid.models import Employer
    from employment.enums import Degree
    from employment.models import JobEvent, Vacancy

    today, choose = localdate(), random.Random(2).choice  # noqa: S311  rows to measure with
    employers = _kept(Employer, [Employer(number=f"Q{n}", name=f"单位{n}") for n in range(EMPLOYERS)], unit)
    fair = JobEvent(number="V1", held_on=today, kind="job_fair", title="招聘会", posts=10 * number)
    (fair,) = _kept(JobEvent, [fair], unit)
    made = [
        Vacancy(
            number=f"G{n}",
            event=fair,
            employer=choose(employers),
            title=f"岗位{n}",
            posts=10,
            trade=choose(("", *Trade.values)),
            district=choose(DISTRICTS),
            degree=choose(("", *Degree.values)),
            wage_from=choose((None, 3000, 4000, 5000)),
            wage_to=choose((None, 6000, 8000)),
            offered_on=today,
            closes_on=today + timedelta(days=30),
            published=True,
        )
        for n in range(number)
    ]
    return _kept(Vacancy, made, unit)


def _offers(unit, graduates: list, vacancies: list) -> None:
    from django.utils.timezone import localdate

    from employment.models import Assistance, Referral

    today = localdate()
    help_ = [
        Assistance(number=f"J{n}", graduate=graduate, given_on=today, kind="placement" if n % 20 == 0 else "training")
        for n, graduate in enumerate(graduates)
        if n % 3 == 0 or n % 20 == 0
    ]
    _kept(Assistance, help_, unit)
    referrals = [
        Referral(number=f"T{n}", vacancy=vacancies[n % len(vacancies)], graduate=graduate, referred_on=today)
        for n, graduate in enumerate(graduates[::10])
    ]
    _kept(Referral, referrals, unit)


def measure() -> None:
    """First, second and last page of both sides, as the clerk of the unit and as the reviewer."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from employment.models import Graduate, Vacancy
    from portal.models import Union, User

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECOND_FACTOR_REQUIRED = False
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = [("vacancies", Vacancy.objects.count()), ("graduates", Graduate.objects.count())]
    sides = {
        "graduates for a vacancy": reverse("vacancy_graduates", args=[Vacancy.objects.first().pk]),
        "vacancies for a graduate": reverse("graduate_vacancies", args=[Graduate.objects.all()[1].pk]),
    }
    for role, union in (("clerk", Union.objects.get(code="U1")), ("reviewer", Union.objects.get(code="C"))):
        user = User.objects.create_user(
            role, password=None, name=role, role=role, union=union, must_change_password=False
        )
        client = Client()
        client.force_login(user, backend="portal.accounts.unused.TellingBackend")
        for label, address in sides.items():
            first = client.get(address)
            if first.status_code != HTTPStatus.OK:
                sys.exit(f"{address} does not open")
            for page in ("", first.context_data["pages"].get("next", ""), "?last=1"):
                name = page.partition("=")[0].removeprefix("?") or "first"
                time = harness.median_of(partial(client.get, address + page))
                rows.append((f"{role}: {label}, {name} (s; aim: under 0.3)", time))
    harness.show(rows)


if __name__ == "__main__":
    main()
