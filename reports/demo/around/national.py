"""What some files of a unit hold besides: what the file of the whole country asks, and a neighbour's own standards."""

from decimal import Decimal

from django.utils.translation import gettext as _

from aid.editing import HOUSEHOLD_FORM
from aid.enums import (
    EmployerNature,
    EmployerState,
    Ethnicity,
    HardshipCause,
    Health,
    Housing,
    Marriage,
    MedicalInsurance,
    ModelWorker,
    PoliticalStatus,
    Registration,
    Stage,
    WorkState,
)
from aid.models import Household
from aid.standards.own import answer_own, set_own
from portal.audit import By
from portal.enums import OwnStandards
from portal.models import Campaign, User
from portal.records.editing import change_record

FILLED = 8  # files
HAN, HUI, UYGHUR = (Ethnicity.values[place] for place in (0, 2, 4))
ROOMS = ("38.50", "42.00", "56.20", "61.00")
OWN = {Stage.SENIOR: Decimal(2500), Stage.BACHELOR: Decimal(5000)}


def fill_national_files(clerk: User) -> None:
    """The first open files, no two alike in everything."""
    homes = Household.objects.visible_to(clerk).filter(closed_on=None).select_related("union").order_by("number")
    for place, home in enumerate(homes[:FILLED]):
        change_record(HOUSEHOLD_FORM, home, values=_values(place), by=By(clerk))


def _values(place: int) -> dict:
    is_odd = bool(place % 2)
    return {
        "ethnicity": (HAN, HAN, HUI, HAN, UYGHUR)[place % 5],
        "political_status": PoliticalStatus.MASSES if is_odd else PoliticalStatus.PARTY,
        "marriage": (Marriage.MARRIED, Marriage.DIVORCED, Marriage.WIDOWED)[place % 3],
        "registration": Registration.URBAN if is_odd else Registration.RESIDENT,
        "registered_at": _("示例市东江区") if is_odd else _("安徽省六安市裕安区"),
        "work_state": (WorkState.AT_WORK, WorkState.LAID_OFF, WorkState.SICK_LEAVE)[place % 3],
        "model_worker": ModelWorker.CITY if place == 0 else ModelWorker.NONE,
        "medical_insurance": MedicalInsurance.EMPLOYEE if is_odd else MedicalInsurance.RESIDENT,
        "employer_nature": EmployerNature.STATE if is_odd else EmployerNature.PRIVATE,
        "employer_state": EmployerState.RUNNING if is_odd else EmployerState.HALTED_PARTLY,
        "self_reliant": is_odd,
        "jobless_family": False,
        "other_yearly_income": Decimal(600 * place),
        "main_cause": HardshipCause.ILLNESS if is_odd else HardshipCause.SCHOOLING,
        "health": Health.CHRONIC if is_odd else Health.GOOD,
        "housing": Housing.RENTED if is_odd else Housing.OWNED,
        "housing_area": Decimal(ROOMS[place % len(ROOMS)]),
        "bank_branch": _("东江支行"),
    }


def set_own_standards(campaign: Campaign, lead: User, reviewer: User) -> None:
    """A unit that adds money of its own grants more for two stages; the city agreed."""
    campaign.own_standards = OwnStandards.APPROVED
    campaign.save(update_fields=["own_standards"])
    table = set_own(campaign, OWN, grounds=_("西总工发〔2026〕8 号，本级另有配套资金"), by=By(lead))
    answer_own(table, "agree", by=By(reviewer))
