"""What unions' own lists are of, with all floors below: every kind, and graduates, job events and enquiries."""
