"""Forms of the pages on which one form is about many chosen records."""
