"""What goes wrong around the grader, brought about for real."""
