"""reStructuredText, LaTeX, source code and front matter: text kept as it stands."""

import pytest

from index.readers import UnreadableError, read
from index.types import Metadata
from tests.index.cutting import shown
from tests.index.documents import BIB, MARKDOWN, RST, SHIPS, SOURCE, TEX


def test_titles_of_restructured_text_head_by_their_style() -> None:
    assert shown("a.rst", RST.encode()) == [
        (("Harbour",), "", "Ships carry timber."),
        (("Harbour", "Goods"), "", "* Fish\n* Rope"),
    ]


def test_an_overlined_title_and_an_underlined_one_are_two_levels() -> None:
    text = "===\nAA\n===\n\nOne.\n\nBB\n===\n\nTwo.\n\nCC\n---\n\nThree.\n\n===\nDD\n===\n\nFour.\n"
    assert [path for path, _, _ in shown("a.rst", text.encode())] == [
        ("AA",),
        ("AA", "BB"),
        ("AA", "BB", "CC"),
        ("DD",),
    ]


def test_a_term_of_restructured_text_stands_with_what_it_means() -> None:
    meaning = (
        "   A charge for a ship that stays at the quay longer than was agreed, paid\n   by the day."
    )
    text = f"Words\n=====\n\nDemurrage\n{meaning}\n\nDunnage\n   Timber under cargo.\n"
    assert [words for _, _, words in shown("a.rst", text.encode())] == [
        f"Demurrage\n{meaning}",
        "Dunnage\n   Timber under cargo.",
    ]


def test_what_stands_under_directives_of_restructured_text_is_read() -> None:
    directives = (
        "function:: moor(ship)",
        "py:method:: Ship.sail()",
        "option:: --fast",
        "only:: html",
    )
    text = "".join(f".. {name}\n\n   It is {i}.\n\n" for i, name in enumerate(directives))
    text += ".. glossary::\n\n   Dunnage\n      Timber under cargo.\n\n.. [1] A note.\n"
    words = " ".join(words for _, _, words in shown("a.rst", text.encode()))
    for expected in ("moor(ship)", "It is 0.", "It is 1.", "It is 2.", "It is 3.", "under", "note"):
        assert expected in words


def test_comments_targets_and_silent_directives_of_restructured_text_are_no_text() -> None:
    hidden = (
        "Fix this: soon",
        "_target: https://example.org",
        "|ship| image:: ship.png",
        "image:: ship.png\n   :alt: hidden",
        "toctree::\n\n   hidden",
        "py:module:: hidden",
    )
    text = "Shown.\n\n" + "".join(f".. {line}\n\n" for line in hidden) + "..\n   Hidden.\n\nEnd."
    assert [words for _, _, words in shown("a.rst", text.encode())] == ["Shown.", "End."]


def test_silent_directives_inside_others_are_hidden_but_in_an_example_they_are_text() -> None:
    text = (
        ".. only:: html\n\n   .. contents::\n\n      :depth: 2\n\n   Shown.\n\n"
        ".. code-block:: rst\n\n   .. image:: ship.png\n\nSo::\n\n   .. a comment\n"
    )
    assert [words for _, _, words in shown("a.rst", text.encode())] == [
        ".. only:: html",
        "Shown.",
        ".. code-block:: rst",
        ".. image:: ship.png",
        "So::",
        ".. a comment",
    ]


def test_latex_is_read_from_where_the_document_begins() -> None:
    assert shown("a.tex", TEX.encode()) == [(("Ships",), "", "Ships carry timber.")]
    assert read("a.tex", TEX.encode()).metadata == Metadata(
        "Harbour", "Jane Doe", "", "2024-05-03", "metadata"
    )


PRINTED = r"""\begin{document}
\begin{abstract}
Salt \emph{fell} by 5.2\,\% % TODO check
at $-4\,^{\circ}$C~\citep[p.~3]{doe2020}, said Mo\"e\footnote{Of \textbf{Hull}.}: ``Yes''.
\end{abstract}
% Not said: \section{None}
\section{Goods \& prices}\label{s}
\begin{table}[ht]\centering
\caption{Prices in \pounds{} per m$^2$}
\begin{tabular}{l r@{}r} \toprule
 & Old & New \\ \midrule
Fish & \multicolumn{2}{c}{3--4} \\
Rope ($n = 2$) & $\alpha$ & 5 \\ \bottomrule
\end{tabular}
\end{table}
\begin{itemize} \item Fish, dried \item[Rope] of hemp \end{itemize}
\bibliography{works}
\end{document}"""


def test_of_latex_is_shown_what_it_prints() -> None:
    caption = "Prices in £ per m²"
    assert shown("a.tex", PRINTED.encode()) == [
        (
            ("Abstract",),
            "",
            "Salt fell by 5.2 % at −4 °C [doe2020, p. 3], said Moë (Of Hull.): “Yes”.",
        ),
        (("Goods & prices",), "", caption),
        (("Goods & prices", caption), "", "| Old | New\nFish | 3–4\nRope (n = 2) | α | 5"),
        (("Goods & prices",), "", "- Fish, dried\n- Rope of hemp"),
    ]


def test_each_work_of_a_bibliography_is_a_paragraph_of_its_fields() -> None:
    work = (
        "book: doe2005; author: Doe, Jane and Müller, Bob; title: Ships & Salt;"
        " publisher: hp, Hull; year: 2005"
    )
    assert shown("a.bib", BIB.encode()) == [((), "doe2005", work), ((), "doe2005", SHIPS)]
    with pytest.raises(UnreadableError, match="it holds no entry"):
        read("a.bib", b"No work.")


def test_source_code_is_cut_between_its_parts_and_says_the_lines() -> None:
    assert shown("a.py", SOURCE.encode()) == [
        ((), "line 1", "import os"),
        ((), "lines 4-5", "def sail():\n    return 1"),
        ((), "lines 8-9", "def moor():\n    return 2"),
    ]


def test_a_long_log_is_cut_into_groups_of_lines() -> None:
    log = "".join(f"line number {i} of the log\n" for i in range(1, 101))
    places = [place for _, place, _ in shown("a.log", log.encode())]
    assert places == ["lines 1-38", "lines 39-76", "lines 77-100"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_says_what_a_markdown_file_is(end: str) -> None:
    assert read("a.md", MARKDOWN.replace("\n", end).encode()).metadata == Metadata(
        "Harbour", "", "", "2024-05-03", "front matter"
    )
    more = '---\nauthors:\n  - Jane Doe\ntitle: "Of ships"\nlang: en-GB\n---\n\nText.\n'
    assert read("a.md", more.encode()).metadata == Metadata("Of ships", "Jane Doe", "en")


def test_a_section_of_latex_that_pandoc_wrote_has_its_title_alone() -> None:
    content = b"\\hypertarget{ships}{%\n\\section{Ships}\\label{ships}}\n\nThey carry timber.\n"
    assert shown("a.tex", content)[-1][::2] == (("Ships",), "They carry timber.")
