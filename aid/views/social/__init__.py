"""Pages of 社会助学 and of the programmes of 结对."""
