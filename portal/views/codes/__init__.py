"""Pages of the code lists."""
