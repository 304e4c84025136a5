//! The table: what was wrong, and what doctor said. Each row names its cause, and nothing else.

use std::{fmt::Write as _, sync::Mutex, thread, time::Instant};

use test_support::figures;

use crate::rows::{PATIENCE, Row, rows};

/// How many rows run at a time. They mostly wait.
const AT_A_TIME: usize = 4;

/// A row that was run.
struct Said {
    number: usize,
    line: String,
    /// Why it is not as expected.
    wrong: Option<String>,
}

#[test]
fn each_sampled_cause_is_named_and_no_other() {
    let rows = rows().into_iter().filter(|row| row.is_in_sample);
    run(rows.collect());
}

#[test]
#[ignore = "takes minutes: make soak"]
fn each_cause_is_named_and_no_other() {
    let table = run(rows());
    figures::publish("doctor", &table);
}

/// Runs the rows and returns the table.
fn run(rows: Vec<Row>) -> String {
    let count = rows.len();
    let left = Mutex::new(rows.into_iter().enumerate());
    let said = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let next = left.lock().unwrap().next();
                    let Some((number, row)) = next else {
                        return;
                    };
                    let row = examine(number, &row);
                    said.lock().unwrap().push(row);
                }
            });
        }
    });
    let mut said = said.into_inner().unwrap();
    said.sort_by_key(|row| row.number);
    assert_eq!(said.len(), count);
    let wrong: Vec<_> = said.iter().filter_map(|row| row.wrong.as_ref()).collect();
    assert!(
        wrong.is_empty(),
        "{}",
        wrong
            .iter()
            .map(|text| format!("\n{text}"))
            .collect::<String>()
    );
    let mut table = String::from("| What was wrong | Problems | To note |\n|---|---|---|\n");
    for row in &said {
        let _ = writeln!(table, "{}", row.line);
    }
    table
}

fn examine(number: usize, row: &Row) -> Said {
    let arranged = row.arrange();
    let began = Instant::now();
    let (document, json) = arranged.doctor.document();
    let lines = arranged.doctor.run();
    let took = began.elapsed();
    json.assert_no_secret();
    lines.assert_no_secret();
    let (problems, notices) = (document.codes("problem"), document.codes("notice"));
    let is_right = problems == row.problems && notices == row.notices && took < PATIENCE;
    let code = |codes: &[String]| match codes {
        [] => "none".to_owned(),
        codes => {
            let codes: Vec<_> = codes.iter().map(|code| format!("`{code}`")).collect();
            codes.join(", ")
        }
    };
    Said {
        number,
        line: format!(
            "| {} | {} | {} |",
            row.wrong,
            code(&problems),
            code(&notices)
        ),
        wrong: (!is_right).then(|| {
            format!(
                "{}: expected {:?} and {:?}, after {took:?}:\n{}",
                row.wrong, row.problems, row.notices, lines.stdout
            )
        }),
    }
}
