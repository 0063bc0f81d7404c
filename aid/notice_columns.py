"""Which columns the posted sheets of a campaign have: a campaign keeps their codes, joined by commas."""

from collections.abc import Iterable

from aid.enums import NoticeColumn
from portal.models import Campaign

# What unions post: the worker with one character masked, where he works, what he is, and what is granted for whom.
USUAL = (
    NoticeColumn.WORKER,
    NoticeColumn.EMPLOYER,
    NoticeColumn.CATEGORY,
    NoticeColumn.STAGE,
    NoticeColumn.STANDARD,
)


def columns_of(campaign: Campaign | None) -> tuple[NoticeColumn, ...]:
    """In the order in which they stand; the usual ones where the campaign chose none."""
    return columns_of_codes(campaign.notice_columns if campaign else "")


def columns_of_codes(codes: str) -> tuple[NoticeColumn, ...]:
    """The columns of codes as a campaign keeps them."""
    chosen = set(codes.split(","))
    return tuple(column for column in NoticeColumn if column in chosen) or USUAL


def kept(columns: Iterable[NoticeColumn | str]) -> str:
    """As a campaign keeps them, in the order in which they stand. Raises ValueError for what is none."""
    chosen = {NoticeColumn(column) for column in columns}
    return ",".join(column.value for column in NoticeColumn if column in chosen)
