import inspect

import pytest
from gradio.component_meta import create_or_modify_pyi
from gradio.components import Textbox

from ui.type_stubs import without_type_stubs


def test_gradio_looks_for_no_source_to_write_a_stub_of() -> None:
    with without_type_stubs():
        create_or_modify_pyi(Textbox, "NotInItsSource", [])
    with pytest.raises(ValueError, match="class source code"):
        create_or_modify_pyi(Textbox, "NotInItsSource", [])


def test_the_files_of_other_things_are_known_meanwhile_and_those_of_all_afterwards() -> None:
    with without_type_stubs():
        assert inspect.getfile(pytest.Item).endswith("nodes.py")
        assert inspect.getfile(create_or_modify_pyi).endswith("component_meta.py")
    assert inspect.getfile(Textbox).endswith("textbox.py")
