//! Counts of wrong outcomes, by kind of fault.

use std::{collections::BTreeMap, fmt::Write as _};

use isales_simulator::{Fault, RecordedRequest, Simulator};

use super::{
    Mode,
    operation::{Action, Operation, Subject},
    verdict::Evidence,
};
use test_support::{policies::common_json, retry_policy::path, values::errors};

/// Figures by kind of fault, and sentences about what should not be.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: BTreeMap<Fault, Row>,
    complaints: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    injected: usize,
    operations: usize,
    succeeded: usize,
    /// Policies on the server that Terraform does not know of, or the other way round.
    lost: usize,
    /// False successes, and failures to notice what happened.
    wrong: usize,
    /// POSTs that stored what was stored already.
    duplicates: usize,
}

// === impl Tally ===

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        for (fault, row) in other.rows {
            self.rows.entry(fault).or_default().add(&row);
        }
        self.complaints.extend(other.complaints);
    }

    /// Compares the outcome of an operation with the server, and counts it.
    pub(super) fn record(
        &mut self,
        fault: Fault,
        mode: Mode,
        subject: &Subject,
        simulator: &Simulator,
        requests: &[RecordedRequest],
    ) {
        let operation = subject.operation;
        let messages = errors(&subject.outcome.diagnostics);
        let kept = simulator
            .policy(25, subject.campaign_id)
            .map(|policy| policy.policy_json);
        let state = subject.state();
        let verdict = Evidence {
            operation,
            fault,
            times: mode.times,
            errors: &messages,
            is_said_to_lag: subject.is_said_to_lag(),
            prior: subject.prior(),
            state,
            server: kept.as_deref(),
        }
        .verdict();
        let here = path(subject.campaign_id);
        let here: Vec<_> = requests
            .iter()
            .filter(|request| request.path == here)
            .collect();
        let injected = here
            .iter()
            .filter(|request| request.interference.is_some())
            .count();
        let is_missed = !met_where_meant(operation, &here);
        let stored = here.iter().filter(|request| {
            request.method == "POST" && (request.interference.is_none() || fault.stores())
        });
        let duplicates = stored.count().saturating_sub(1);

        let row = self.rows.entry(fault).or_default();
        row.injected += injected;
        row.operations += 1;
        row.succeeded += usize::from(messages.is_empty());
        row.lost += usize::from(verdict.is_lost);
        row.wrong += usize::from(verdict.is_wrong);
        row.duplicates += duplicates;
        if verdict.is_lost || verdict.is_wrong || duplicates > 0 || is_missed {
            self.complaints.push(format!(
                "{fault}, {operation:?}, {mode:?}: {verdict:?}, duplicates {duplicates}, injected \
                 {injected}, missed {is_missed}; messages {messages:?}, state {state}, server {kept:?}"
            ));
        }
    }

    /// Lets Terraform apply, or destroy, again, and compares its state with the server.
    pub(super) async fn converge(
        &mut self,
        fault: Fault,
        mode: Mode,
        subject: Subject,
        simulator: &Simulator,
    ) {
        let (operation, campaign_id) = (subject.operation, subject.campaign_id);
        let is_said_to_lag = subject.is_said_to_lag();
        let state = subject.again().await;
        let kept = simulator.policy(25, campaign_id);
        let wanted = match operation.action {
            // The warning asks a person to look.
            Action::Restore if is_said_to_lag => operation.action.earlier().unwrap_or_default(),
            action => action.wanted(),
        };
        let agree = kept.is_some_and(|kept| kept.policy_json == common_json(wanted, 1))
            && match operation.action {
                Action::Restore => state.is_null(),
                _ => state["policy_json"][0]["retry_times"] == wanted,
            };
        if !agree {
            self.rows.entry(fault).or_default().lost += 1;
            self.complaints.push(format!(
                "{fault}, {operation:?}, {mode:?}: the next apply ends in {state}"
            ));
        }
    }

    pub(super) fn complaints(&self) -> Vec<&str> {
        self.complaints.iter().map(String::as_str).collect()
    }

    /// As Markdown.
    pub(super) fn to_table(&self) -> String {
        let mut table = String::from(
            "| fault | injected | operations | succeeded all the same | policies lost | wrongly \
             reported | duplicates posted |\n|---|--:|--:|--:|--:|--:|--:|\n",
        );
        let mut sum = Row::default();
        for (fault, row) in &self.rows {
            write_row(&mut table, &fault.to_string(), row);
            sum.add(row);
        }
        write_row(&mut table, "all", &sum);
        table
    }
}

// === impl Row ===

impl Row {
    fn add(&mut self, other: &Self) {
        self.injected += other.injected;
        self.operations += other.operations;
        self.succeeded += other.succeeded;
        self.lost += other.lost;
        self.wrong += other.wrong;
        self.duplicates += other.duplicates;
    }
}

/// Whether the first fault among the requests of an operation met the one that it was meant for.
fn met_where_meant(operation: Operation, requests: &[&RecordedRequest]) -> bool {
    let met = requests
        .iter()
        .position(|request| request.interference.is_some());
    met.is_some_and(|met| {
        let is_after_a_post = requests[..met].iter().any(|one| one.method == "POST");
        operation.step.is_of(&requests[met].method, is_after_a_post)
    })
}

fn write_row(table: &mut String, name: &str, row: &Row) {
    let Row {
        injected,
        operations,
        succeeded,
        lost,
        wrong,
        duplicates,
    } = row;
    let _ = writeln!(
        table,
        "| {name} | {injected} | {operations} | {succeeded} | {lost} | {wrong} | {duplicates} |"
    );
}
