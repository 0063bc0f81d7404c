"""交接: the work of one account goes over to another of the same role and union, and the first is closed."""
