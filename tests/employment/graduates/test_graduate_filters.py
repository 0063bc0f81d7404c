from tests import builders
from tests.lists import shown


def test_graduate_filters_by_contract_and_tracking(client_of, clerk, district):
    signed = builders.graduate(district, "甲一", contract_on="2014-06-01")
    builders.graduate(district, "乙二", closed_on="2014-09-01")
    client = client_of(clerk)
    assert shown(client, "graduate", contract="no") == {signed.name}
    assert shown(client, "graduate", open="no") == {"乙二"}
