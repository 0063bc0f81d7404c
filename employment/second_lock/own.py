"""How PostgreSQL tells the rows of this floor apart where the second lock is in force (decision 0021)."""

from portal.second_lock.policies import Lock, WithParent, by_path

# A graduate whose family has moved away is given out with what stayed.
OF_GRADUATE = tuple(
    WithParent(f"employment_{kind}", "id", "graduate_id")
    for kind in ("attendance", "assistance", "referral", "promise", "enquiry")
)

# Here, as this floor alone knows all that hangs on a family.
OF_HOUSEHOLD = (
    WithParent("aid_transfer", "id", "household_id", ("union_path", "to_path")),
    WithParent("aid_child", "id", "household_id", through=WithParent("aid_historicalaidcase", "id", "child_id")),
    WithParent("aid_officequestion", "id", "household_id"),
    WithParent("aid_pairing", "id", "household_id"),
    WithParent("employment_graduate", "id", "household_id"),
)
# Versions are given out with their record, wherever it was when they were written.
VERSIONED = (
    "assistance",
    "enquiry",
    "graduate",
    "jobevent",
    "promise",
    "referral",
    "vacancy",
)

LOCKS = (
    *by_path(
        "employment_assistance",
        "employment_attendance",
        "employment_declinedproposal",
        "employment_enquiry",
        "employment_jobevent",
        "employment_promise",
        "employment_referral",
        "employment_retentioncheck",
        "employment_vacancy",
    ),
    Lock("aid_household", through=OF_HOUSEHOLD),
    Lock("employment_graduate", through=OF_GRADUATE),
    *(Lock(f"employment_historical{name}", through=(WithParent(f"employment_{name}", "id"),)) for name in VERSIONED),
)
