"""打印单: sheets that people sign. One declaration gives the page to print, the .docx and the .pdf."""
