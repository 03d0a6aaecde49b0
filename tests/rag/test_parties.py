from pathlib import Path

import pytest

from rag.parties import parties_of
from rag.types import Answer
from tests.rag.checks import finished
from tests.rag.small_corpus import chain_over, synced

LEASE = (
    'Lease of Unit 7\n\nHarbour Estates Limited of 9 Castle Row (the "Landlord") and Ash Cycles'
    ' Limited (company number 12875510) of 3 Dyer Street (the "Tenant") agree:\n\n'
    "The Tenant may sublet the mezzanine with consent.\n\n"
    "Notices are sent to shop at Ash Cycles.\n"
)
OTHER = "Board minutes\n\nAsh Cycles was praised for its repairs of all bicycles.\n"


def test_a_clause_on_the_tenant_is_on_the_party_that_the_question_names(tmp_path: Path) -> None:
    with synced(tmp_path, {"unit.txt": LEASE, "minutes.txt": OTHER}) as store:
        question = "May Ash Cycles sublet?"
        assert parties_of(store, ["unit.txt", "minutes.txt"], question) == {
            "unit.txt": frozenset(["ash", "cycl"])
        }
        answer: Answer = finished(chain_over(store).stream(question))
        assert answer.text == "The Tenant may sublet the mezzanine with consent. [1]"
        assert "does not mention" not in answer.notice


@pytest.mark.parametrize("question", ["May they sublet?", "May Elm Bakers sublet?"])
def test_a_question_that_names_no_party_has_none(tmp_path: Path, question: str) -> None:
    with synced(tmp_path, {"unit.txt": LEASE}) as store:
        assert parties_of(store, ["unit.txt"], question) == {}
