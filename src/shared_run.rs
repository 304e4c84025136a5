//! State that the provider processes of one Terraform run share.
//!
//! Terraform starts a process for each `provider` block, so two blocks that manage the same object
//! are not aware of each other. Processes with the same parent share a folder with a file for each
//! key, guarded by a file lock of the operating system. A process that finds no other process alive
//! clears the folder, so nothing outlives the run.
//!
//! The standard library does not provide the parent process on Windows. Nothing is shared there:
//! each process has only its own history.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// The folder of one run.
#[derive(Debug)]
pub(crate) struct SharedRun {
    folder: PathBuf,
    /// Holds a shared lock for as long as this process takes part.
    alive: File,
}

/// The entry of a key, locked against other processes.
#[derive(Debug)]
pub(crate) struct Entry(File);

/// The longest entry that is read, in bytes, far above any that is written.
const MAX_ENTRY: u64 = 1024 * 1024;

const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

// === impl SharedRun ===

impl SharedRun {
    /// Joins the processes that have the same parent as this one. Returns `None` where the parent is
    /// not known or the folder for temporary files cannot be used.
    pub(crate) fn join(temporary: &Path) -> Option<Self> {
        let folder = temporary.join(format!("terraform-provider-isales-{}", parent_id()?));
        match Self::join_folder(folder) {
            Ok(run) => Some(run),
            Err(error) => {
                log::debug!(error:% = error; "Sharing no history with other provider processes");
                None
            }
        }
    }

    fn join_folder(folder: PathBuf) -> io::Result<Self> {
        create_private_folder(&folder)?;
        let alive = open(&folder.join("alive"))?;
        // No other process is alive, so all entries are from an earlier run.
        if alive.try_lock().is_ok() {
            remove_entries(&folder)?;
            alive.unlock()?;
        }
        alive.lock_shared()?;
        Ok(Self { folder, alive })
    }

    /// Whether a process of this run has locked the entry of this key.
    pub(crate) fn has_entry(&self, key: &str) -> bool {
        self.entry_path(key).exists()
    }

    fn entry_path(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.entry"))
    }

    /// Waits until no other process holds the entry of this key, which must be a valid file name.
    ///
    /// # Errors
    /// The file cannot be opened or locked, or the wait is cancelled.
    pub(crate) async fn lock(&self, key: &str, cancel: &CancellationToken) -> io::Result<Entry> {
        let file = open(&self.entry_path(key))?;
        let mut pause = FIRST_PAUSE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Entry(file)),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(io::ErrorKind::Interrupted.into()),
                () = sleep(pause) => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

impl Drop for SharedRun {
    fn drop(&mut self) {
        let is_last = self.alive.unlock().is_ok() && self.alive.try_lock().is_ok();
        if is_last {
            // The folder may stay: the next process that uses it clears it.
            let _removed = fs::remove_dir_all(&self.folder);
        }
    }
}

// === impl Entry ===

impl Entry {
    /// Returns the value last written in this run; `None` if there is none or it is unreadable.
    pub(crate) fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        self.0.rewind().ok()?;
        let mut bytes = Vec::new();
        (&self.0).take(MAX_ENTRY).read_to_end(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Replaces the value.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn write<T: Serialize>(&mut self, value: &T) -> io::Result<()> {
        let bytes = serde_json::to_vec(value)?;
        self.0.set_len(0)?;
        self.0.rewind()?;
        self.0.write_all(&bytes)
    }
}

fn remove_entries(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "entry")
        {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn parent_id() -> Option<u32> {
    // Process 1 adopts processes whose parent has ended, so it says nothing about the run.
    Some(std::os::unix::process::parent_id()).filter(|id| *id > 1)
}

#[cfg(not(unix))]
fn parent_id() -> Option<u32> {
    None
}

/// Creates a folder that only this user can access, or accepts an existing one.
#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};

    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        result => return result,
    }
    // The folder for temporary files is writable by everyone, so another user may have been first.
    let metadata = fs::symlink_metadata(folder)?;
    let is_private = metadata.is_dir()
        && metadata.mode() & 0o077 == 0
        && metadata.uid() == nix::unistd::geteuid().as_raw();
    if is_private {
        Ok(())
    } else {
        Err(io::Error::other(
            "the shared folder is accessible to other users",
        ))
    }
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(folder: &Path) -> SharedRun {
        SharedRun::join_folder(folder.join("run")).unwrap()
    }

    #[tokio::test]
    async fn one_process_reads_what_another_has_written() {
        let folder = tempfile::tempdir().unwrap();
        let cancel = CancellationToken::new();
        let (one, other) = (run(folder.path()), run(folder.path()));
        assert!(!other.has_entry("a"));
        let mut entry = one.lock("a", &cancel).await.unwrap();
        assert!(other.has_entry("a"));
        assert_eq!(entry.read::<u32>(), None);
        entry.write(&7).unwrap();
        drop(entry);
        assert_eq!(other.lock("a", &cancel).await.unwrap().read(), Some(7));
        assert_eq!(other.lock("b", &cancel).await.unwrap().read::<u32>(), None);
    }

    #[tokio::test]
    async fn nothing_outlives_the_last_process_of_a_run() {
        let folder = tempfile::tempdir().unwrap();
        let cancel = CancellationToken::new();
        let first = run(folder.path());
        first.lock("a", &cancel).await.unwrap().write(&7).unwrap();
        let left_over = folder.path().join("run/a.entry");
        // A process that is killed removes nothing.
        first.alive.unlock().unwrap();
        assert!(left_over.exists());
        let second = run(folder.path());
        assert_eq!(second.lock("a", &cancel).await.unwrap().read::<u32>(), None);
        drop(second);
        drop(first);
        assert!(!folder.path().join("run").exists());
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_for_another_process_can_be_cancelled() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (run(folder.path()), run(folder.path()));
        let cancel = CancellationToken::new();
        let held = one.lock("a", &cancel).await.unwrap();
        cancel.cancel();
        let error = other.lock("a", &cancel).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Interrupted);
        drop(held);
        assert!(other.lock("a", &cancel).await.is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_may_open_is_not_used() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(SharedRun::join_folder(path).is_err());
    }
}
