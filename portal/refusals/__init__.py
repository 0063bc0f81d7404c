"""What was refused, told to the auditor: who, what and how often, and never more rows than one person reads."""
