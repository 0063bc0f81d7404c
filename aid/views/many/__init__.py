"""Pages on which one form is about many chosen records."""
