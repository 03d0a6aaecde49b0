"""Clauses, sections and paragraphs by their numbers, over contracts, an amendment and a statute."""

from collections.abc import Iterator

import pytest

from index.document_names import DocumentNames
from index.store import Store
from rag.routes.numbered_parts import part_asked
from rag.routes.part_lookup import told_by_number
from tests.rag.small_corpus import synced

ELM = (
    "# Services agreement\n\n"
    'Elm Water plc (the "Client") and Ash Data Limited (the "Supplier").\n\n'
    "## 10. Liability\n\n10.1 Nothing limits liability for fraud.\n\n"
    "10.2 The cap is £1,000,000. It holds for each year.\n\n"
    "10.3 The Supplier shall:\n\n(a) insure itself;\n\n(b) tell the Client of claims.\n\n"
    "Signed by Ann Lee.\n"
)
CHANGE = (
    "# Amendment to the services agreement\n\n"
    '2.6 Clause 10.2 is replaced by: "The cap is £2,500,000."\n\n'
    "2.7 Clause 10.21 is deleted.\n"
)
ACT = (
    "Growing Spaces Act\n\n1  The register\n\n(1) Each council keeps one.\n\n"
    "(2) It must show—\n    (a) its size, and\n    (b) who holds it.\n\n"
    "2  Offences\n\n(1) It is an offence to move a mark.\n"
)


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    texts = {"services agreement.md": ELM, "amendment.md": CHANGE, "act.txt": ACT}
    with synced(tmp_path_factory.mktemp("contracts"), texts) as store:
        yield store


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "What does clause 10.3 of the services agreement say?",
            ["10.3 The Supplier shall:", "(a) insure itself;", "(b) tell the Client of claims."],
        ),
        ("What does clause 10.1 of Elm's agreement say?", ["10.1 Nothing limits liability for"]),
        ("What does section 2(1) provide?", ["(1) It is an offence to move a mark."]),
        (
            "what does section 1(2)(b) of the Growing Spaces Act say",
            ["(2) It must show—", "(b) who holds it."],
        ),
        ("What does clause 14.3 of the services agreement say?", []),
        ("What does clause 10.1 of the Smith agreement say?", []),
        ("What does section 2(1) say about marks?", []),
        ("What does the clause say?", []),
    ],
)
def test_a_part_is_told_by_its_number_alone_and_whole(
    contracts: Store, question: str, told: list[str]
) -> None:
    names = DocumentNames(contracts.catalog.names())
    checked = told_by_number(question, contracts, names).checked
    assert len(checked) == len(told)
    assert all(text.startswith(begin) for (text, _), begin in zip(checked, told, strict=True))


def test_what_another_document_changes_of_it_is_told_with_it(contracts: Store) -> None:
    names = DocumentNames(contracts.catalog.names())
    question = "What does clause 10.2 of the services agreement say?"
    told = told_by_number(question, contracts, names)
    assert [text for text, _ in told.checked] == [
        "10.2 The cap is £1,000,000. It holds for each year.",
        '2.6 Clause 10.2 is replaced by: "The cap is £2,500,000."',
    ]
    assert told.notice == "Another document changes it, both are given: amendment.md."


@pytest.mark.parametrize(
    "question", ["What does clause 7 mean for tenants?", "Who wrote clause 7?"]
)
def test_what_is_asked_about_a_part_is_not_the_part(question: str) -> None:
    assert part_asked(question) is None
