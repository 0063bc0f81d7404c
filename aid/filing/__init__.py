"""建档: a whole family filed at once, with its children, their cases, its members, income and papers."""
