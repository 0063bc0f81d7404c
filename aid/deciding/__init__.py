"""What the decider of a case has to know, and what gives cause for doubt."""
