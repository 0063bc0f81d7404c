"""Money that came in counts as raised at once (annexes.md: "contributions received in the window"); paying waits."""

from decimal import Decimal

import pytest

from aid.enums import FundSource
from aid.payments.confirming import confirm_contribution
from aid.payments.ledger import FundsShort, balance_of, take
from portal.audit import By
from reports.counting.derive import derive
from tests.aid.payments.test_contributions import entered
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
RAISED = ("raised", "raised_government", "raised_social", "raised_union")


def raised(year_2014, district) -> list[Decimal]:
    """Line 1 of annex 1, in yuan."""
    found = derive(year_2014, district, as_of=make.AS_OF)
    return [found[slug] for slug in RAISED]


def test_contribution_counts_before_anybody_confirms_it_and_is_not_paid_from(year_2014, district, clerk, lead):
    made = entered(clerk, amount="1000.50")
    expected = [Decimal("1000.50"), 0, Decimal("1000.50"), 0]
    assert raised(year_2014, district) == expected
    assert balance_of(district, FundSource.SOCIAL).left == 0
    with pytest.raises(FundsShort):
        take(district, FundSource.SOCIAL, Decimal("0.01"))
    confirm_contribution(made, without_voucher="已核对原件", by=By(lead))
    assert raised(year_2014, district) == expected
    assert balance_of(district, FundSource.SOCIAL).left == Decimal("1000.50")
