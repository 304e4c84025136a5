//! Brings a policy from the server into the order of the state.
//!
//! The order of elements, result entries and codes has no meaning in the API, and servers may return
//! any. Terraform compares lists by position, so without this module a drift of one number could show
//! as a difference in every element, and `ignore_changes` could apply to the wrong element.

use isales_client::RetryPolicy;
use tfplugin::model::{Attr, AttrSet};

use super::model::{Element, ResultEntry, RetryPolicyModel};

/// Takes over the server's policy, in the order of the one that the model has.
pub(super) fn set_policy(model: &mut RetryPolicyModel, policy: &RetryPolicy) {
    let prior = std::mem::take(&mut model.policy_json);
    let prior = prior.known().unwrap_or_default();
    model.set_policy(policy);
    if let Attr::Known(read) = &mut model.policy_json {
        *read = like(&prior, std::mem::take(read));
    }
}

/// Orders `read`, the server's elements, like `prior`, the elements of the state.
///
/// Elements are paired by `data_type`, and those without one by position; entries of `policy` are
/// paired by `result`. Unpaired ones come last, sorted, so that an import, which has no prior
/// elements, always produces the same order. An empty list or set and a null have the same meaning;
/// the state's form is kept.
pub(super) fn like(prior: &[Attr<Element>], read: Vec<Attr<Element>>) -> Vec<Attr<Element>> {
    let mut ordered = pair(
        prior,
        read,
        |prior, read| prior.data_type == read.data_type,
        keep_entries,
        |element| (text(&element.data_type), number(element.r#type)),
    );
    keep_places_of_codes(prior, &mut ordered);
    ordered
}

/// Pairs known values, keeps the order of `prior`, and appends the rest in the order of `key`.
fn pair<T, K: Ord>(
    prior: &[Attr<T>],
    read: Vec<Attr<T>>,
    is_same: impl Fn(&T, &T) -> bool,
    adapt: impl Fn(Option<&T>, &mut T),
    key: impl Fn(&T) -> K,
) -> Vec<Attr<T>> {
    let mut rest: Vec<T> = read.into_iter().filter_map(Attr::known).collect();
    let mut ordered = Vec::with_capacity(rest.len());
    for prior in prior.iter().filter_map(|prior| prior.as_ref().known()) {
        if let Some(at) = rest.iter().position(|read| is_same(prior, read)) {
            let mut read = rest.remove(at);
            adapt(Some(prior), &mut read);
            ordered.push(read);
        }
    }
    rest.sort_by_cached_key(key);
    for read in &mut rest {
        adapt(None, read);
    }
    ordered.extend(rest);
    ordered.into_iter().map(Attr::Known).collect()
}

/// Orders the entries of one element, and keeps the prior element's form of empty values.
fn keep_entries(prior: Option<&Element>, read: &mut Element) {
    let entries = prior.and_then(|prior| prior.policy.as_ref().known());
    let entries = entries.map_or(&[][..], Vec::as_slice);
    if let Attr::Known(policy) = &mut read.policy {
        *policy = pair(
            entries,
            std::mem::take(policy),
            |prior, read| prior.result == read.result,
            |_, _| {},
            |entry: &ResultEntry| number(entry.result),
        );
    }
    let Some(prior) = prior else { return };
    if prior.r#type == read.r#type
        && is_empty(&read.policy, Vec::is_empty)
        && is_empty(&prior.policy, Vec::is_empty)
    {
        read.policy.clone_from(&prior.policy);
    }
    if has_no_codes(read) && has_no_codes(prior) {
        read.no_retry_policy.clone_from(&prior.no_retry_policy);
    }
}

/// Leaves codes in their prior elements, if all elements together still have the same codes.
///
/// A server may return the codes of a global policy next to `policyJson`, and they are then read into
/// the first element.
fn keep_places_of_codes(prior: &[Attr<Element>], read: &mut [Attr<Element>]) {
    let is_global = |elements: &[Attr<Element>]| {
        known(elements).all(|element| !matches!(element.data_type, Attr::Known(_)))
    };
    if prior.len() != read.len()
        || !is_global(prior)
        || !is_global(read)
        || codes(prior) != codes(read)
    {
        return;
    }
    for (prior, read) in prior.iter().zip(read) {
        if let (Attr::Known(prior), Attr::Known(read)) = (prior, read) {
            read.no_retry_policy.clone_from(&prior.no_retry_policy);
        }
    }
}

fn known(elements: &[Attr<Element>]) -> impl Iterator<Item = &Element> {
    elements
        .iter()
        .filter_map(|element| element.as_ref().known())
}

/// The codes of all elements, sorted, each once.
fn codes(elements: &[Attr<Element>]) -> Vec<&str> {
    let sets = known(elements).filter_map(|element| element.no_retry_policy.as_ref().known());
    let mut codes: Vec<_> = sets
        .flat_map(|set| set.into_iter().filter_map(|code| code.as_ref().known()))
        .map(String::as_str)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn has_no_codes(element: &Element) -> bool {
    is_empty(&element.no_retry_policy, |set: &AttrSet<String>| {
        set.into_iter().next().is_none()
    })
}

fn is_empty<T>(attr: &Attr<T>, is_empty: impl Fn(&T) -> bool) -> bool {
    match attr {
        Attr::Null => true,
        Attr::Unknown => false,
        Attr::Known(value) => is_empty(value),
    }
}

fn text(attr: &Attr<String>) -> Option<String> {
    attr.clone().known()
}

fn number(attr: Attr<i64>) -> Option<i64> {
    attr.known()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(data_type: Option<&str>, retry_times: i64) -> Element {
        Element {
            data_type: data_type.map(str::to_owned).into(),
            r#type: Attr::Known(0),
            retry_times: Attr::Known(retry_times),
            retry_day: Attr::Known(1),
            policy: Attr::Null,
            no_retry_policy: Attr::Null,
        }
    }

    fn with_entries(data_type: &str, entries: &[(i64, i64)]) -> Element {
        let entry = |(result, retry_number): &(i64, i64)| {
            Attr::Known(ResultEntry {
                result: Attr::Known(*result),
                retry_number: Attr::Known(*retry_number),
                call_interval: Attr::Known(60),
            })
        };
        Element {
            r#type: Attr::Known(1),
            retry_times: Attr::Null,
            retry_day: Attr::Null,
            policy: Attr::Known(entries.iter().map(entry).collect()),
            ..element(Some(data_type), 0)
        }
    }

    fn with_codes(element: Element, codes: &[&str]) -> Element {
        Element {
            no_retry_policy: Attr::Known(
                codes
                    .iter()
                    .map(|code| Attr::Known((*code).to_owned()))
                    .collect(),
            ),
            ..element
        }
    }

    fn list(elements: impl IntoIterator<Item = Element>) -> Vec<Attr<Element>> {
        elements.into_iter().map(Attr::Known).collect()
    }

    #[test]
    fn elements_keep_their_places_and_new_ones_come_last_sorted() {
        let prior = list([element(Some("ST"), 1), element(Some("CN"), 2)]);
        let read = list([
            element(Some("ZZ"), 5),
            element(Some("CN"), 2),
            element(Some("AA"), 6),
            element(Some("ST"), 9),
        ]);
        let expected = list([
            element(Some("ST"), 9),
            element(Some("CN"), 2),
            element(Some("AA"), 6),
            element(Some("ZZ"), 5),
        ]);
        assert_eq!(like(&prior, read), expected);
    }

    #[test]
    fn elements_without_a_data_type_are_paired_by_position() {
        let prior = list([element(None, 1), element(None, 2)]);
        let read = list([element(None, 9), element(None, 2)]);
        assert_eq!(like(&prior, read.clone()), read);
    }

    #[test]
    fn an_import_gives_one_order_whatever_the_server_answers() {
        let elements = [
            element(Some("ST"), 1),
            with_entries("CN", &[(7, 1), (4, 2)]),
        ];
        let reversed = [
            with_entries("CN", &[(4, 2), (7, 1)]),
            element(Some("ST"), 1),
        ];
        assert_eq!(like(&[], list(elements)), like(&[], list(reversed)),);
    }

    #[test]
    fn entries_keep_their_places() {
        let prior = list([with_entries("CN", &[(7, 1), (4, 2)])]);
        let read = list([with_entries("CN", &[(1, 1), (4, 2), (7, 9)])]);
        let expected = list([with_entries("CN", &[(7, 9), (4, 2), (1, 1)])]);
        assert_eq!(like(&prior, read), expected);
    }

    #[test]
    fn what_is_empty_stays_as_the_state_wrote_it() {
        let prior = list([with_codes(element(Some("ST"), 1), &[])]);
        let read = list([element(Some("ST"), 2)]);
        let expected = list([with_codes(element(Some("ST"), 2), &[])]);
        assert_eq!(like(&prior, read), expected);
    }

    #[test]
    fn codes_of_a_global_policy_stay_with_their_element() {
        let prior = list([
            element(None, 1),
            with_codes(element(None, 2), &["006", "007"]),
        ]);
        let read = list([
            with_codes(element(None, 1), &["007", "006"]),
            element(None, 5),
        ]);
        let expected = list([
            element(None, 1),
            with_codes(element(None, 5), &["006", "007"]),
        ]);
        assert_eq!(like(&prior, read), expected);
        let fewer = list([with_codes(element(None, 1), &["007"]), element(None, 5)]);
        assert_eq!(like(&prior, fewer.clone()), fewer);
    }
}
