"""The sandbox: what student code can do to the grader, and what comes back from it."""
