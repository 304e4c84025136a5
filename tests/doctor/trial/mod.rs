//! `doctor --write` and `doctor --undo`.

mod answers;
mod consent;
mod faults;
mod killed;
mod refusals;
mod undo;
mod way_back;

use std::{
    fs,
    process::{Command, Stdio},
};

use isales_simulator::{CampaignStatus, KeptPolicy, Simulator, SimulatorBuilder};
use serde_json::Value as Json;
use tempfile::TempDir;
use test_support::{
    provider,
    server::{ACCESS_KEY, SECRET_KEY, VDN},
    terraform::Running,
};

/// The campaign of the trials.
const CAMPAIGN: i64 = 46;

/// Its policy before a trial.
const BEFORE: &str = "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
     {'result':5,'retryNumber':1,'callInterval':30}]}]";

/// The number of POSTs of a trial on a server that takes everything, the last of which puts back what
/// was there.
const POSTS: usize = 8;

/// A server that does what the API reference says.
fn server() -> SimulatorBuilder {
    Simulator::builder()
}

/// A server with a campaign to try on, and a folder to run in.
struct Bench {
    server: Simulator,
    folder: TempDir,
    before: Option<KeptPolicy>,
}

/// The end of a command.
struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

// === impl Bench ===

impl Bench {
    /// A campaign that is suspended and has [`BEFORE`].
    fn start(server: SimulatorBuilder) -> Self {
        Self::with_policy(server, Some((0, BEFORE)))
    }

    /// A campaign that is suspended and has this policy.
    fn with_policy(server: SimulatorBuilder, policy: Option<(u8, &str)>) -> Self {
        let server = server
            .credentials(ACCESS_KEY, SECRET_KEY)
            .campaign(VDN, CAMPAIGN)
            .start_blocking()
            .expect("the simulator starts");
        assert!(server.set_campaign_status(VDN, CAMPAIGN, CampaignStatus::Suspended));
        if let Some((policy_type, policy_json)) = policy {
            server
                .set_policy(VDN, CAMPAIGN, policy_type, policy_json)
                .expect("it is a policy");
        }
        let before = server.policy(VDN, CAMPAIGN);
        Self {
            server,
            folder: TempDir::new().expect("a folder"),
            before,
        }
    }

    /// A command that is about to start, with the settings in its environment.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("ISALES_ENDPOINT", self.server.endpoint())
            .env("ISALES_VDN_ID", VDN.to_string())
            .env("ISALES_ACCESS_KEY", ACCESS_KEY)
            .env("ISALES_SECRET_KEY", SECRET_KEY)
            .env("ISALES_CA_CERT_FILE", self.server.ca_file())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// A trial that is about to start, without pauses.
    fn trial(&self, arguments: &[&str]) -> Command {
        let provider = provider::built();
        let mut command = self.command(provider.to_str().expect("UTF-8"));
        command
            .args(["doctor", "--write", "25/46", "--yes", "--pause=0"])
            .args(arguments);
        command
    }

    /// A trial, to its end.
    fn tried(&self, arguments: &[&str]) -> Outcome {
        let mut command = self.trial(&["--json"]);
        command.args(arguments);
        run(command)
    }

    /// Whether the campaign has the policy that it had before.
    fn has_policy_before(&self) -> bool {
        let meaning = |policy: &Option<KeptPolicy>| {
            let policy = policy.as_ref();
            policy.map(|policy| (policy.policy_type, policy.meaning.clone()))
        };
        meaning(&self.server.policy(VDN, CAMPAIGN)) == meaning(&self.before)
    }

    /// The number of policies that were posted.
    fn posts(&self) -> usize {
        let requests = self.server.requests();
        let posts = requests.iter().filter(|request| request.method == "POST");
        posts.count()
    }

    /// The names of the files in the folder.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).expect("a folder").flatten();
        entries
            .map(|entry| entry.file_name().into_string().expect("UTF-8"))
            .collect()
    }

    /// The only file that undoes a trial.
    fn undo_file(&self) -> Json {
        let files = self.files();
        let [file] = &*files else {
            panic!("not one file, but {files:?}");
        };
        let text = fs::read_to_string(self.folder.path().join(file)).expect("a file");
        serde_json::from_str(&text).expect("JSON")
    }
}

fn run(command: Command) -> Outcome {
    let running = Running::start(command).expect("it starts");
    ended(running)
}

fn ended(running: Running) -> Outcome {
    let output = running.output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    Outcome {
        code: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}

// === impl Outcome ===

impl Outcome {
    fn document(&self) -> Json {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }

    /// The findings of the trial.
    fn findings(&self) -> Vec<Json> {
        let document = self.document();
        let findings = document["findings"].as_array().expect("a list").iter();
        findings
            .filter(|finding| finding["step"] == "trial")
            .cloned()
            .collect()
    }

    /// The codes of the findings of the trial, without those of steps that were skipped.
    fn codes(&self) -> Vec<String> {
        let findings = self.findings().into_iter();
        findings
            .filter(|finding| finding["verdict"] != "skipped")
            .map(|finding| finding["code"].as_str().expect("a code").to_owned())
            .collect()
    }

    /// A finding of the trial.
    fn finding(&self, code: &str) -> Json {
        let found = self.findings().into_iter();
        let mut found = found.filter(|finding| finding["code"] == code);
        found
            .next()
            .unwrap_or_else(|| panic!("not {code}, but {:#?}", self.findings()))
    }
}
