"""Every error that a person may meet: what happened, where, and how to mend it, in one line."""

from __future__ import annotations


class MawaqifError(Exception):
    """The root of all errors of the project.

    Args:
        what: What went wrong, as a clause without a full stop.
        where: The file, row, span or option it happened at.
        mend: What the reader can do about it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what, where, mend)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the keywords, so that an error crosses from a worker process whole."""
        return _remake, (type(self), self.what, self.where, self.mend)

    def __str__(self) -> str:
        """Return the one line that the command line prints."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}. {self.mend}" if self.mend else line
        return " ".join(line.split())


class UserError(MawaqifError):
    """A mistake in what the user gave: options, corpus, vocabulary or codings."""

    exit_code = 2


class ParameterError(UserError):
    """An unknown or impossible parameter."""


class CorpusError(UserError):
    """The corpus folder cannot be used."""


class DocumentError(UserError):
    """One document cannot be read; the others go on without it."""


class VocabularyError(UserError):
    """A vocabulary file breaks its contract."""


class CodingError(UserError):
    """A coding file breaks its contract, or no longer fits the corpus."""


class InputChangedError(MawaqifError):
    """A file that a report is made from was altered, added or removed while it was made."""


class SectionError(UserError):
    """A notebook that a brief lists as a section cannot become one."""


class EvidenceError(MawaqifError):
    """A span does not give back its text, or a generated sentence has no statement behind it."""


class RenderError(MawaqifError):
    """A notebook, a chart or an output format could not be made."""


class LockedError(MawaqifError):
    """Another run is at the same work."""

    exit_code = 3


class SiteError(MawaqifError):
    """A published site cannot be used as it is, or could not be written."""


def _remake(kind: type[MawaqifError], what: str, where: str | None, mend: str | None) -> MawaqifError:
    return kind(what, where=where, mend=mend)
