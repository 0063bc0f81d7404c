"""监督: what an auditor takes away of aid cases, masked, with a word of what is missing."""
