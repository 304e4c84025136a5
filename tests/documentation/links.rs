//! Links between pages. Those to other sites are not followed.

use std::collections::BTreeMap;

use crate::{
    markdown::Page,
    repository::{files, read, short},
};

#[test]
fn every_link_leads_somewhere() {
    let pages: BTreeMap<_, _> = files(".", ".md")
        .into_iter()
        .map(|path| (path.canonicalize().unwrap(), Page::parse(&read(&path))))
        .collect();
    let mut broken = Vec::new();
    let mut checked = 0;
    for (path, page) in &pages {
        for link in &page.links {
            if link.target.contains("://") || link.target.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (target, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let target = match target {
                "" => Some(path.clone()),
                target => path.parent().unwrap().join(target).canonicalize().ok(),
            };
            let leads = target.is_some_and(|target| {
                anchor.is_empty()
                    || pages
                        .get(&target)
                        .is_some_and(|page| page.anchors.contains(anchor))
            });
            if !leads {
                broken.push(format!("{}:{}: {}", short(path), link.line, link.target));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(checked > 20, "only {checked} links were found");
}
