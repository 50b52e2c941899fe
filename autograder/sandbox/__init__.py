"""Student code in a process of its own: start it, confine it, speak with it.

This package knows nothing of checks, points or files of the course.
"""
