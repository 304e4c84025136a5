//! The file with the CA certificate that clients have to trust.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use crate::store::directory_of;

/// The file with the CA certificate.
#[derive(Debug)]
pub(super) enum CaFile {
    Named(PathBuf),
    /// Removed when dropped.
    Temporary(TempPath),
}

// === impl CaFile ===

impl CaFile {
    /// Writes the certificate to `path`, or to a temporary file.
    pub(super) fn write(path: Option<&Path>, pem: &str) -> io::Result<Self> {
        match path {
            Some(path) => {
                fs::create_dir_all(directory_of(path))?;
                fs::write(path, pem)?;
                Ok(Self::Named(path.to_owned()))
            }
            None => {
                let file = tempfile::Builder::new()
                    .prefix("isales-simulator-")
                    .suffix(".ca.pem")
                    .tempfile()?;
                fs::write(file.path(), pem)?;
                Ok(Self::Temporary(file.into_temp_path()))
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Named(path) => path,
            Self::Temporary(path) => path,
        }
    }
}
