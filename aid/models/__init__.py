"""Records of Golden Autumn."""

from aid.models.case import AidCase
from aid.models.funds import Contribution, Disbursement
from aid.models.household import Household
from aid.models.person import Person
from aid.models.practice_post import PracticePost
from aid.models.schooling import Child, Entry
from aid.models.visit import Visit

__all__ = [
    "AidCase",
    "Child",
    "Contribution",
    "Disbursement",
    "Entry",
    "Household",
    "Person",
    "PracticePost",
    "Visit",
]
