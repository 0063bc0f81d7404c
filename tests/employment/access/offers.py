"""Who may open the pages of employers, vacancies, referrals and the feed."""

from portal.models import Union
from tests.access import (
    ABSENT,
    ASKERS,
    EXPORTERS,
    KEEPERS,
    NO_POST,
    Canary,
    Named,
    Row,
    codes,
    own_kind_rows,
    record_row,
)
from tests.builders import graduate
from tests.employment import builders
from tests.reports import builders as make


def employer_in(union: Union) -> dict:
    return {"pk": builders.employer(union).pk}


def vacancy_in(union: Union) -> dict:
    return {"pk": builders.vacancy(union).pk}


def graduate_in(union: Union) -> dict:
    return {"pk": graduate(union).pk}


def placement_in(union: Union) -> dict:
    return {"pk": make.assistance(union, kind="placement").pk}


def planted_employer(union: Union, mark: str) -> list[Canary]:
    """Its name stands on lists and in the form of practice posts; the telephone is masked everywhere."""
    terms = {"name": f"{mark}晨光公司", "telephone": f"1391624{union.code[-4:]}", "note": f"{mark}说明"}
    made = builders.employer(union, **terms)
    return [Canary(made.name), Canary(made.note, shown=False), Canary(made.telephone, shown=False)]


def planted_vacancy(union: Union, mark: str) -> list[Canary]:
    """Not published: what is published may be seen by everybody."""
    made = builders.vacancy(union, title=f"{mark}装配工", requirements=f"{mark}会看图纸")
    return [Canary(made.title), Canary(made.requirements, shown=False)]


def planted_referral(union: Union, mark: str) -> list[Canary]:
    made = builders.referral(union, number=f"{mark}R1", note=f"{mark}推荐说明")
    return [Canary(made.number), Canary(made.note, shown=False)]


def planted_retention(union: Union, mark: str) -> list[Canary]:
    """A placement to be asked about, and one asked about."""
    due = make.assistance(union, kind="placement", provider=f"{mark}待回访公司")
    asked = builders.retention_check(union, note=f"{mark}回访说明")
    return [Canary(due.provider), Canary(asked.note, shown=False)]


EVERYBODY = codes(200) | {"anonymous": 200}

ROWS: tuple[Row, ...] = (
    *own_kind_rows("employer", builders.employer),
    Row("employer_reveal", get=codes(**NO_POST), post=codes(**ASKERS), make=employer_in, data={"reason": "check"}),
    *own_kind_rows("vacancy", builders.vacancy, parent="jobevent"),
    record_row("vacancy_graduates", vacancy_in),
    record_row("graduate_vacancies", graduate_in),
    *own_kind_rows("referral", builders.referral, parent="graduate"),
    Row(
        "referral_move",
        get=codes(**KEEPERS),
        post=codes(**KEEPERS),
        make=lambda union: {"pk": builders.referral(union).pk, "name": "accept"},
        absent=ABSENT | {"name": "accept"},
    ),
    *(Row(f"feed_{kind}", get=EVERYBODY, post=codes(405) | {"anonymous": 405}) for kind in ("json", "csv")),
    record_row("retention_list"),
    Row("retention_export", get=codes(**EXPORTERS), post=codes(**dict.fromkeys(EXPORTERS, 405))),
    Row(
        "retention_many",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=lambda union: {"ids": placement_in(union)["pk"]},
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
    Row("retention_create", get=codes(**KEEPERS), post=codes(**KEEPERS), make=placement_in),
)
PLANTS = (planted_employer, planted_vacancy, planted_referral, planted_retention)
