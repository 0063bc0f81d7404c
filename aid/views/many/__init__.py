"""Pages on which one form is about many chosen records, or by which all of a list go out in another form."""
