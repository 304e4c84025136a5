//! The state file: every policy that is set, as JSON, replaced as a whole at each change.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

/// One campaign's policy in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SavedPolicy {
    pub(crate) vdn_id: u16,
    pub(crate) campaign_id: i64,
    pub(crate) retry_policy_id: String,
    pub(crate) policy_type: u8,
    pub(crate) policy_json: String,
}

/// Where the state is kept.
#[derive(Clone, Debug)]
pub(crate) struct StateFile(PathBuf);

impl StateFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The policies in the file; none where there is no file yet.
    pub(crate) fn read(&self) -> Result<Vec<SavedPolicy>, String> {
        match std::fs::read(&self.0) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| error.to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Replaces the file in one step: a reader, or a start after a crash, finds the old state or
    /// the new one.
    pub(crate) fn write(&self, policies: &[SavedPolicy]) -> io::Result<()> {
        let mut file = NamedTempFile::new_in(directory_of(&self.0))?;
        serde_json::to_writer_pretty(&mut file, policies)?;
        file.write_all(b"\n")?;
        file.persist(&self.0)?;
        Ok(())
    }
}

/// The directory that holds `path`.
pub(crate) fn directory_of(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let directory = tempfile::tempdir().unwrap();
        let file = StateFile::new(directory.path().join("state.json"));
        assert_eq!(file.read(), Ok(Vec::new()));
        let policies = vec![SavedPolicy {
            vdn_id: 25,
            campaign_id: 46,
            retry_policy_id: "1".into(),
            policy_type: 0,
            policy_json: "[{'type':0,'retryTimes':1,'retryDay':1}]".into(),
        }];
        file.write(&policies).unwrap();
        assert_eq!(file.read(), Ok(policies));
        std::fs::write(directory.path().join("state.json"), "[{]").unwrap();
        assert!(file.read().is_err());
    }
}
