"""What results look like to people: a table in the terminal, a spreadsheet, pages."""
