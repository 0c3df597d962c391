from boroughs.models.bank_holiday import BankHoliday
from boroughs.models.borough import (
    Borough,
    CommandUnit,
    CommandUnitMembership,
    Grouping,
    GroupingMembership,
    Neighbour,
)
from boroughs.models.funding import FundingLine
from boroughs.models.organisation import Organisation, OrganisationName, Succession
from boroughs.models.post import Post, PostAllocation

__all__ = [
    "BankHoliday",
    "Borough",
    "CommandUnit",
    "CommandUnitMembership",
    "FundingLine",
    "Grouping",
    "GroupingMembership",
    "Neighbour",
    "Organisation",
    "OrganisationName",
    "Post",
    "PostAllocation",
    "Succession",
]
