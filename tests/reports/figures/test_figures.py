"""The declarations: complete, in the order of the forms, and checked when made."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from reports.figures import ANNEX1, ANNEX2, FIGURES, figure
from reports.figures.facts import FACTS
from reports.figures.measures import COUNT
from reports.figures.registry import Registry, RegistryError
from reports.figures.units import Unit
from reports.management.commands import document_figures
from reports.render.markdown import figures_page

# Typed from annexes.md, line by line.
SLUGS_1 = [
    "raised",
    "raised_government",
    "raised_social",
    "raised_union",
    "paid",
    "paid_basic",
    "paid_secondary",
    "paid_tertiary",
    "advanced",
    "advanced_basic",
    "advanced_secondary",
    "advanced_tertiary",
    "aided",
    "aided_basic",
    "aided_secondary",
    "aided_tertiary",
    "migrant_aided",
    "migrant_paid",
    "migrant_aided_basic",
    "migrant_paid_basic",
    "migrant_aided_secondary",
    "migrant_paid_secondary",
    "migrant_aided_tertiary",
    "migrant_paid_tertiary",
    "single_mother_aided",
    "single_mother_paid",
    "practice_employers",
    "practice_posts",
]
SLUGS_2 = [
    "graduates",
    "graduates_fresh",
    "graduates_past",
    "graduates_self_placed",
    "graduates_need_help",
    "internships",
    "trainings",
    "certificates",
    "job_events",
    "event_posts",
    "employer_posts",
    "startup_guidance",
    "startup_trainings",
    "microloans",
    "microloan_amount",
    "policies",
    "placements",
    "job_grants",
    "job_grant_amount",
    "fresh_unsigned_local",
    "past_unemployed",
]
UNITS = {
    Unit.WAN_YUAN: {s for s in SLUGS_1 if s.startswith(("raised", "paid")) or s.split("_")[-1] == "paid"}
    | {"migrant_paid_basic", "migrant_paid_secondary", "migrant_paid_tertiary", "job_grant_amount"},
    Unit.YUAN: {"microloan_amount"},
    Unit.EMPLOYERS: {"practice_employers"},
    Unit.EVENTS: {"job_events"},
    Unit.POSTS: {"practice_posts", "event_posts", "employer_posts"},
    Unit.PERSON_TIMES: {
        *("internships", "trainings", "certificates", "startup_guidance", "startup_trainings"),
        *("microloans", "policies", "placements", "job_grants"),
    },
}


def test_figures_are_the_49_of_the_annexes_in_order():
    assert [f.slug for f in ANNEX1] == SLUGS_1
    assert [f.slug for f in ANNEX2] == SLUGS_2
    assert [f.slug for f in FIGURES] == SLUGS_1 + SLUGS_2
    assert len(FIGURES) == 49


def test_units_are_those_of_the_annexes():
    named = {slug: unit for unit, slugs in UNITS.items() for slug in slugs}
    assert {f.slug: f.unit for f in FIGURES} == {slug: named.get(slug, Unit.PERSONS) for slug in SLUGS_1 + SLUGS_2}


def test_totals_name_their_parts():
    assert {f.slug: f.parts for f in FIGURES if f.parts} == {
        "raised": ("raised_government", "raised_social", "raised_union"),
        "paid": ("paid_basic", "paid_secondary", "paid_tertiary"),
        "advanced": ("advanced_basic", "advanced_secondary", "advanced_tertiary"),
        "aided": ("aided_basic", "aided_secondary", "aided_tertiary"),
        "migrant_aided": ("migrant_aided_basic", "migrant_aided_secondary", "migrant_aided_tertiary"),
        "migrant_paid": ("migrant_paid_basic", "migrant_paid_secondary", "migrant_paid_tertiary"),
        "graduates": ("graduates_fresh", "graduates_past"),
    }


def test_lines_are_those_of_the_annexes():
    lines = [f.line for f in ANNEX2]
    assert lines == [
        "1",
        "1(1)",
        "1(1)",
        "1(2)",
        "1(2)",
        "2",
        "3",
        "3",
        "4(1)",
        "4(2)",
        "5",
        "6(1)",
        "6(2)",
        "6(3)",
        "6(3)",
        "7",
        "8",
        "9(1)",
        "9(2)",
        "10",
        "11",
    ]
    assert [f.line for f in ANNEX1] == [*"1111222233334444", *"55555555", "6", "6", "7", "7"]


def test_labels_are_told_apart():
    for number in (1, 2):
        labels = [str(f) for f in FIGURES.of_form(number)]
        assert len(set(labels)) == len(labels)


def test_every_fact_is_counted():
    of_own_figures_alone = {"visits"}
    assert {f.fact.name for f in FIGURES} | of_own_figures_alone == {fact.name for fact in FACTS}


def test_no_list_shows_an_identity_number():
    paths = [column.path for fact in FACTS for column in fact.columns]
    assert [path for path in paths if "id_number" in path or "id_hash" in path or "bank" in path] == []


def test_figure_unknown_raises():
    with pytest.raises(KeyError):
        figure("nonsense")


def test_registry_refuses_a_slug_declared_twice():
    with pytest.raises(RegistryError, match="paid"):
        Registry(*FIGURES, figure("paid"))


def test_registry_refuses_an_unknown_part():
    with pytest.raises(RegistryError, match="nonsense"):
        Registry(replace(figure("raised_union"), parts=("nonsense",)))


def test_registry_refuses_money_that_is_not_summed_as_money():
    with pytest.raises(RegistryError, match="raised_union"):
        Registry(replace(figure("raised_union"), measure=COUNT))


def test_documentation_is_what_the_declarations_say(tmp_path, monkeypatch):
    assert document_figures.PAGE.read_text(encoding="utf-8") == figures_page(), "run: manage.py document_figures"
    monkeypatch.setattr(document_figures, "PAGE", tmp_path / "figures.md")
    call_command("document_figures")
    assert (tmp_path / "figures.md").read_text(encoding="utf-8") == figures_page()
