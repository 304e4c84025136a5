//! The file of a report.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// A new file that only its owner may read.
#[derive(Debug)]
pub(in crate::doctor) struct ReportFile {
    path: PathBuf,
    file: File,
}

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
pub(in crate::doctor) enum ReportError {
    /// The file exists already.
    #[error("the file {} exists already. Name another one with --report", .0.display())]
    Exists(PathBuf),
    /// The file cannot be created.
    #[error("the report cannot be written to {} ({source}). Name another file with --report", path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("the report could not be written to {} whole ({source})", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

// === impl ReportFile ===

impl ReportFile {
    /// Creates the file.
    ///
    /// # Errors
    ///
    /// The file exists, or cannot be created.
    pub(in crate::doctor) fn create(path: &Path) -> Result<Self, ReportError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let path = path.to_owned();
        match options.open(&path) {
            Ok(file) => Ok(Self { path, file }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(ReportError::Exists(path))
            }
            Err(source) => Err(ReportError::Create { path, source }),
        }
    }

    /// Writes the report. Returns the path of the file.
    ///
    /// # Errors
    ///
    /// It cannot be written whole.
    pub(in crate::doctor) fn write(mut self, report: &str) -> Result<PathBuf, ReportError> {
        let written = self.file.write_all(report.as_bytes());
        match written.and_then(|()| self.file.sync_all()) {
            Ok(()) => Ok(self.path),
            Err(source) => Err(ReportError::Write {
                path: self.path,
                source,
            }),
        }
    }
}
