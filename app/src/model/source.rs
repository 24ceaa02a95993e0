//! Text as it is imported, kept and given back: LF inside, the file's own line endings outside.
