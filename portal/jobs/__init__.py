"""Background jobs: long work that a person starts, may leave, and comes back to."""
