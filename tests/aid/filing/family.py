"""A family as a clerk types it into the one page."""

import uuid

from django.urls import reverse

from tests.workbook.sheets import fresh_id

PAGE = "family_create"
CARD = "6222021001116245702"


def typed(**cells) -> dict[str, str]:
    """What is typed for a family with one child and its case; `household__worker_name=…` types over a cell."""
    household = {
        "worker_name": "曾建国",
        "worker": fresh_id(),
        "worker_category": "困难职工",
        "single_parent": "否",
        "hardship_category": "低保户",
        "telephone": "13816245702",
        "employer": "纺织厂",
        "address": "示范路 1 弄",
        "family_size": "3",
        "monthly_income": "3000",
        "bank_card": CARD,
        "filed_on": "2026-03-01",
    }
    child = {"name": "曾小丽", "person": fresh_id(), "grade": "初二", "school": "育才中学"}
    case = {"wanted": "on", "mode": "政策助学", "applied_on": "2026-03-05", "policies": "by_stage"}
    parts = {"household": household, "child0": child, "case0": case, "income": {"year": "2025", "amount": "36000"}}
    values = {f"{part}-{name}": value for part, own in parts.items() for name, value in own.items()}
    values |= {"key": str(uuid.uuid4()), "children": "1", "members": "1"}
    return values | {name.replace("__", "-"): value for name, value in cells.items()}


def send(client, **cells):
    return client.post(reverse(PAGE), typed(**cells))


def faults(response) -> list[tuple[str, str]]:
    """What the page says is wrong: the words of the cell, and the reason."""
    return [(label, words) for label, _place, words in response.context["form"].faults()]
