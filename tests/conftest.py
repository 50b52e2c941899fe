"""For all tests of the kit."""

# Imported here so that pytester's in-process runs find them loaded and need not import them again.
import jupytext  # noqa: F401
import matplotlib.pyplot  # noqa: F401
import nbformat  # noqa: F401
