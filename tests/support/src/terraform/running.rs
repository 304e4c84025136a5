//! A command that runs: bounded in time, and gone with the test that started it.

use std::{
    io::{self, Read, Write as _},
    os::unix::process::CommandExt as _,
    process::{Child, Command, Output},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use super::Outcome;

/// Longer than any command takes on the slowest machine. It bounds hangs; it measures nothing.
const PATIENCE: Duration = Duration::from_secs(600);
/// How often to look for the end, as no event reports it.
const LOOK: Duration = Duration::from_millis(2);

/// A command in a process group of its own, which is killed with the value.
#[derive(Debug)]
pub struct Running {
    arguments: Vec<String>,
    process: Child,
    stdout: Capture,
    stderr: Capture,
    deadline: Instant,
    has_ended: bool,
}

/// The output of a pipe, read by a thread of its own.
#[derive(Clone, Debug, Default)]
struct Capture(Arc<(Mutex<Said>, Condvar)>);

#[derive(Debug, Default)]
struct Said {
    bytes: Vec<u8>,
    is_closed: bool,
}

// === impl Running ===

impl Running {
    pub fn start(mut command: Command) -> io::Result<Self> {
        let arguments = command.get_args();
        let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
        let arguments = arguments.collect();
        let mut process = command.process_group(0).spawn()?;
        Ok(Self {
            arguments,
            stdout: Capture::of(process.stdout.take()),
            stderr: Capture::of(process.stderr.take()),
            process,
            deadline: Instant::now() + PATIENCE,
            has_ended: false,
        })
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Signals the whole group, as a terminal does.
    pub fn signal(&self, signal: Signal) {
        killpg(self.group(), signal).expect("the group is there");
    }

    /// Waits until it has said this on standard output. Returns the line so far.
    pub fn says(&self, text: &str) -> String {
        let line = |said: &Said| {
            let said = String::from_utf8_lossy(&said.bytes);
            said.lines()
                .find(|line| line.contains(text))
                .map(str::to_owned)
        };
        self.stdout
            .wait(self.deadline, |said| line(said).is_some() || said.is_closed);
        match line(&self.stdout.said()) {
            Some(line) => line,
            None => panic!("not {text:?}, but {}", self.transcript()),
        }
    }

    /// Types something.
    pub fn answer(&mut self, text: &str) {
        let stdin = self.process.stdin.as_mut().expect("a pipe");
        stdin.write_all(text.as_bytes()).expect("it is read");
    }

    /// Fails the test where it has taken too long.
    pub fn has_ended(&mut self) -> bool {
        assert!(
            Instant::now() < self.deadline,
            "it does not end: {}",
            self.transcript()
        );
        self.has_ended |= self.process.try_wait().expect("a process").is_some();
        self.has_ended
    }

    /// Waits for the end, of its output as well.
    pub fn output(mut self) -> Output {
        for capture in [&self.stdout, &self.stderr] {
            let is_closed = capture.wait(self.deadline, |said| said.is_closed);
            assert!(is_closed, "it does not end: {}", self.transcript());
        }
        while !self.has_ended() {
            thread::sleep(LOOK);
        }
        Output {
            status: self.process.wait().expect("a process"),
            stdout: self.stdout.said().bytes,
            stderr: self.stderr.said().bytes,
        }
    }

    pub fn outcome(self) -> Outcome {
        let arguments = self.arguments.clone();
        Outcome::new(arguments, self.output())
    }

    fn group(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.id()).expect("a process id"))
    }

    fn transcript(&self) -> String {
        let text = |capture: &Capture| String::from_utf8_lossy(&capture.said().bytes).into_owned();
        format!(
            "{:?}\n{}\n{}",
            self.arguments,
            text(&self.stdout),
            text(&self.stderr)
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Once all of a group has ended, its number may be another's.
        if !(self.has_ended && self.stdout.said().is_closed && self.stderr.said().is_closed) {
            let _gone = killpg(self.group(), Signal::SIGKILL);
            let _ended = self.process.wait();
        }
    }
}

// === impl Capture ===

impl Capture {
    fn of(pipe: Option<impl Read + Send + 'static>) -> Self {
        let capture = Self::default();
        let Some(mut pipe) = pipe else {
            capture.add(&[], true);
            return capture;
        };
        let captured = capture.clone();
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                match pipe.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(count) => captured.add(&buffer[..count], false),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => break,
                }
            }
            captured.add(&[], true);
        });
        capture
    }

    fn add(&self, bytes: &[u8], is_last: bool) {
        let (said, changed) = &*self.0;
        let mut said = said.lock().expect("no panic");
        said.bytes.extend_from_slice(bytes);
        said.is_closed |= is_last;
        changed.notify_all();
    }

    /// Whether it came about before the deadline.
    fn wait(&self, deadline: Instant, mut is_there: impl FnMut(&Said) -> bool) -> bool {
        let (said, changed) = &*self.0;
        let said = said.lock().expect("no panic");
        let left = deadline.saturating_duration_since(Instant::now());
        let waited = changed.wait_timeout_while(said, left, |said| !is_there(said));
        let (_said, timeout) = waited.expect("no panic");
        !timeout.timed_out()
    }

    fn said(&self) -> Said {
        let said = self.0.0.lock().expect("no panic");
        Said {
            bytes: said.bytes.clone(),
            is_closed: said.is_closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    #[test]
    fn what_a_command_has_started_is_gone_with_it() {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "read word; echo \"$word\"; sleep 600 & wait"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut running = Running::start(shell).expect("a shell");
        running.answer("hello\n");
        running.says("hello");
        let stdout = running.stdout.clone();
        assert!(!running.has_ended() && !stdout.said().is_closed);
        drop(running);
        // The sleep holds on to the pipe for as long as it lives.
        let deadline = Instant::now() + Duration::from_secs(60);
        assert!(stdout.wait(deadline, |said| said.is_closed));
    }
}
