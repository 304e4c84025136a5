//! The file that outlives a process that is killed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf, absolute},
};

use isales_client::CampaignRef;

/// A file that was written by this process.
#[derive(Debug)]
pub(in crate::doctor::trial) struct UndoFile {
    path: PathBuf,
}

/// Returns the name of the file for a trial at this time.
pub(super) fn default_path(campaign: CampaignRef, written: &str) -> PathBuf {
    let CampaignRef {
        vdn_id,
        campaign_id,
    } = campaign;
    // A colon has no place in the name of a file on Windows.
    let time: String = written.chars().filter(|c| !"-:".contains(*c)).collect();
    format!("isales-undo-{vdn_id}-{campaign_id}-{time}.json").into()
}

// === impl UndoFile ===

impl UndoFile {
    /// Creates the file, which must not exist yet, for the user alone, and returns once its content
    /// survives a failure of the machine.
    ///
    /// # Errors
    ///
    /// The file exists, or it cannot be written.
    pub(in crate::doctor::trial) fn create(path: &Path, content: &str) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let created = Self {
            path: path.to_owned(),
        };
        let written = file
            .write_all(content.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| sync_folder(path));
        match written {
            Ok(()) => Ok(created),
            Err(error) => {
                // Half a file helps nobody.
                let _removed = created.remove();
                Err(error)
            }
        }
    }

    /// Removes the file.
    ///
    /// # Errors
    ///
    /// It cannot be removed.
    pub(in crate::doctor::trial) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// Makes sure that the name of a new file survives as well.
fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let path = absolute(path)?;
    path.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_new_and_for_the_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("undo.json");
        let file = UndoFile::create(&path, "content").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "content");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        let error = UndoFile::create(&path, "other").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "content");
        file.remove().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn the_name_has_the_campaign_and_the_time() {
        let path = default_path("25/46".parse().unwrap(), "2026-11-27T18:15:00Z");
        assert_eq!(
            path.to_str(),
            Some("isales-undo-25-46-20261127T181500Z.json")
        );
    }
}
