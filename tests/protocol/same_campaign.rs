//! One campaign under two names in one run, in both orders: a resource was renamed without a
//! `moved` block.

use serde_json::Value as Json;
use tfplugin::proto::tfplugin6::apply_resource_change;

use test_support::{
    retry_policy::{self, apply, config, plan},
    target::{Provider, Target},
    values::{errors, json, warnings},
};

const BEFORE: &str = "[{'type':0,'retryTimes':9,'retryDay':9}]";

/// An object as Terraform keeps it.
struct Kept {
    state: Json,
    private: Vec<u8>,
}

fn with_deletion_policy(retry_times: i64, name: &str) -> Json {
    let mut config = config(46, retry_times);
    config["deletion_policy"] = name.into();
    config
}

async fn create(provider: &mut Provider, config: &Json) -> Kept {
    let planned = plan(provider, &Json::Null, config).await;
    let made = apply(provider, &Json::Null, &planned).await;
    assert_eq!(errors(&made.diagnostics), [""; 0]);
    Kept {
        state: json(made.new_state.as_ref()),
        private: made.private,
    }
}

async fn destroy(provider: &mut Provider, kept: &Kept) -> apply_resource_change::Response {
    let response = retry_policy::destroy(provider, &kept.state, kept.private.clone()).await;
    assert_eq!(errors(&response.diagnostics), [""; 0]);
    response
}

/// A campaign whose policy from before Terraform has given way to one of Terraform's in an earlier
/// run.
async fn managed(deletion_policy: &str) -> (Target, Kept) {
    let mut target = Target::start().await;
    target.simulator.set_policy(25, 46, 0, BEFORE).unwrap();
    let old = create(
        &mut target.provider,
        &with_deletion_policy(1, deletion_policy),
    )
    .await;
    target.begin_run().await;
    (target, old)
}

fn set(target: &Target) -> String {
    target.simulator.policy(25, 46).unwrap().policy_json
}

#[tokio::test]
async fn created_first_the_new_one_is_not_undone() {
    for deletion_policy in ["abandon", "restore", "prevent"] {
        let (mut target, old) = managed(deletion_policy).await;
        let provider = &mut target.provider;
        create(provider, &with_deletion_policy(2, deletion_policy)).await;
        let gone = destroy(provider, &old).await;
        assert_eq!(json(gone.new_state.as_ref()), Json::Null);
        let warnings = warnings(&gone.diagnostics);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        let messages = "This run has already set the retry policy of campaign 25/46";
        assert!(warnings[0].contains(messages), "{warnings:?}");
        assert!(warnings[0].contains(BEFORE), "{warnings:?}");
        assert!(set(&target).contains("'retryTimes':2"), "{}", set(&target));
    }
}

#[tokio::test]
async fn destroyed_first_the_new_one_remembers_what_the_old_one_did() {
    for deletion_policy in ["abandon", "restore"] {
        let (mut target, old) = managed(deletion_policy).await;
        let provider = &mut target.provider;
        destroy(provider, &old).await;
        let new = create(provider, &with_deletion_policy(2, "restore")).await;
        assert!(set(&target).contains("'retryTimes':2"), "{}", set(&target));

        target.begin_run().await;
        let gone = destroy(&mut target.provider, &new).await;
        assert!(warnings(&gone.diagnostics).is_empty());
        assert!(set(&target).contains("'retryTimes':9"), "{}", set(&target));
    }
}

#[tokio::test]
async fn two_objects_that_go_in_one_run_leave_what_was_there_before_both() {
    for order in [[0, 1], [1, 0]] {
        let (mut target, older) = managed("restore").await;
        let younger = create(&mut target.provider, &with_deletion_policy(1, "restore")).await;
        target.begin_run().await;
        let objects = [older, younger];
        let mut messages = Vec::new();
        for index in order {
            let gone = destroy(&mut target.provider, &objects[index]).await;
            messages.extend(warnings(&gone.diagnostics));
        }
        let is_older_first = order == [0, 1];
        assert_eq!(messages.len(), usize::from(is_older_first), "{messages:?}");
        assert!(
            set(&target).contains("'retryTimes':9"),
            "{order:?}: {}",
            set(&target)
        );
    }
}

#[tokio::test]
async fn an_object_that_this_run_has_made_is_destroyed_like_any_other() {
    let mut target = Target::start().await;
    target.simulator.set_policy(25, 46, 0, BEFORE).unwrap();
    let provider = &mut target.provider;
    let made = create(provider, &with_deletion_policy(1, "restore")).await;
    let gone = destroy(provider, &made).await;
    assert!(warnings(&gone.diagnostics).is_empty());
    assert!(set(&target).contains("'retryTimes':9"), "{}", set(&target));
}
