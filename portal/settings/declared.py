"""What each floor of the portal declares to those below it, which import nothing from above: where it stands."""

# Which tables the second lock is on.
LOCKS = [
    "portal.second_lock.own.LOCKS",
    "aid.second_lock.own.LOCKS",
    "employment.second_lock.own.LOCKS",
    "reports.second_lock.own.LOCKS",
]
# What is done outside the request that asked for it.
JOB_KINDS: list[str] = [
    "portal.account_lists.jobs.KINDS",
    "portal.account_lists.letters.KINDS",
    "portal.printouts.jobs.KINDS",
    "aid.oversight.jobs.KINDS",
    "employment.exchange.list_files.KINDS",
    "employment.lists.jobs.KINDS",
    "reports.city.jobs.KINDS",
]
# The sheets that people sign.
PRINTOUTS = ["aid.printouts.KINDS"]
# What the home page counts the days to.
DUE_DATES = "reports.review.due.due_for"
# What the details of the audit log are called.
AUDIT_WORDS = [
    "portal.audit_words.WORDS",
    "aid.audit_words.WORDS",
    "employment.audit_words.WORDS",
    "reports.audit_words.WORDS",
]
# What has a say when a union moves in the tree.
UNION_MOVE_GUARDS = ["aid.ledger.moving.LedgerGuard", "aid.payments.ledger.BalanceGuard"]
# What the administrator is told before a union is merged into another.
UNION_MERGER_WARNINGS = ["reports.handed_in.merging.standing_reports"]
# What must not be worse after an import was taken back: faults of a unit.
TAKING_BACK_GUARDS = ["aid.ledger.days.overdrafts"]
# What stands in the way of taking an import back besides what refers to its records: records of a unit.
TAKING_BACK_HINDRANCES = ["employment.nameless.left_nameless"]
# What other systems may ask for and send.
API_RESOURCES = ["aid.api.RESOURCES", "employment.api.RESOURCES", "reports.api.RESOURCES"]
# The code lists that the city edits.
CODE_LISTS = ["aid.code_lists.CODE_LISTS", "employment.code_lists.CODE_LISTS"]
# What is kept of all units, and is brought up to date in the night.
COUNTED_AHEAD = [
    "reports.counting.kept.count_ahead",
    "aid.payments.coverage.count_ahead",
    "aid.payments.balances.count_ahead",
    "employment.graduates.visit_plan.count_ahead",
    "portal.desk.ways.count_ahead",
]
# What must be the same in a copy of the database that was restored.
BACKUP_FACTS = ["portal.backup.facts.rows", "reports.city.facts.report_facts"]
# What is hashed and chained each day.
EVIDENCE = [
    "portal.AuditEntry",
    "aid.CaseEvent",
    "aid.PayeeLine",
    "reports.Submission",
    "reports.Seal",
    "reports.ReportEvent",
]
# What waits for whom, on the home page.
TODOS = ["portal.desk.upkeep.TODOS", "aid.todos.TODOS", "employment.todos.TODOS", "reports.todos.TODOS"]
# What goes over when a desk is handed over.
HANDOVER = [
    "portal.handover.own.PARTS",
    "aid.handing.PARTS",
    "employment.graduates.handing.PARTS",
    "reports.handing.PARTS",
]
# What else stands there and on the pages of the areas: parts of the page, days of the year, what comes first in an
# empty portal.
DESK_CARDS = [
    "portal.desk.upkeep_cards.CARDS",
    "reports.home.CARDS",
    "aid.home.CARDS",
    "aid.areas.CARDS",
    "employment.areas.CARDS",
    "reports.areas.CARDS",
]
SEASON_DAYS = ["reports.home.season_days", "aid.home.season_days"]
FIRST_STEPS = ["portal.desk.upkeep.FIRST_STEPS", "reports.home.FIRST_STEPS", "aid.home.FIRST_STEPS"]
# The steps of the work, on the page of an area.
WAYS = ["portal.desk.upkeep.WAYS", "aid.ways.WAYS", "employment.ways.WAYS", "reports.ways.WAYS"]
