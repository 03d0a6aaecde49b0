"""Errors whose message names the thing, the place and the mend; shown to users as they are."""


class PinciteError(Exception):
    """Something a user can mend. The message is complete: no traceback is needed to act on it."""

    exit_code = 1


class UsageError(PinciteError):
    """The command, a setting or an input file is wrong."""

    exit_code = 2


class CorpusError(UsageError):
    """The folder of documents is missing, not a folder, or not the one this state belongs to."""


class StateBusyError(PinciteError):
    """Another process holds the writer lock of this state."""


class IndexMismatchError(PinciteError):
    """The index was built with other settings than the ones in force."""


class DamagedError(IndexMismatchError):
    """The catalog's file cannot be read as what it was."""


class NoIndexError(PinciteError):
    """There is no index yet, or nothing in it."""


class ModelMissingError(PinciteError):
    """A model's files are not on this machine."""


class ModelFetchError(PinciteError):
    """A model could not be fetched, or what arrived is not what was pinned."""


class ModelLoadError(PinciteError):
    """A model's files are there but cannot be used."""
