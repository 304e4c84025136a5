//! The way back as the user is shown it.

use std::{
    io,
    path::{Path, PathBuf},
};

use isales_client::retry_policy::Encoding;

use super::{
    command::{command, prerequisite},
    document::Undo,
    file::UndoFile,
};
use crate::doctor::{
    command_line::Options,
    finding::{Finding, Step},
};

/// What puts a policy back, and where it is written down.
#[derive(Debug)]
pub(in crate::doctor::trial) struct WayBack {
    undo: Undo,
    /// The file, unless the campaign had no policy.
    path: Option<PathBuf>,
    command: String,
    /// What has to be set before.
    prerequisite: Option<&'static str>,
}

// === impl WayBack ===

impl WayBack {
    pub(in crate::doctor::trial) fn new(
        undo: Undo,
        path: Option<PathBuf>,
        options: &Options,
    ) -> Self {
        let command = path.as_deref().map(|path| command(options, path));
        Self {
            undo,
            path,
            command: command.unwrap_or_default(),
            prerequisite: prerequisite(options),
        }
    }

    /// Writes the policy in another way, once it is known how the server takes it.
    pub(in crate::doctor::trial) fn written_as(mut self, encoding: Option<Encoding>) -> Self {
        self.undo.encoding = encoding.unwrap_or(self.undo.encoding);
        self
    }

    pub(in crate::doctor::trial) fn undo(&self) -> &Undo {
        &self.undo
    }

    pub(in crate::doctor::trial) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Writes it to the file.
    ///
    /// # Errors
    ///
    /// The file exists, or it cannot be written.
    pub(in crate::doctor::trial) fn create_file(&self) -> Result<Option<UndoFile>, Box<Finding>> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let content = self.undo.to_text(&self.command);
        UndoFile::create(path, &content).map(Some).map_err(|error| {
            let reason = match error.kind() {
                io::ErrorKind::AlreadyExists => "it exists already".to_owned(),
                _ => error.to_string(),
            };
            let summary = format!(
                "not begun: what undoes the trial cannot be written to {}: {reason}",
                path.display()
            );
            let finding = Finding::problem(Step::Trial, "undo_file_not_written", summary);
            Box::new(finding.fix("Name another file with --undo-file."))
        })
    }

    pub(in crate::doctor::trial) fn command(&self) -> &str {
        &self.command
    }

    /// Names the command and the file once more, for people. Without a policy before, there is neither.
    pub(in crate::doctor::trial) fn reminder(&self) -> Option<String> {
        let path = self.path.as_ref()?;
        let command = self.command_text();
        let path = path.display();
        Some(format!(
            "{command}\n\nThe file {path} has the request and the resource block for it."
        ))
    }

    fn command_text(&self) -> String {
        let before = match self.prerequisite {
            Some(variables) => format!(" by hand: Set {variables} as now, then run:"),
            None => " by hand, run:".to_owned(),
        };
        let (campaign, command) = (self.undo.campaign, &self.command);
        format!("\nTo put the policy of campaign {campaign} back{before}\n\n  {command}")
    }

    /// Describes the way back, for people.
    pub(in crate::doctor::trial) fn text(&self) -> String {
        let undo = &self.undo;
        let mut text = match &self.path {
            Some(path) => format!(
                "{}\n\nIt is in the file {} as well, with the request and the resource block for it:\n",
                self.command_text(),
                path.display()
            ),
            None => format!(
                "\nCampaign {} has no policy before the trial, and this one after it:\n",
                undo.campaign
            ),
        };
        text.push_str(&format!("\n  POST {}\n  {}\n\n", undo.uri(), undo.body()));
        for line in undo.resource().lines() {
            text.push_str(&format!("  {line}\n"));
        }
        text
    }
}
