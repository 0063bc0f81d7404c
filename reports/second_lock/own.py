"""How PostgreSQL tells the rows of this floor apart where the second lock is in force (decision 0021)."""

from portal.second_lock.policies import Lock, WithParent, by_path

OF_REPORT = WithParent("reports_report", "report_id")
OF_REPORTS = (
    "reports_adjustment",
    "reports_comment",
    "reports_explanation",
    "reports_narrative",
    "reports_note",
    "reports_reminder",
    "reports_reportevent",
    "reports_summaryfile",
    "reports_typedfigure",
)
OF_SUBMISSION = WithParent("reports_submission", "submission_id")
OF_SUBMISSIONS = (
    "reports_endorsement",
    "reports_frozenfigure",
    "reports_frozenfile",
    "reports_frozenrecords",
    "reports_seal",
)

LOCKS = (
    *by_path("reports_publicpage", "reports_report", "reports_submission"),
    *(Lock(table, columns=(), through=(OF_REPORT,)) for table in OF_REPORTS),
    *(Lock(table, columns=(), through=(OF_SUBMISSION,)) for table in OF_SUBMISSIONS),
    Lock(
        "reports_adjustmentfile",
        columns=(),
        through=(WithParent("reports_adjustment", "adjustment_id", through=OF_REPORT),),
    ),
    Lock(
        "reports_returnedfigure",
        columns=(),
        through=(WithParent("reports_reportevent", "event_id", through=OF_REPORT),),
    ),
    # Versions are given out with their record, wherever it was when they were written.
    Lock("reports_historicalreport", through=(WithParent("reports_report", "id"),)),
)
