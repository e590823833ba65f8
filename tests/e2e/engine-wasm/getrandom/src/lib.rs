//! A source of random numbers that refuses. The crate that unpacks ZIP archives asks for them where
//! it *writes* encrypted ones; the real source would ask the browser. The engine does neither, and
//! here it could not.

/// Always this.
#[derive(Clone, Copy, Debug)]
pub struct Error;

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there are no random numbers here")
    }
}

impl std::error::Error for Error {}

impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}

/// Refuses.
pub fn fill(_: &mut [u8]) -> Result<(), Error> {
    Err(Error)
}

/// Refuses.
pub fn u64() -> Result<u64, Error> {
    Err(Error)
}
