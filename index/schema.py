"""The catalog's tables. A state directory with another version of them is refused, not guessed."""

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
    path TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL,
    paragraphs INTEGER NOT NULL,
    text TEXT NOT NULL
);

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
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);

CREATE VIRTUAL TABLE paragraphs_fts USING fts5 (
    text, heading, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER paragraphs_fts_delete AFTER DELETE ON paragraphs BEGIN
    DELETE FROM paragraphs_fts WHERE rowid = old.number;
END;
"""
