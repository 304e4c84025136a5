//! The settings, and where each comes from.

use std::{num::NonZeroUsize, sync::Arc};

use isales_client::{Client, clock::Clock};
use serde_json::Value;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Severity};

use super::campaigns::FIND_VDN;
use crate::{
    configuration::{self, Argument, Environment},
    doctor::{
        command_line::{Options, flag_name},
        finding::{Finding, Step},
        provider_block::{ProviderBlock, Setting},
        session::{Session, Target},
    },
};

/// A setting that is set: the source of its value, and the value as it may be shown.
struct Given {
    argument: Argument,
    source: String,
    shown: String,
}

/// Reads the settings. `None` if there is something to fix first.
pub(in crate::doctor) async fn run(
    session: &mut Session,
    environment: &Environment,
    clock: Arc<dyn Clock>,
) -> Option<Target> {
    session.begin(Step::Settings);
    let given = given(session, environment);
    let details: Vec<_> = given.iter().map(line).collect();
    let mut warnings = Diagnostics::new();
    let read = configuration::from_environment(environment, &mut warnings).await;
    let (mut config, vdn_id) = match read {
        Ok(read) => read,
        Err(errors) => {
            let mut problems: Vec<_> = errors
                .iter()
                .filter(|error| error.severity == Severity::Error)
                .map(|error| problem(error, &session.options))
                .collect();
            let is_given = given.iter().any(|given| given.argument.name() == "vdn_id");
            if !is_given
                && problems
                    .iter()
                    .any(|problem| problem.code == "setting_missing")
            {
                let missing =
                    Finding::problem(Step::Settings, "setting_missing", "vdn_id is not set");
                problems.push(missing.fix(FIND_VDN));
            }
            return refuse(session, problems, details);
        }
    };
    // Whether the settings fit together is known only now.
    if let Err(error) = Client::new(config.clone()) {
        return refuse(session, vec![Finding::setting_invalid(&error)], details);
    }
    let summary = match vdn_id {
        Some(vdn_id) => format!("{}, VDN {vdn_id}", config.endpoint),
        None => format!("{}, no VDN", config.endpoint),
    };
    session.report(Finding::ok(Step::Settings, "settings_read", summary).details(details));
    for warning in warnings.iter() {
        let warning = Finding::notice(
            Step::Settings,
            "certificate_not_checked",
            said_by_flag(&warning.detail, &session.options),
        );
        session.report(warning);
    }
    // A live server is somebody's work: one request at a time, and none twice.
    config.max_retries = 0;
    config.max_concurrent_requests = NonZeroUsize::MIN;
    config.observer = Some(Arc::clone(&session.recorder) as _);
    Some(Target {
        config,
        vdn_id,
        clock,
    })
}

/// Reports what is wrong, and what is set. There is no provider block to copy then.
fn refuse(
    session: &mut Session,
    mut problems: Vec<Finding>,
    details: Vec<String>,
) -> Option<Target> {
    if let Some(first) = problems.first_mut()
        && !details.is_empty()
    {
        first.details.push("these are set:".to_owned());
        first.details.extend(details);
    }
    for problem in problems {
        session.report(problem);
    }
    session.block = ProviderBlock::default();
    None
}

/// Finds the settings that are set, and puts them into the provider block.
fn given(session: &mut Session, environment: &Environment) -> Vec<Given> {
    let mut given = Vec::new();
    for argument in configuration::arguments() {
        let variable = argument.variable();
        let Some(value) = environment(&variable).filter(|value| !value.is_empty()) else {
            continue;
        };
        let source = match session.options.settings.get(&variable) {
            Some(given) => given.flag.clone(),
            None if argument.name() == "secret_key"
                && session.options.secret_key_file.is_some() =>
            {
                "--secret-key-file".to_owned()
            }
            None => variable,
        };
        let (shown, setting) = shown(argument, &value);
        session.block.set(argument, setting, None);
        given.push(Given {
            argument,
            source,
            shown,
        });
    }
    given
}

/// Returns a value as it may be shown, and as it stands in the provider block.
fn shown(argument: Argument, value: &str) -> (String, Setting) {
    let plain = |value: Value| (value.to_string(), Setting::Value(value));
    match argument.name() {
        "secret_key" => ("set, not shown".to_owned(), Setting::Secret),
        "access_key" => {
            let begin: String = value.chars().take(2).collect();
            let length = value.chars().count();
            (format!("{begin}… ({length} characters)"), Setting::Secret)
        }
        // It may contain a password; the step about the proxy shows host and port.
        "proxy_url" => ("set, not shown".to_owned(), Setting::Secret),
        "ca_cert_pem" => ("set, not shown".to_owned(), Setting::Secret),
        "insecure" => plain(Value::from(matches!(value, "true" | "1"))),
        "vdn_id" | "max_retries" | "max_concurrent_requests" | "requests_per_second" => {
            match value.parse::<i64>() {
                Ok(number) => plain(Value::from(number)),
                Err(_) => plain(Value::from(value)),
            }
        }
        // The path and what follows it may hold anything where it does not belong.
        "endpoint" if value.contains('@') => ("set, not shown".to_owned(), Setting::Secret),
        _ => plain(Value::from(value)),
    }
}

fn line(given: &Given) -> String {
    let Given {
        argument,
        source,
        shown,
    } = given;
    format!("{} = {shown} (from {source})", argument.name())
}

fn problem(error: &Diagnostic, options: &Options) -> Finding {
    let code = match error.summary.as_str() {
        "Missing Provider Configuration" => "setting_missing",
        _ => "setting_invalid",
    };
    let argument = configuration::arguments()
        .into_iter()
        .find(|argument| argument.path() == error.path);
    let summary = match (code, argument) {
        ("setting_missing", Some(argument)) => format!("{} is not set", argument.name()),
        (_, Some(argument)) if !error.detail.contains(argument.name()) => format!(
            "{}: {}",
            argument.name(),
            said_by_flag(&error.detail, options)
        ),
        _ => said_by_flag(&error.detail, options),
    };
    let finding = Finding::problem(Step::Settings, code, summary);
    match argument {
        None => finding,
        Some(argument) => {
            let flag = match argument.name() {
                "secret_key" => "--secret-key-file".to_owned(),
                _ => format!("--{}", flag_name(argument)),
            };
            let verb = if code == "setting_missing" {
                "Set"
            } else {
                "Correct"
            };
            finding.fix(format!("{verb} {} or {flag}.", argument.variable()))
        }
    }
}

/// Names the flag where a value came from it, in place of the variable that it stands for.
fn said_by_flag(text: &str, options: &Options) -> String {
    let mut text = text.to_owned();
    for (variable, given) in &options.settings {
        text = text.replace(&format!("the environment variable {variable}"), &given.flag);
        // Only whole names, as one may begin another.
        text = text
            .split(' ')
            .map(|word| {
                if word == variable {
                    given.flag.as_str()
                } else {
                    word
                }
            })
            .collect::<Vec<_>>()
            .join(" ");
    }
    text
}
