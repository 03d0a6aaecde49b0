"""The app as Gradio keeps it; in a process of its own, where Gradio may leave event loops open."""

import subprocess
import sys
from pathlib import Path

OPENED = """
import sys
from pathlib import Path
from ui.type_stubs import without_type_stubs
with without_type_stubs():
    from gradio.state_holder import StateHolder
from rag.settings import Settings
from tests.ui.fakes import FakeEngine
from ui.app import TABS, build_app_pages
from ui.context import Context

kept = StateHolder()
kept.set_blocks(build_app_pages(Context(FakeEngine({}), Settings(state=Path(sys.argv[1])), "x")))
for opened in range(TABS + 1):
    kept[str(opened)]
print(len(kept.session_data) - TABS, "0" in kept)
"""


def test_what_is_kept_of_open_pages_does_not_grow_with_every_page_opened(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENED, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "False"]
