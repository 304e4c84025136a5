//! One walk: the steps, and the ways out that a user has at each.

use isales_simulator::Simulator;
use serde_json::{Value as Json, json};
use test_support::target::Target;

use super::{
    form::{Class, Form},
    object::{Object, Reported},
    outcome::{Outcome, Way},
    policy::{EARLIER, FIRST, SECOND, THIRD},
    variant::{End, Start, Variant},
};

const VDN: u16 = 25;
/// A campaign that no walk is about.
const ELSEWHERE: i64 = 1000;

/// A walk through the life of one policy.
pub(super) struct Walk<'a> {
    form: &'a Form,
    target: &'a mut Target,
    variant: Variant,
    campaign_id: i64,
    object: Object,
    /// The arguments of the user, which ways out change.
    retry_times: u32,
    overwrites: bool,
    abandons: bool,
    refreshes: bool,
    outcome: Outcome,
}

/// A part of a walk.
#[derive(Clone, Copy, Debug)]
enum Step {
    Create,
    Plan,
    Change,
    Repair,
    Destroy,
}

// === impl Walk ===

impl<'a> Walk<'a> {
    /// Every walk of one form.
    pub(super) async fn all(form: &'a Form) -> Vec<Outcome> {
        let simulator = Simulator::builder().campaigns(VDN, (1..=16).chain([ELSEWHERE]));
        let mut target = Target::with(simulator).await;
        let mut outcomes = Vec::new();
        for (variant, campaign_id) in Variant::all(form).zip(1..) {
            Form::unset_on(&target.simulator);
            let walk = Walk {
                form,
                target: &mut target,
                variant,
                campaign_id,
                object: Object::default(),
                retry_times: FIRST,
                overwrites: false,
                abandons: false,
                refreshes: true,
                outcome: Outcome {
                    has_to_work: form.has_to_be_read(variant.kind),
                    ..Outcome::default()
                },
            };
            outcomes.push(walk.go().await);
        }
        outcomes
    }

    async fn go(mut self) -> Outcome {
        if self.variant.has_earlier {
            self.set_behind(self.campaign_id, EARLIER);
        }
        if self.variant.start == Start::AtOnce {
            self.form.set_on(&self.target.simulator);
        }
        self.set(Step::Create, FIRST).await;
        self.form.set_on(&self.target.simulator);
        self.plan().await;
        self.set(Step::Change, SECOND).await;
        self.plan().await;
        let simulator = &self.target.simulator;
        match self.variant.end {
            End::Nothing => {}
            End::PolicyLost => {
                assert!(simulator.remove_policy(VDN, self.campaign_id));
                // Where the loss cannot be seen, another policy is set.
                let retry_times = if self.outcome.has_to_work {
                    SECOND
                } else {
                    THIRD
                };
                self.set(Step::Repair, retry_times).await;
            }
            End::CampaignDeleted => {
                assert!(simulator.remove_campaign(VDN, self.campaign_id));
            }
        }
        self.destroy().await;
        self.outcome
    }

    /// Creates or changes, and compares with the server.
    async fn set(&mut self, step: Step, retry_times: u32) {
        self.retry_times = retry_times;
        let mut reported = self.apply().await;
        if reported.is_err() && self.refreshes && self.object.exists() {
            self.refreshes = false;
            reported = self.apply().await;
            self.refreshes = !self.note(Way::SkipRefresh, &reported);
        }
        if reported.is_err() && !self.overwrites {
            self.overwrites = true;
            reported = self.apply().await;
            self.overwrites = self.note(Way::Overwrite, &reported);
        }
        if reported.is_err() && self.refreshes && self.object.exists() {
            (self.refreshes, self.overwrites) = (false, true);
            reported = self.apply().await;
            self.refreshes = !self.note(Way::SkipRefresh, &reported);
            self.overwrites = self.note(Way::Overwrite, &reported);
        }
        let is_kept = self.kept() == Some(self.meaning(retry_times));
        match reported {
            Ok(_) if is_kept => {}
            Ok(warnings) if warnings.is_empty() => {
                self.stuck(step, "a success that the server knows nothing of");
            }
            Ok(warnings) => self.refused(step, &warnings),
            Err(errors) => self.refused(step, &errors),
        }
    }

    /// Plans, which has to find no change.
    async fn plan(&mut self) {
        let mut planned = self.plan_once().await;
        if planned.is_err() && self.refreshes {
            self.refreshes = false;
            planned = self.plan_once().await;
            self.refreshes = !self.note(Way::SkipRefresh, &planned);
        }
        match planned {
            Ok(true) => {}
            // What was refused is still to be done.
            Ok(false) if !self.outcome.refusals.is_empty() => {}
            Ok(false) => self.stuck(Step::Plan, "a change that nobody made"),
            Err(errors) => self.refused(Step::Plan, &errors),
        }
    }

    /// Destroys, and compares with the server.
    async fn destroy(&mut self) {
        let mut reported = self.destroy_once().await;
        if reported.is_err() && self.refreshes {
            self.refreshes = false;
            reported = self.destroy_once().await;
            self.refreshes = !self.note(Way::SkipRefresh, &reported);
        }
        if reported.is_err() && !self.overwrites {
            (self.refreshes, self.overwrites) = (false, true);
            reported = self.destroy_after_apply().await;
            self.overwrites = self.note(Way::Overwrite, &reported);
        }
        if reported.is_err() {
            if let Err(errors) = &reported
                && self.form.may_refuse()
            {
                self.refused(Step::Destroy, errors);
            }
            (self.refreshes, self.abandons) = (false, true);
            reported = self.destroy_after_apply().await;
            self.note(Way::Abandon, &reported);
        }
        let warnings = match reported {
            Ok(warnings) => warnings,
            Err(errors) => return self.stuck(Step::Destroy, &errors.join("; ")),
        };
        let is_restored = self.kept() == Some(self.meaning(EARLIER));
        if self.variant.has_earlier && !is_restored && self.variant.end == End::Nothing {
            if self.must_restore() {
                self.stuck(Step::Destroy, "the earlier policy is not back");
            } else if warnings.is_empty() {
                self.stuck(
                    Step::Destroy,
                    "nobody said that the earlier policy is not back",
                );
            }
        }
    }

    /// Whether a destroy cannot but restore: the earlier policy was read before the create.
    fn must_restore(&self) -> bool {
        let was_read = self.variant.start == Start::AfterCreate
            || self.outcome.has_to_work && self.form.has_query();
        was_read && !self.abandons && !self.form.may_refuse()
    }

    /// `terraform apply`: refresh, plan, apply.
    async fn apply(&mut self) -> Reported {
        self.begin().await?;
        let config = self.config();
        self.object.apply(&mut self.target.provider, &config).await
    }

    /// `terraform plan`: whether there is nothing to do.
    async fn plan_once(&mut self) -> Result<bool, Vec<String>> {
        self.begin().await?;
        let config = self.config();
        let planned = self.object.plan(&mut self.target.provider, &config).await?;
        Ok(self.object.exists() && planned.is_none())
    }

    /// `terraform destroy`.
    async fn destroy_once(&mut self) -> Reported {
        self.begin().await?;
        self.object.destroy(&mut self.target.provider).await
    }

    /// A destroy goes by the state, so changed arguments have to be applied first.
    async fn destroy_after_apply(&mut self) -> Reported {
        // They change nothing on the server, whatever a refused step has left in the state.
        let (policy_type, policy_json) = (
            self.object.state["policy_type"].clone(),
            self.object.state["policy_json"].clone(),
        );
        self.begin().await?;
        let mut config = self.config();
        config["policy_type"] = policy_type;
        config["policy_json"] = policy_json;
        self.object
            .apply(&mut self.target.provider, &config)
            .await?;
        self.destroy_once().await
    }

    /// Begins a run of Terraform, with a refresh unless that is skipped.
    async fn begin(&mut self) -> Reported {
        self.target.begin_run().await;
        if self.refreshes {
            self.object.refresh(&mut self.target.provider).await
        } else {
            Ok(Vec::new())
        }
    }

    fn config(&self) -> Json {
        let mut config = self.variant.kind.config(self.campaign_id, self.retry_times);
        let rule = if self.overwrites {
            "overwrite"
        } else {
            "refuse"
        };
        config["on_conflict"] = rule.into();
        let rule = if self.abandons { "abandon" } else { "restore" };
        config["deletion_policy"] = rule.into();
        // A server that keeps nothing is waited for.
        if self.form.class == Class::KeepsOther {
            config["timeouts"] =
                json!({"create": "1s", "read": null, "update": "1s", "delete": "1s"});
        }
        config
    }

    /// Records a way out that was tried. Returns whether it was one.
    fn note<T, E>(&mut self, way: Way, result: &Result<T, E>) -> bool {
        if result.is_ok() {
            self.outcome.ways.insert(way);
        }
        result.is_ok()
    }

    fn refused(&mut self, step: Step, messages: &[String]) {
        let messages = messages.join("; ");
        if self.form.may_refuse() {
            self.outcome.refusals.push(messages);
        } else {
            self.stuck(step, &messages);
        }
    }

    fn stuck(&mut self, step: Step, what: &str) {
        let (name, variant) = (&self.form.name, self.variant);
        let (state, kept) = (&self.object.state, self.kept().unwrap_or_default());
        self.outcome.stuck.push(format!(
            "{name}, {variant:?}, {step:?}: {what}; state {state}, server {kept}"
        ));
    }

    /// What the server keeps, whichever Unicode form its names have.
    fn kept(&self) -> Option<Json> {
        let kept = self.target.simulator.policy(VDN, self.campaign_id)?;
        let composed = kept.meaning.to_string().replace("e\u{301}", "é");
        Some(serde_json::from_str(&composed).expect("JSON"))
    }

    /// What it keeps of such a policy if it keeps what it is sent.
    fn meaning(&self, retry_times: u32) -> Json {
        self.set_behind(ELSEWHERE, retry_times);
        let kept = self.target.simulator.policy(VDN, ELSEWHERE);
        kept.expect("a policy").meaning
    }

    /// Gives a campaign a policy behind Terraform's back.
    fn set_behind(&self, campaign_id: i64, retry_times: u32) {
        let kind = self.variant.kind;
        let (policy_type, policy_json) = (kind.policy_type(), kind.policy_json(retry_times));
        let simulator = &self.target.simulator;
        simulator
            .set_policy(VDN, campaign_id, policy_type, &policy_json)
            .unwrap();
    }
}
