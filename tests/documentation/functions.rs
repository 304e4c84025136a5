//! The examples of functions give what the comment in each output says.

use serde_json::Value;

use crate::repository::{files, read};
use test_support::{needs, terraform::Workspace};

/// The outputs of a configuration with the comments inside of them, each as one line.
fn promises(text: &str) -> Vec<(String, String)> {
    let blocks = text.split("\noutput \"").skip(1);
    blocks
        .map(|block| {
            let (name, rest) = block.split_once('"').unwrap();
            let comments = rest
                .lines()
                .take_while(|line| *line != "}")
                .filter_map(|line| line.trim_start().strip_prefix("# "));
            (name.to_owned(), comments.collect::<Vec<_>>().join(" "))
        })
        .collect()
}

#[test]
fn functions_give_what_their_examples_say() {
    needs!(ProviderFunctions);
    let mut checked = 0;
    for path in files("examples/functions", ".tf") {
        let text = read(&path);
        let promises = promises(&text);
        if promises.is_empty() {
            continue;
        }
        let workspace = Workspace::for_functions();
        workspace.write(&text);
        workspace.apply().succeeds();
        let answer = workspace.run(&["output", "-json"]).succeeds();
        let outputs: Value = serde_json::from_str(&answer.stdout).unwrap();
        for (name, promise) in promises {
            assert_eq!(outputs[&name]["value"], promise, "{}", path.display());
            checked += 1;
        }
    }
    assert!(checked >= 3, "only {checked} outputs");
}
