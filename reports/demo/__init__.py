"""An invented city, so that a fresh checkout has something to show."""
