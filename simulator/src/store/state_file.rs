//! The state file: a JSON object with a member for each object, replaced as a whole at each change.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};
use tempfile::NamedTempFile;
use thiserror::Error;

/// A file that keeps the store's data between runs.
#[derive(Clone, Debug)]
pub(crate) struct StateFile(PathBuf);

/// A failure to write the state file.
#[derive(Debug, Error)]
#[error("the state was not saved: {0}")]
pub(crate) struct SaveError(#[from] pub(crate) io::Error);

// === impl StateFile ===

impl StateFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Reads the file. Returns `None` if it does not exist yet.
    pub(crate) fn read(&self) -> Result<Option<Value>, String> {
        match std::fs::read(&self.0) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|error| error.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Replaces the file atomically, so that a reader or a start after a crash finds either the
    /// old state or the new one.
    pub(crate) fn write(&self, members: &Map<String, Value>) -> Result<(), SaveError> {
        let mut file = NamedTempFile::new_in(directory_of(&self.0))?;
        serde_json::to_writer_pretty(&mut file, members)?;
        file.write_all(b"\n")?;
        file.persist(&self.0).map_err(io::Error::from)?;
        Ok(())
    }
}

// === impl SaveError ===

impl From<serde_json::Error> for SaveError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.into())
    }
}

/// Returns the directory that contains `path`.
pub(crate) fn directory_of(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_written_file_is_read_back() {
        let directory = tempfile::tempdir().unwrap();
        let file = StateFile::new(directory.path().join("state.json"));
        assert_eq!(file.read(), Ok(None));
        let members = json!({"retryPolicies": [{"vdnId": 25, "campaignId": 46}]});
        file.write(members.as_object().unwrap()).unwrap();
        assert_eq!(file.read(), Ok(Some(members)));
        std::fs::write(directory.path().join("state.json"), "[{]").unwrap();
        assert!(file.read().is_err());
    }
}
