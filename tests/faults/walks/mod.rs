//! Walks through the life of a policy against every form of reply: create, plan, change, plan,
//! destroy. Each step works, or ends with an error after which `-refresh=false`, `on_conflict =
//! "overwrite"` or `deletion_policy = "abandon"` works.

mod form;
mod lag;
mod object;
mod outcome;
mod policy;
mod tally;
mod variant;
mod walk;

use std::{cmp::Reverse, sync::Arc};

use tokio::{sync::Semaphore, task::JoinSet};

use self::{
    form::{Class, Form},
    tally::Tally,
    walk::Walk,
};
use test_support::figures;

/// How many servers with their providers run at a time.
const AT_A_TIME: usize = 4;

/// One in so many forms is in the sample. All unreadable replies are.
const SAMPLE: usize = 7;

#[tokio::test]
async fn every_walk_of_a_sample_of_reply_forms_ends_well() {
    let is_sampled = |(number, form): &(usize, Form)| {
        number % SAMPLE == 0 || matches!(form.class, Class::Unreadable | Class::KeepsOther)
    };
    let forms = Form::all().enumerate().filter(is_sampled);
    let tally = walk_all(forms.map(|(_, form)| form)).await;
    eprintln!("{}", tally.to_table());
    tally.check();
}

#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn every_walk_of_every_reply_form_ends_well() {
    let tally = walk_all(Form::all()).await;
    figures::publish("walks", &tally.to_table());
    tally.check();
}

/// All walks of these forms.
async fn walk_all(forms: impl Iterator<Item = Form>) -> Tally {
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    let mut runs = JoinSet::new();
    // Servers that keep nothing are waited for, so they come first.
    let mut forms: Vec<_> = forms.collect();
    forms.sort_by_key(|form| Reverse(form.class));
    for form in forms {
        let places = Arc::clone(&places);
        runs.spawn(async move {
            let _place = places.acquire().await.unwrap();
            let outcomes = Walk::all(&form).await;
            (form, outcomes)
        });
    }
    let mut tally = Tally::default();
    while let Some(run) = runs.join_next().await {
        let (form, outcomes) = run.unwrap();
        tally.add(&form, &outcomes);
    }
    tally
}
