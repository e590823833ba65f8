//! ZIP archives, behind caps counted while inflating.

use super::Refusal;

/// An opened ZIP.
pub struct Archive {}

/// A file inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name without folders.
    pub name: String,
    /// Unpacked bytes as declared.
    pub size: u64,
}

impl Archive {
    /// Opens the whole archive's bytes.
    ///
    /// # Errors
    /// A [`Refusal`] when it is locked, broken, has too many entries or unpacks to too much.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let _ = (name, bytes);
        todo!("owner of decode")
    }

    /// The files inside; folders and operating-system litter left out.
    #[must_use]
    pub fn members(&self) -> Vec<Member> {
        todo!("owner of decode")
    }

    /// The first [`super::HEAD_BYTES`] of a member.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be inflated.
    pub fn head(&mut self, member: usize) -> Result<Vec<u8>, Refusal> {
        let _ = member;
        todo!("owner of decode")
    }

    /// Inflates a member, handing over slices.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be inflated or exceeds the caps.
    pub fn read(&mut self, member: usize, sink: &mut dyn FnMut(&[u8])) -> Result<(), Refusal> {
        let _ = (member, sink);
        todo!("owner of decode")
    }
}
