from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from employment.records import HOUSEHOLD, KINDS
from portal.records.attribute import Attribute
from portal.records.kind import Fields


def test_eleven_kinds_with_names_of_their_own():
    assert len({kind.name for kind in KINDS}) == len({kind.noun for kind in KINDS}) == 11


@pytest.mark.parametrize(
    "fault",
    [
        {"columns": (*HOUSEHOLD.columns, Attribute("nothing"))},
        {"columns": (*HOUSEHOLD.columns, Attribute("worker.nothing"))},
        {"columns": (*HOUSEHOLD.columns, Attribute("is_open"))},  # a property has no name of its own
        {"columns": (*HOUSEHOLD.columns, Attribute("telephone"))},  # encrypted and not masked
        {"columns": (*HOUSEHOLD.columns, Attribute("closed_on", order="closed_on"))},  # may be null
        {"columns": (*HOUSEHOLD.columns, Attribute("worker.sex", order="worker__sex"))},
        {"columns": (*HOUSEHOLD.columns, Attribute("named.name", label="x"))},
        {"sections": (Fields("x", (Attribute("number", link="nowhere"),)),)},
        {"ordering": "employer"},
        {"names": ("telephone",)},
        {"numbers": ("bank_card_hash",)},
        {"hashes": ("number",)},
        {"hashes": ("bank_card_tail_hash",)},
        {"tails": ("bank_card_hash",)},
        {"caption": ("nothing",)},
        {"filterset": KINDS[1].filterset},
    ],
)
def test_faulty_declaration_raises_at_import(fault):
    with pytest.raises(ImproperlyConfigured):
        replace(HOUSEHOLD, **fault)
