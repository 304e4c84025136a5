//! Why the pages could not be made.

use std::{io, path::PathBuf};

/// Why the pages could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{} could not be read or written: {source}. Run from the repository's root.", .path.display())]
    File {
        /// Where it is.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The provider did not answer a call.
    #[error("the provider did not answer: {0}. Its own tests will show why.")]
    Provider(#[from] tonic::Status),
    /// A type is not in the form in which the protocol writes types.
    #[error("the type {text:?} is not one that Terraform has. Correct the provider's schema.")]
    Type {
        /// The type as it was found.
        text: String,
    },
    /// A template has a placeholder that stands for nothing.
    #[error(
        "the template {template} has {{{{{placeholder}}}}}, which stands for nothing there. \
         Correct it, or teach the generator."
    )]
    Placeholder {
        /// The template's path in the repository.
        template: String,
        /// What stands between the braces.
        placeholder: String,
    },
    /// A template has no page.
    #[error("the template {0} belongs to nothing that the provider has. Rename or remove it.")]
    Stray(String),
}

impl Error {
    /// For `map_err`, where a path is at hand.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}
