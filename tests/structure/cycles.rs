//! The dependencies between the parts of a crate, and the cycles among them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::modules::Crate;

/// The parts of a crate: for each, the parts that it depends on and the names that it uses of them.
#[derive(Debug, Default)]
pub struct Graph(BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

/// The thing that a path names.
enum Target<'a> {
    Module(usize),
    /// An item: the module that defines it, and its name there.
    Item(usize, &'a str),
}

/// How many imports of imports are followed. More means that a name is imported from itself.
const MAX_DEPTH: usize = 20;

// === impl Graph ===

impl Graph {
    /// Takes each file as a part.
    pub fn of_files(krate: &Crate) -> Self {
        Self::of(krate, |module| {
            krate.modules[module].file.display().to_string()
        })
    }

    /// Takes each top-level module with all of its submodules as a part. The root is `crate`.
    pub fn of_top_modules(krate: &Crate) -> Self {
        Self::of(krate, |module| match krate.modules[module].path.first() {
            Some(name) => name.clone(),
            None => "crate".to_owned(),
        })
    }

    fn of(krate: &Crate, part: impl Fn(usize) -> String) -> Self {
        let mut graph = Self::default();
        let mut add = |from: usize, to: usize, name: &str| {
            let (from, to) = (part(from), part(to));
            if from != to {
                let ties = graph.0.entry(from).or_default().entry(to).or_default();
                ties.insert(name.to_owned());
            }
        };
        for (index, module) in krate.modules.iter().enumerate() {
            for path in &module.uses {
                if let Some(Target::Item(defined_in, name)) = krate.target(index, path, 0) {
                    add(index, defined_in, name);
                }
            }
            for name in &module.calls {
                if let Some(defined_in) = krate.macros.get(name) {
                    add(index, *defined_in, &format!("{name}!"));
                }
            }
        }
        graph
    }

    /// The sets of parts in which each depends on each other, directly or not.
    pub fn cycles(&self) -> Vec<BTreeSet<String>> {
        let parts = self.0.keys();
        let reached: BTreeMap<_, _> = parts.map(|part| (part, self.reached(part))).collect();
        let mut cycles = BTreeSet::new();
        for (part, others) in &reached {
            let mut cycle = others.clone();
            cycle.retain(|other| {
                let back = reached.get(other);
                back.is_some_and(|back| back.contains(*part))
            });
            if !cycle.is_empty() {
                cycles.insert(cycle);
            }
        }
        cycles.into_iter().collect()
    }

    /// All parts that a part depends on, directly or not.
    fn reached(&self, part: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut left = vec![part];
        while let Some(part) = left.pop() {
            for other in self.0.get(part).into_iter().flat_map(BTreeMap::keys) {
                if reached.insert(other.clone()) {
                    left.push(other);
                }
            }
        }
        reached
    }

    /// The dependencies inside of a cycle, one a line.
    pub fn explain(&self, cycle: &BTreeSet<String>) -> String {
        let mut text = String::new();
        for from in cycle {
            for (to, names) in self.0.get(from).into_iter().flatten() {
                if cycle.contains(to) {
                    let names: Vec<_> = names.iter().map(String::as_str).collect();
                    let _ = writeln!(text, "  {from} -> {to}: {}", names.join(", "));
                }
            }
        }
        text
    }
}

// === impl Crate ===

impl Crate {
    /// The paths into the crate that cannot be resolved, each with its file. A cycle may hide behind
    /// them.
    pub fn unresolved(&self) -> Vec<String> {
        let mut unresolved = Vec::new();
        for (index, module) in self.modules.iter().enumerate() {
            for path in &module.uses {
                let is_inside = matches!(path[0].as_str(), "crate" | "self" | "super");
                let is_macro = || {
                    path.last()
                        .is_some_and(|name| self.macros.contains_key(name))
                };
                if is_inside
                    && path.len() > 1
                    && self.target(index, path, 0).is_none()
                    && !is_macro()
                {
                    unresolved.push(format!("{}: {}", module.file.display(), path.join("::")));
                }
            }
        }
        unresolved
    }

    /// Resolves a path in a module. `None` for other crates and for local names.
    fn target<'a>(&'a self, module: usize, path: &'a [String], depth: usize) -> Option<Target<'a>> {
        let (first, rest) = path.split_first()?;
        let mut target = match first.as_str() {
            "crate" => Target::Module(0),
            "self" => Target::Module(module),
            "super" => Target::Module(self.modules[module].parent?),
            name => self.named(module, name, depth)?,
        };
        for name in rest {
            target = match target {
                Target::Module(module) if name == "super" => {
                    Target::Module(self.modules[module].parent?)
                }
                Target::Module(module) => self.named(module, name, depth)?,
                item @ Target::Item(..) => return Some(item),
            };
        }
        Some(target)
    }

    /// Resolves a name in a module's scope.
    fn named<'a>(&'a self, index: usize, name: &'a str, depth: usize) -> Option<Target<'a>> {
        let module = &self.modules[index];
        if module.items.iter().any(|item| item == name) {
            return Some(Target::Item(index, name));
        }
        if let Some(child) = module.children.get(name) {
            return Some(Target::Module(*child));
        }
        if module.calls.iter().any(|name| name.starts_with("include")) {
            // A build script generates its items.
            return Some(Target::Item(index, name));
        }
        if depth == MAX_DEPTH {
            return None;
        }
        if let Some(path) = module.imports.get(name) {
            // `use log;` imports another crate.
            let is_itself = path.first().is_some_and(|first| first == name);
            return if is_itself {
                None
            } else {
                self.target(index, path, depth + 1)
            };
        }
        let globs = module.globs.iter();
        let mut modules = globs.filter_map(|path| match self.target(index, path, depth + 1)? {
            Target::Module(glob) if glob != index => Some(glob),
            // An enum: its import is a dependency on its file already.
            Target::Module(_) | Target::Item(..) => None,
        });
        modules.find_map(|glob| self.named(glob, name, depth + 1))
    }
}
