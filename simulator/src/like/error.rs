//! Reports that cannot be used.

use thiserror::Error;

/// The version of the format that is read.
pub(super) const FORMAT: u32 = 1;

/// A file that cannot be read.
#[derive(Debug, Error)]
pub enum LikeError {
    /// The file cannot be read.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// It is not JSON.
    #[error("it is not JSON: {0}")]
    Json(&'static str),
    /// It is another kind of file, or of another version.
    #[error("it is not a report of terraform-provider-isales in format {FORMAT}")]
    Format,
    /// The server's clock is too far off.
    #[error("server.clock_ahead_s: {0}")]
    Clock(String),
    /// A part of it is missing or malformed.
    #[error("{0} is missing or malformed")]
    Part(&'static str),
}
