//! The objects whose plans are measured.

use isales_simulator::{Simulator, SpecialDate};
use serde_json::{Value as Json, json};

use crate::workspace::VDN;

/// A type of resource, and how the instances of one configuration differ.
#[derive(Debug)]
pub struct Object {
    pub type_name: &'static str,
    /// Arguments, with `count.index`. A `terraform_data` holds them as its input.
    pub payload: &'static str,
    /// The values of the arguments that differ, by index.
    pub arguments: fn(usize) -> Vec<(&'static str, Json)>,
    /// The computed values of the instance with an index, after the server was told of it.
    pub computed: fn(&Simulator, usize) -> Vec<(&'static str, Json)>,
}

/// A retry policy: one for each campaign.
pub static POLICY: Object = Object {
    type_name: "isales_retry_policy",
    payload: "
  campaign_id = count.index + 1
  policy_type = 0
  policy_json = [{
    type   = 1
    policy = [{ result = 4, retry_number = 3, call_interval = 60 }]
  }]
",
    arguments: |index| vec![("campaign_id", json!(campaign(index)))],
    computed: |server, index| {
        let campaign_id = campaign(index);
        server
            .set_policy(VDN, campaign_id, 0, POLICY_JSON)
            .expect("a campaign");
        let kept = server.policy(VDN, campaign_id).expect("it was set");
        vec![
            ("id", json!(format!("{VDN}/{campaign_id}"))),
            ("retry_policy_id", json!(kept.retry_policy_id)),
        ]
    },
};

/// A call result: all in one VDN.
pub static CALL_RESULT: Object = Object {
    type_name: "isales_call_result",
    payload: "
  result_code    = \"r${count.index}\"
  display_result = \"result ${count.index}\"
  obs_codes      = [\"00603\"]
",
    arguments: |index| {
        vec![
            ("result_code", json!(result_code(index))),
            ("display_result", json!(display_result(index))),
        ]
    },
    computed: |server, index| {
        let code = result_code(index);
        let existing = server.call_results(VDN).into_iter();
        let def_id = existing
            .filter(|result| result.result_code == code)
            .map(|result| result.def_id)
            .next()
            .unwrap_or_else(|| {
                server.add_call_result(VDN, &code, &display_result(index), &["00603"])
            });
        vec![
            ("id", json!(format!("{VDN}/{def_id}"))),
            ("def_id", json!(def_id)),
        ]
    },
};

/// A call batch: as many for each campaign as it may have.
pub static CALL_BATCH: Object = Object {
    type_name: "isales_call_batch",
    payload: "
  campaign_id = 1 + floor(count.index / 100)
  name        = \"batch ${count.index}\"
",
    arguments: |index| {
        vec![
            ("campaign_id", json!(batch_campaign(index))),
            ("name", json!(batch_name(index))),
        ]
    },
    computed: |server, index| {
        let (campaign_id, name) = (batch_campaign(index), batch_name(index));
        let existing = server.call_batches(VDN, campaign_id).into_iter();
        let id = existing
            .filter(|batch| batch.name == name)
            .map(|batch| batch.id)
            .next()
            .or_else(|| server.add_call_batch(VDN, campaign_id, &name, 2))
            .expect("a campaign");
        vec![
            ("id", json!(format!("{VDN}/{campaign_id}/{id}"))),
            ("call_batch_id", json!(id)),
        ]
    },
};

/// A special date: as many for each campaign as it may have.
pub static SPECIAL_DATE: Object = Object {
    type_name: "isales_special_date",
    payload: "
  campaign_id = 1 + floor(count.index / 20)
  name        = \"date ${count.index}\"
  type        = 1
  week        = [6, 7]
",
    arguments: |index| {
        vec![
            ("campaign_id", json!(date_campaign(index))),
            ("name", json!(date_name(index))),
        ]
    },
    computed: |server, index| {
        let (campaign_id, name) = (date_campaign(index), date_name(index));
        let existing = server.special_dates(VDN, campaign_id).into_iter();
        let id = existing
            .filter(|(_, date)| date.name == name)
            .map(|(id, _)| id)
            .next()
            .or_else(|| server.add_special_date(VDN, campaign_id, weekend(&name)))
            .expect("a campaign");
        vec![
            ("id", json!(format!("{VDN}/{campaign_id}/{id}"))),
            ("special_date_id", json!(id)),
        ]
    },
};

/// The objects whose plans are measured in addition to that of the policy, with their plurals.
pub static OTHERS: [(&Object, &str); 3] = [
    (&CALL_RESULT, "call results"),
    (&CALL_BATCH, "call batches"),
    (&SPECIAL_DATE, "special dates"),
];

/// The policy of [`POLICY`] as the server keeps it.
const POLICY_JSON: &str = "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]";

fn campaign(index: usize) -> i64 {
    i64::try_from(index + 1).expect("a small number")
}

fn result_code(index: usize) -> String {
    format!("r{index}")
}

fn display_result(index: usize) -> String {
    format!("result {index}")
}

fn batch_campaign(index: usize) -> i64 {
    campaign(index / 100)
}

fn batch_name(index: usize) -> String {
    format!("batch {index}")
}

fn date_campaign(index: usize) -> i64 {
    campaign(index / 20)
}

fn date_name(index: usize) -> String {
    format!("date {index}")
}

fn weekend(name: &str) -> SpecialDate {
    SpecialDate {
        name: name.to_owned(),
        date_type: 1,
        week: Some("6,7".to_owned()),
        begin_time: None,
        end_time: None,
    }
}
