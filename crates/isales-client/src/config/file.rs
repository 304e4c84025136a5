//! The files that settings name: read off the async threads, and within limits.

use std::{
    fs::{self, File, FileType},
    io::{self, Read as _},
    path::Path,
    time::Duration,
};

use tokio::{task::spawn_blocking, time::timeout};
use zeroize::Zeroizing;

/// More than any bundle of certificates has.
const MAX_SIZE: u64 = 1 << 20;

/// The time limit for one file, which a file system that is gone would otherwise take forever.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The reason why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// The operating system's reason.
    #[error("{0}. Check the path and its permissions.")]
    System(String),
    /// The path starts with a tilde, and there is no such file.
    #[error(
        "there is no such file. A ~ is not expanded here: write pathexpand(\"~/...\") in the configuration, or the whole path."
    )]
    Tilde,
    /// The path begins or ends with white space, and there is no such file.
    #[error(
        "there is no such file. The path begins or ends with white space: remove it, or write trimspace(...) around the value."
    )]
    Untrimmed,
    /// The path names a directory.
    #[error("it is a directory. Name a file in it.")]
    Directory,
    /// The path names something that may have no end, or that waits for another process.
    #[error("it is {0}. Name a regular file.")]
    NotRegular(&'static str),
    /// The file is larger than any that belongs here.
    #[error("it is larger than 1 MiB. Check that it is the right file.")]
    TooLarge,
    /// The file system did not answer in time.
    #[error("it could not be read within 10 s. Check the file system that it is on.")]
    TimedOut,
}

/// Reads a file. The content is wiped from memory when dropped. Dropping the future abandons the read.
pub(super) async fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, FileProblem> {
    let path = path.to_owned();
    within(TIME_LIMIT, move || read_now(&path)).await
}

/// Runs blocking work on a thread for such work, and stops waiting for it when the time is over.
async fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, FileProblem> + Send + 'static,
) -> Result<T, FileProblem> {
    match timeout(limit, spawn_blocking(work)).await {
        Ok(Ok(result)) => result,
        Ok(Err(panicked)) => Err(FileProblem::System(panicked.to_string())),
        Err(_) => Err(FileProblem::TimedOut),
    }
}

fn read_now(path: &Path) -> Result<Zeroizing<Vec<u8>>, FileProblem> {
    let problem = |error| problem(path, &error);
    // Before it is opened, which for a named pipe means to wait for a writer.
    let metadata = fs::metadata(path).map_err(problem)?;
    check_type(metadata.file_type())?;
    let mut file = File::open(path).map_err(problem)?.take(MAX_SIZE + 1);
    // Room for everything from the start, as a buffer that moves leaves a copy of a key behind.
    let expected = usize::try_from(metadata.len().min(MAX_SIZE)).unwrap_or_default();
    let mut content = Zeroizing::new(Vec::with_capacity(expected + 64));
    file.read_to_end(&mut content).map_err(problem)?;
    if content.len() as u64 > MAX_SIZE {
        return Err(FileProblem::TooLarge);
    }
    Ok(content)
}

fn problem(path: &Path, error: &io::Error) -> FileProblem {
    let text = path.to_string_lossy();
    match error.kind() {
        io::ErrorKind::NotFound if text.trim() != text => FileProblem::Untrimmed,
        io::ErrorKind::NotFound if text.starts_with('~') => FileProblem::Tilde,
        _ => FileProblem::System(error.to_string()),
    }
}

fn check_type(file_type: FileType) -> Result<(), FileProblem> {
    if file_type.is_file() {
        Ok(())
    } else if file_type.is_dir() {
        Err(FileProblem::Directory)
    } else {
        Err(FileProblem::NotRegular(special_type(file_type)))
    }
}

#[cfg(unix)]
fn special_type(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;

    if file_type.is_fifo() {
        "a named pipe"
    } else if file_type.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special_type(_: FileType) -> &'static str {
    "not a file"
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    async fn problem(path: impl AsRef<Path>) -> FileProblem {
        read(path.as_ref()).await.unwrap_err()
    }

    #[tokio::test]
    async fn a_file_is_read_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, vec![b'x'; 1 << 20]).unwrap();
        let content = read(&path).await.unwrap();
        assert_eq!(content.len(), 1 << 20);

        fs::write(&path, vec![b'x'; (1 << 20) + 1]).unwrap();
        assert_eq!(problem(&path).await, FileProblem::TooLarge);
    }

    #[tokio::test]
    async fn a_path_that_names_no_file_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("ca.pem");
        let missing = missing.to_str().unwrap();
        assert_eq!(problem("~/ca.pem").await, FileProblem::Tilde);
        let with_line_break = format!("{missing}\n");
        assert_eq!(problem(with_line_break).await, FileProblem::Untrimmed);
        assert!(matches!(problem(missing).await, FileProblem::System(_)));
        assert_eq!(problem(folder.path()).await, FileProblem::Directory);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_file_without_an_end_is_not_read() {
        let device = FileProblem::NotRegular("a device");
        assert_eq!(problem("/dev/zero").await, device);
    }

    #[tokio::test]
    async fn a_file_system_that_does_not_answer_is_not_waited_for() {
        let (answer, never) = mpsc::channel();
        let stuck = move || never.recv().map_err(|_| FileProblem::TooLarge);
        let result: Result<(), _> = within(Duration::from_millis(1), stuck).await;
        assert_eq!(result, Err(FileProblem::TimedOut));
        drop(answer);
    }
}
