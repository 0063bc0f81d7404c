"""How PostgreSQL tells the rows of this floor apart where the second lock is in force (decision 0021)."""

from portal.second_lock.policies import Lock, WithParent, by_path

LOCKS = (
    *by_path(
        "portal_gonenumber",
        "portal_heldrow",
        "portal_import",
        "portal_listhabit",
        "portal_listupload",
        "portal_workbookupload",
    ),
    Lock("portal_importedrecord", columns=(), through=(WithParent("portal_import", "imported_id"),)),
    Lock("portal_revealrequest", columns=(), through=(WithParent("portal_union", "union_id", columns=("path",)),)),
)
