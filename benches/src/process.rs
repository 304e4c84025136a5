//! What the kernel knows of processes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    thread::{self, JoinHandle},
    time::Duration,
};

use nix::{time::clock_getcpuclockid, unistd::Pid};

use test_support::host::Launch;

/// Prepares to start a build of the provider as Terraform does.
pub fn launch(provider: &Path) -> Launch {
    Launch::of(provider).by_host()
}

/// The CPU time that a process has used so far, in seconds; none once it has ended.
pub fn cpu_seconds(pid: u32) -> Option<f64> {
    let pid = Pid::from_raw(i32::try_from(pid).ok()?);
    let time = clock_getcpuclockid(pid).ok()?.now().ok()?;
    Some(Duration::from(time).as_secs_f64())
}

/// A size from `/proc/<pid>/status`, such as `VmRSS`, in bytes.
pub fn memory(pid: u32, field: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024.0)
}

/// The load average over a minute.
pub fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split_whitespace().next();
    first.and_then(|load| load.parse().ok()).unwrap_or(f64::NAN)
}

/// Watches the processes that run one program, however they are started.
#[derive(Debug)]
pub struct Watch {
    stop: mpsc::Sender<()>,
    thread: JoinHandle<Usage>,
}

/// What the processes of a program used together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    pub cpu_seconds: f64,
    /// The most that one of them had resident, in bytes.
    pub peak_memory: f64,
}

/// Short beside everything that is watched.
const INTERVAL: Duration = Duration::from_millis(10);

impl Watch {
    pub fn start(program: &Path) -> Self {
        let (stop, stopped) = mpsc::channel();
        let program = program.to_owned();
        let thread = thread::spawn(move || {
            let mut seen = BTreeMap::new();
            loop {
                for pid in running(&program) {
                    // The last look before its end counts.
                    if let (Some(cpu), Some(peak)) = (cpu_seconds(pid), memory(pid, "VmHWM")) {
                        seen.insert(pid, (cpu, peak));
                    }
                }
                if stopped.recv_timeout(INTERVAL) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            Usage {
                cpu_seconds: seen.values().map(|(cpu, _)| cpu).sum(),
                peak_memory: seen.values().map(|(_, peak)| *peak).fold(0.0, f64::max),
            }
        });
        Self { stop, thread }
    }

    pub fn finish(self) -> Usage {
        drop(self.stop);
        self.thread.join().expect("the watch ends in order")
    }
}

fn running(program: &Path) -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid| {
            let link = PathBuf::from(format!("/proc/{pid}/exe"));
            fs::read_link(link).is_ok_and(|exe| exe == program)
        })
        .collect()
}
