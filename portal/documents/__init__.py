"""Papers that are printed: .docx by python-docx, .pdf by WeasyPrint from a page of its own."""
