"""What the kit says, in the language of the course: English is the source, and needs no catalogue.

A sentence is looked up as a whole and its blanks are filled afterwards. Catalogues are gettext's:
``locale/<language>/LC_MESSAGES/autograder.po``, compiled by ``make words``.
"""

import functools
import gettext
from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).with_name("locale")
ENGLISH = "en"

_spoken = ENGLISH


@functools.cache
def languages() -> list[str]:
    """Return the languages that there are."""
    return sorted([ENGLISH, *(path.name for path in LOCALE.iterdir() if path.is_dir())])


def speak(language: str) -> None:
    """Say everything in a language from now on. Raises ValueError when it is not one of those."""
    global _spoken  # noqa: PLW0603 - as with gettext's own: a process speaks one language
    if language not in languages():
        raise ValueError(f"there is no catalogue of '{language}', only of {', '.join(languages())}")
    _spoken = language


def spoken() -> str:
    """Return the language that is spoken."""
    return _spoken


def _(sentence: str) -> str:
    """Return a sentence of the kit's in the chosen language; any other text as it is."""
    return _catalogue(_spoken).gettext(sentence) if sentence else sentence


def in_every_language(sentence: str) -> Iterator[str]:
    """Yield a sentence in all languages: results do not say in which one they were written."""
    for language in languages():
        yield _catalogue(language).gettext(sentence)


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    return gettext.translation("autograder", LOCALE, [language])
