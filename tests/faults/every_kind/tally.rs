//! Counts of wrong outcomes, by kind of fault.

use std::{collections::BTreeMap, fmt::Write as _};

use isales_simulator::{Fault, RecordedRequest, Simulator};

use super::{
    Mode,
    object::{Action, Object, Operation, Version},
    subject::Subject,
    verdict::Evidence,
};

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
    /// Objects on the server that Terraform does not know of, or the other way round.
    lost: usize,
    /// False successes, and failures to notice what happened.
    wrong: usize,
    /// Writes of what was written already, and objects that were created twice.
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
    pub(super) fn record<O: Object>(
        &mut self,
        fault: Fault,
        mode: Mode,
        subject: &Subject<O>,
        simulator: &Simulator,
        requests: &[RecordedRequest],
    ) {
        let (object, operation) = (subject.object, subject.operation);
        let Operation { action, step, .. } = operation;
        let reported = subject.reported();
        let kept = object.on_server(simulator, subject.number);
        let contents = |version: Option<Version>| -> Vec<_> {
            version
                .map(|version| object.content(version))
                .into_iter()
                .collect()
        };
        let state = subject.state();
        let verdict = Evidence {
            action,
            step,
            fault,
            times: mode.times,
            reported: &reported,
            is_said_to_lag: subject.is_said_to_lag(),
            doubt_leaves_state: O::DOUBT_LEAVES_STATE,
            id_is_listed: O::ID_IS_LISTED,
            believes_denials: O::BELIEVES_DENIALS,
            prior: subject.prior(),
            state,
            is_as_wanted: is_remembered(object, action, state),
            server: &kept,
            wanted: &contents(action.wanted()),
            earlier: &contents(action.earlier()),
        }
        .verdict();
        let here = subject.requests(requests);
        let is_meant = |request: &&&RecordedRequest| {
            request.interference.as_deref() == Some(&*fault.to_string())
                && operation.request.is(subject.number, request)
        };
        let injected = here.iter().filter(is_meant).count();
        let duplicates = duplicates(&here).max(kept.len().saturating_sub(1));

        let row = self.rows.entry(fault).or_default();
        row.injected += injected;
        row.operations += 1;
        row.succeeded += usize::from(reported.is_empty());
        row.lost += usize::from(verdict.is_lost);
        row.wrong += usize::from(verdict.is_wrong);
        row.duplicates += duplicates;
        // Without retries, only a create reads how a write with a lost reply has ended.
        let may_be_missed = operation.lost.is_some() && mode.max_retries == 0;
        let is_missed = injected == 0 && !may_be_missed;
        if verdict.is_lost || verdict.is_wrong || duplicates > 0 || is_missed {
            self.complaints.push(format!(
                "{fault}, {action:?} {step:?} {}, {mode:?}: {verdict:?}, duplicates {duplicates}, \
                 injected {injected}; reported {reported:?}, state {state}, server {kept:?}",
                (operation.request.path)(subject.number),
            ));
        }
    }

    /// Lets Terraform apply, or destroy, again, and compares its state with the server.
    pub(super) async fn converge<O: Object>(
        &mut self,
        fault: Fault,
        mode: Mode,
        subject: Subject<O>,
        simulator: &Simulator,
    ) {
        let (object, number) = (subject.object, subject.number);
        let Operation { action, step, .. } = subject.operation;
        let wanted = if action == Action::Restore && subject.is_said_to_lag() {
            // The warning asks a person to look.
            action.earlier()
        } else {
            action.wanted()
        };
        let state = subject.again(simulator).await;
        let kept = object.on_server(simulator, number);
        let expected: Vec<_> = wanted
            .map(|version| object.content(version))
            .into_iter()
            .collect();
        if kept != expected || !is_remembered(object, action, &state) {
            self.rows.entry(fault).or_default().lost += 1;
            self.complaints.push(format!(
                "{fault}, {action:?} {step:?}, {mode:?}: the next apply ends in {state}, server {kept:?}"
            ));
        }
    }

    pub(super) fn complaints(&self) -> Vec<&str> {
        self.complaints.iter().map(String::as_str).collect()
    }

    /// As Markdown.
    pub(super) fn to_table(&self) -> String {
        let mut table = String::from(
            "| fault | injected | operations | succeeded all the same | lost | wrongly reported | \
             duplicates |\n|---|--:|--:|--:|--:|--:|--:|\n",
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

/// Whether the state is that of a success.
fn is_remembered<O: Object>(object: O, action: Action, state: &serde_json::Value) -> bool {
    match action.remembered() {
        Some(version) => object.has_version(state, version),
        None => state.is_null(),
    }
}

/// Counts the writes that the server has carried out, after the first.
fn duplicates(requests: &[&RecordedRequest]) -> usize {
    let is_stored = |request: &&&RecordedRequest| {
        let fault = request.interference.as_deref();
        let fault = fault.and_then(|fault| fault.parse::<Fault>().ok());
        request.method != "GET" && fault.is_none_or(Fault::stores)
    };
    requests.iter().filter(is_stored).count().saturating_sub(1)
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
