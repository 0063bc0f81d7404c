"""The pages on which a person begins."""
