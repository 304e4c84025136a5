//! A PostgreSQL server of a test's own, on a free port of this machine.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use nix::unistd::Uid;
use tempfile::TempDir;

/// How many ports are tried.
const ATTEMPTS: usize = 5;

/// A server with one database, which ends with the value.
#[derive(Debug)]
pub struct Database {
    folder: TempDir,
    port: u16,
}

// === impl Database ===

impl Database {
    pub fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("isales-database-")
            .tempdir()
            .expect("a temporary folder");
        if Uid::effective().is_root() {
            // PostgreSQL refuses to run as root.
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let mut database = Self { folder, port: 0 };
        run(program("initdb")
            .args([
                "--auth=trust",
                "--username=terraform",
                "--no-sync",
                "--locale=C",
                "-D",
            ])
            .arg(database.data()));
        // A port that was free may be taken when the server asks for it.
        let started = (0..ATTEMPTS).any(|_| database.listen(free_port()));
        assert!(started, "{}", database.log());
        database
    }

    /// Starts the server on a port. False where it does not start.
    fn listen(&mut self, port: u16) -> bool {
        self.port = port;
        let options =
            format!("-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        let mut start = program("pg_ctl");
        start
            .args(["start", "--wait", "--silent", "-o", &options, "-l"])
            .arg(self.folder.path().join("log"))
            .arg("-D")
            .arg(self.data());
        status(&mut start).success()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// What `PG_CONN_STR` takes.
    pub fn address(&self) -> String {
        let port = self.port;
        format!("postgres://terraform@127.0.0.1:{port}/postgres?sslmode=disable")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut stop = program("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--silent", "-D"])
            .arg(self.data());
        // A start that failed has nothing to stop.
        let _ended = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// A program of PostgreSQL's, which Debian keeps out of `PATH`; under root as the user `postgres`.
fn program(name: &str) -> Command {
    let Some(path) = folders()
        .map(|folder| folder.join(name))
        .find(|path| path.exists())
    else {
        panic!(
            "There is no {name}. The test of shared state needs PostgreSQL's programs; on Debian: \
             apt-get install postgresql"
        );
    };
    let mut command = if Uid::effective().is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command
    } else {
        Command::new(path)
    };
    // The folder that the tests run in may be closed to that user.
    command.current_dir(env::temp_dir()).stdin(Stdio::null());
    command
}

fn folders() -> impl Iterator<Item = PathBuf> {
    let in_path = env::var_os("PATH").unwrap_or_default();
    let in_path: Vec<_> = env::split_paths(&in_path).collect();
    let versions = fs::read_dir(Path::new("/usr/lib/postgresql"))
        .into_iter()
        .flatten();
    let debian = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    in_path.into_iter().chain(debian.collect::<Vec<_>>())
}

fn run(command: &mut Command) {
    let status = status(command);
    assert!(status.success(), "{command:?}: {status}");
}

fn status(command: &mut Command) -> ExitStatus {
    // A server that is started holds on to pipes, so that waiting for their end would never end.
    let status = command.stdout(Stdio::null()).status();
    status.unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn free_port() -> u16 {
    let free = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    free.local_addr().expect("an address").port()
}
