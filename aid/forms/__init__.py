"""Forms of Golden Autumn that no record's columns give."""
