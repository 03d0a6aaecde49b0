from pathlib import Path

from index.leads import about, leads
from index.telling import Telling
from tests.index.corpora import Library

NOTICE = (
    "The new bridge of Kelder is finished. It has two spans.\n\nHalden Rowe built it, and was paid."
)


def test_a_document_is_about_its_title_or_its_first_words(library: Library) -> None:
    library.write("review.md", "# The bridge\n\n## Costs\n\nIt cost nine crowns.")
    library.write("notice.txt", f"{NOTICE}\n\nNothing else is of note here, says the firm.")
    library.sync()
    with library.opened() as store:
        found = leads(store.catalog, ["notice.txt", "review.md", "gone.txt"])
        assert found["review.md"] == "The bridge"
        assert "The new bridge of Kelder is finished." in found["notice.txt"]
        assert "of note" not in found["notice.txt"]
        assert "gone.txt" not in found
        [cost] = store.catalog.paragraphs("review.md")
        assert about(found["review.md"], cost) == "The bridge / Costs"
        assert about("", cost) == "The bridge / Costs"


def test_a_changed_title_is_known_at_once(library: Library, folder: Path) -> None:
    library.write("review.md", "# The bridge\n\nIt cost nine crowns.")
    library.sync()
    with library.opened() as store:
        telling = Telling(store.catalog)
        paragraphs = store.catalog.paragraphs("review.md")
        assert telling.leads(paragraphs)["review.md"] == "The bridge"
        library.write("review.md", "# The quay\n\nIt cost nine crowns.")
        library.sync()
        assert telling.leads(paragraphs)["review.md"] == "The quay"
        assert telling.covered(telling.asked("quay").weights, paragraphs).tolist() == [1.0]
