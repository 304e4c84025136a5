//! The document that puts a policy back: for people, for a client that they have at hand, and for
//! `doctor --undo`.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use isales_client::{
    CampaignId, CampaignRef, RetryPolicy, VdnId,
    config::Endpoint,
    printable,
    retry_policy::{Encoding, decode, encode, path},
};
use serde_json::{Value, json};

use super::file::default_path;
use crate::doctor::trial::hcl;

/// The length of the time in the file, with room to spare. Somebody may have edited it.
const LONGEST_TIME: usize = 30;

/// The version of the form of the file.
const FORMAT_VERSION: &str = "1.0";

/// What puts a policy back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::doctor::trial) struct Undo {
    /// The server, as `https://host:port`.
    pub(in crate::doctor::trial) endpoint: String,
    pub(in crate::doctor::trial) campaign: CampaignRef,
    pub(in crate::doctor::trial) policy: RetryPolicy,
    /// The time of the trial, in UTC.
    pub(in crate::doctor::trial) written: String,
    /// The reply that showed the policy, for people.
    pub(in crate::doctor::trial) shown: Option<Value>,
    /// How to write the policy.
    pub(in crate::doctor::trial) encoding: Encoding,
}

/// A file that does not say what to put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::doctor::trial) enum UndoError {
    /// It is not JSON.
    NotJson(String),
    /// This member is missing, or of no use.
    Missing(&'static str),
    /// The policy cannot be read.
    Policy(String),
}

// === impl Undo ===

impl Undo {
    /// Returns the address of the request that puts the policy back.
    pub(super) fn uri(&self) -> String {
        format!("{}{}", self.endpoint, path(self.campaign))
    }

    /// Returns the path of the file: the one that the user has named, or one in the working directory.
    pub(in crate::doctor::trial) fn path(&self, named: Option<&Path>) -> PathBuf {
        let named = named.map(Path::to_owned);
        named.unwrap_or_else(|| default_path(self.campaign, &self.written))
    }

    /// Returns the body of that request.
    pub(super) fn body(&self) -> String {
        encode::encode_body(&self.policy, self.encoding)
    }

    /// Returns a resource block with the policy.
    pub(super) fn resource(&self) -> String {
        hcl::resource(self.campaign, &self.policy)
    }

    /// Returns the content of the file.
    pub(super) fn to_text(&self, command: &str) -> String {
        let CampaignRef {
            vdn_id,
            campaign_id,
        } = self.campaign;
        let about = format!(
            "The retry policy that campaign {campaign_id} of VDN {vdn_id} had before a trial by \
             terraform-provider-isales doctor --write. To put it back, run the command (with \
             ISALES_ACCESS_KEY and ISALES_SECRET_KEY set as then), send the request (with a signature), or apply the resource block. Delete this file when the \
             policy is back."
        );
        let document = json!({
            "format_version": FORMAT_VERSION,
            "about": about,
            "written": self.written,
            "command": command,
            "endpoint": self.endpoint,
            "vdn_id": vdn_id.get(),
            "campaign_id": campaign_id.get(),
            "request": {
                "method": "POST",
                "uri": self.uri(),
                "content_type": "application/json; charset=UTF-8",
                "body": self.body(),
            },
            "terraform": self.resource(),
            "shown": self.shown,
        });
        format!("{document:#}\n")
    }

    /// Reads the content of the file.
    ///
    /// # Errors
    ///
    /// The first part that is missing or cannot be read.
    pub(in crate::doctor::trial) fn parse(text: &str) -> Result<Self, UndoError> {
        let document: Value =
            serde_json::from_str(text).map_err(|error| UndoError::NotJson(error.to_string()))?;
        let string = |value: &Value| value.as_str().map(str::to_owned);
        if document.get("format_version").and_then(Value::as_str) != Some(FORMAT_VERSION) {
            return Err(UndoError::Missing("format_version"));
        }
        let member = |name: &'static str| document.get(name).ok_or(UndoError::Missing(name));
        let integer = |name| member(name)?.as_i64().ok_or(UndoError::Missing(name));
        let body = member("request")?
            .get("body")
            .and_then(string)
            .ok_or(UndoError::Missing("body"))?;
        let body: Value =
            serde_json::from_str(&body).map_err(|error| UndoError::Policy(error.to_string()))?;
        let stored = decode::decode_data(&body)
            .map_err(|error| UndoError::Policy(error.to_string()))?
            .ok_or(UndoError::Missing("body"))?;
        let vdn_id = VdnId::try_from(integer("vdn_id")?);
        let campaign_id = CampaignId::try_from(integer("campaign_id")?);
        Ok(Self {
            endpoint: member("endpoint")?
                .as_str()
                .and_then(|endpoint| endpoint.parse::<Endpoint>().ok())
                .ok_or(UndoError::Missing("endpoint"))?
                .to_string(),
            campaign: CampaignRef {
                vdn_id: vdn_id.map_err(|_| UndoError::Missing("vdn_id"))?,
                campaign_id: campaign_id.map_err(|_| UndoError::Missing("campaign_id"))?,
            },
            policy: stored.policy,
            written: document
                .get("written")
                .and_then(Value::as_str)
                .map(|written| printable(written, LONGEST_TIME))
                .unwrap_or_default(),
            shown: None,
            encoding: Encoding::default(),
        })
    }
}

impl fmt::Display for UndoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(reason) => write!(f, "it is not JSON: {reason}"),
            Self::Missing(name) => write!(f, "it has no usable \"{name}\""),
            Self::Policy(reason) => write!(f, "the policy in it cannot be read: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use isales_client::retry_policy::{CommonPolicyLayout, Quotes};

    use super::*;
    use crate::doctor::trial::material::left_policy;

    fn undo() -> Undo {
        Undo {
            endpoint: "https://isales.example.com:28443".to_owned(),
            campaign: "25/46".parse().unwrap(),
            policy: left_policy(),
            written: "2026-11-27T18:15:00Z".to_owned(),
            shown: None,
            encoding: Encoding::default(),
        }
    }

    #[test]
    fn the_file_reads_back_in_every_encoding() {
        for quotes in [Quotes::Single, Quotes::Double] {
            for common_policy_layout in [CommonPolicyLayout::Auto, CommonPolicyLayout::Nested] {
                let encoding = Encoding {
                    quotes,
                    common_policy_layout,
                };
                let written = Undo { encoding, ..undo() };
                let text = written.to_text("the command");
                assert_eq!(Undo::parse(&text), Ok(undo()));
            }
        }
    }

    #[test]
    fn the_request_is_ready_to_send() {
        let text = undo().to_text("doctor --undo f");
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            document["request"]["uri"],
            "https://isales.example.com:28443/rest/isales/v1/openapi/campaigns/25/retryPolicy/46"
        );
        assert_eq!(
            document["request"]["body"],
            r#"{"policyJson":"[{'type':0,'retryTimes':1,'retryDay':1}]","policyType":0}"#
        );
        assert_eq!(document["command"], "doctor --undo f");
        assert!(
            document["terraform"]
                .as_str()
                .unwrap()
                .contains("retry_times = 1")
        );
    }

    #[test]
    fn a_file_that_says_nothing_usable_is_refused() {
        let document: Value = serde_json::from_str(&undo().to_text("")).unwrap();
        for (name, value) in [
            ("vdn_id", json!(0)),
            ("campaign_id", json!("46")),
            ("endpoint", json!(null)),
            ("endpoint", json!("https://evil\u{1b}[31m")),
            ("format_version", json!("99.0")),
            ("request", json!({})),
            ("request", json!({"body": "{}"})),
            (
                "request",
                json!({"body": r#"{"policyJson":"[{'type':7}]","policyType":0}"#}),
            ),
        ] {
            let mut document = document.clone();
            document[name] = value;
            assert!(Undo::parse(&document.to_string()).is_err(), "{document}");
        }
        assert!(Undo::parse("{").is_err());
    }
}
