"""The check of the index on the Settings page: begun, followed, and told in the reader's language.

The check runs in a process of its own, which speaks English; what it found is told here.
"""

from collections.abc import Mapping
from dataclasses import replace

from ui import work
from ui.context import Context
from ui.documents import StartJob
from ui.job import JobSlot, JobState, Stage
from ui.messages import told
from ui.render import shown_name
from ui.words import phrase, t

PARTS = {
    "state": phrase("State directory"),
    "catalog": phrase("Catalog"),
    "vectors": phrase("Vector index"),
    "folder": phrase("Folder"),
}
"""What ``index.doctor`` calls the places where something can be wrong."""


class IndexCheck:
    """The one check of an app's index that may be under way."""

    def __init__(self, context: Context, start_job: StartJob) -> None:
        self._context = context
        self._start_job = start_job
        self._slot = JobSlot()

    def begin(self) -> JobState:
        """Begin to compare folder, catalog and vector index."""
        request = work.request("check", self._context.settings)
        return self._slot.start(lambda: self._start_job(request))

    def follow(self) -> JobState | None:
        """How far it is; a finished one has the lines of what was found as ``problems``."""
        state = self._slot.state
        if state is None or state.stage is not Stage.FINISHED:
            return state
        found = state.result["findings"]
        assert isinstance(found, list)
        return replace(state, result={"problems": [problem(one) for one in found]})

    def cancel(self) -> JobState | None:
        """End it."""
        self._slot.cancel()
        return self._slot.state


def problem(finding: Mapping[str, str]) -> str:
    """A finding of ``index.doctor`` as one line: where, what, and what mends it."""
    return t(
        "{part}: {what} (to mend: {mend})",
        part=t(PARTS[finding["part"]]),
        what=shown_name(told(finding["what"])),  # It may begin with a file's name.
        mend=told(finding["mend"]),
    )
