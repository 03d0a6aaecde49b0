"""Generated texts: lines of words and of every mark that means something to the paragraph rules."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(
    ["harbour", "Trade", "1880", "ships’", "“fish”", "Dr.", "e.g.", "U.S.", "naïve", "港", "порт",
     "🎉", "a", "I", "x²", "é", "e\u0301"]
)  # fmt: skip
_SENTENCES = st.lists(_WORDS, min_size=1, max_size=40).flatmap(
    lambda words: st.sampled_from([".", "?", "!", "…", "", ":", ",", ".”"]).map(
        lambda final: " ".join(words) + final
    )
)
_STARTS = st.sampled_from(
    ["", "", "", "", "- ", "* ", "1. ", "a) ", "(2) ", "# ", "## ", "> ", "    ", "\t", "| ", "• "]
)
_MARKED = st.sampled_from(
    ["```", "~~~", "---", "===", "***", "|---|---|", "a | b | c", "x\ty\tz", "<!-- note -->",
     "<div>", "</div>", "[1]: http://x.org", "---\ntitle: A\n---", "\u2028", "\f", "\u00a0", "!"]
)  # fmt: skip
_LINES = st.one_of(
    st.builds(str.__add__, _STARTS, _SENTENCES),
    st.lists(_SENTENCES, min_size=1, max_size=4).map(" ".join),
    _MARKED,
    st.just(""),
    st.text(max_size=30),
)
_LINE_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \n"])


def texts() -> st.SearchStrategy[str]:
    """Whole documents, plain or Markdown, with mixed line ends, perhaps none at the end."""
    return st.lists(st.tuples(_LINES, _LINE_ENDS), max_size=14).map(
        lambda lines: "".join(line + end for line, end in lines).removesuffix("\n")
    )


def simple_paragraphs() -> st.SearchStrategy[str]:
    """One line that both plain text and Markdown read as one paragraph wherever it stands."""
    return st.lists(
        st.sampled_from(["harbour", "trade", "ship", "fish", "grain", "quay", "timber"]),
        min_size=1,
        max_size=30,
    ).map(lambda words: "The " + " ".join(words) + ".")
