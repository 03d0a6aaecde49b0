"""The catalog's tables.

Those of an earlier version are dropped and made anew, but for ``KEPT``: whoever changes one of
these, or what a vector's key is made of, must see to the old ones (index/database.py).
"""

SCHEMA_VERSION = 2

KEPT = ("meta", "vectors")

HELD = "held"
"""The setting that remembers how many documents dropped tables had, until a sync was done."""

FULL_TEXT = """
CREATE VIRTUAL TABLE paragraphs_fts USING fts5 (
    text, heading, tokenize = 'porter unicode61 remove_diacritics 2'
);
"""

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
    path TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT NOT NULL,
    date_source TEXT NOT NULL,
    pages INTEGER NOT NULL,
    pages_with_text INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documents_by_sha256 ON documents (sha256);

-- A word's box: its offsets as two u32, then x0, top, x1, bottom as four f32, little endian.
CREATE TABLE pages (
    path TEXT NOT NULL REFERENCES documents (path) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (path, number)
) WITHOUT ROWID;

CREATE TABLE paragraphs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL REFERENCES documents (path) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    page INTEGER,
    location TEXT NOT NULL,
    vector_key BLOB NOT NULL
);
CREATE UNIQUE INDEX paragraphs_in_document ON paragraphs (path, ordinal);
CREATE INDEX paragraphs_of_vector ON paragraphs (vector_key);

CREATE TABLE sentences (
    paragraph INTEGER NOT NULL REFERENCES paragraphs (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector_key BLOB NOT NULL,
    PRIMARY KEY (paragraph, ordinal)
) WITHOUT ROWID;

-- The embedding cache: key = hash of model fingerprint and text, so a text is embedded once.
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);

{FULL_TEXT}CREATE TRIGGER paragraphs_fts_delete AFTER DELETE ON paragraphs BEGIN
    DELETE FROM paragraphs_fts WHERE rowid = old.number;
END;
"""
