//! Standard output. Unlike `println!`, a reader that went away (`bonafide keys list | head -1`) is no panic.

use std::io::{self, Write as _};

/// Writes `text` and a line end.
pub(crate) fn line(text: impl AsRef<str>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_ref().as_bytes())?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}

/// Whether an error says that nobody reads any more, which is the reader's good right.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
