//! The data of all VDNs, in memory and optionally in a state file.
//!
//! The store does not know the objects. Each object defines types for its data, and keeps at most
//! one value of each type in the [`Store`], if all VDNs share it, or in each [`Vdn`].

mod state_file;

use std::{borrow::Cow, collections::BTreeMap};

use axum::http::Extensions;
use serde_json::{Map, Value};

pub(crate) use self::state_file::{SaveError, StateFile, directory_of};

/// Everything that outlives a request.
#[derive(Debug, Default)]
pub(crate) struct Store {
    vdns: BTreeMap<u16, Vdn>,
    parts: Parts,
    saved: Vec<SavedPart>,
    file: Option<StateFile>,
}

/// A virtual call center (VDN).
#[derive(Debug, Default)]
pub(crate) struct Vdn {
    parts: Parts,
}

/// Data of an object; initially the default.
pub(crate) trait Part: Clone + Default + Send + Sync + 'static {}

/// At most one value of each type.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts(Extensions);

/// A member of the state file, with the functions that save and load it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SavedPart {
    pub(crate) name: &'static str,
    pub(crate) save: fn(&Store) -> serde_json::Result<Value>,
    pub(crate) load: fn(&mut Store, Value) -> Result<(), String>,
}

// === impl Store ===

impl Store {
    pub(crate) fn vdn(&self, vdn_id: u16) -> Option<&Vdn> {
        self.vdns.get(&vdn_id)
    }

    pub(crate) fn vdn_mut(&mut self, vdn_id: u16) -> Option<&mut Vdn> {
        self.vdns.get_mut(&vdn_id)
    }

    /// Returns the VDN, created if it is new.
    pub(crate) fn vdn_or_new(&mut self, vdn_id: u16) -> &mut Vdn {
        self.vdns.entry(vdn_id).or_default()
    }

    pub(crate) fn vdns(&self) -> impl Iterator<Item = (u16, &Vdn)> {
        self.vdns.iter().map(|(vdn_id, vdn)| (*vdn_id, vdn))
    }

    pub(crate) fn vdns_mut(&mut self) -> impl Iterator<Item = (u16, &mut Vdn)> {
        self.vdns.iter_mut().map(|(vdn_id, vdn)| (*vdn_id, vdn))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.vdns.is_empty()
    }

    /// Returns data that all VDNs share.
    pub(crate) fn part<T: Part>(&self) -> Cow<'_, T> {
        self.parts.get_or_default()
    }

    pub(crate) fn part_mut<T: Part>(&mut self) -> &mut T {
        self.parts.get_mut_or_default()
    }

    /// Loads `members` of a state file, as defined by `parts`, and keeps the file up to date from
    /// then on.
    pub(crate) fn attach(
        &mut self,
        file: StateFile,
        mut members: Map<String, Value>,
        parts: impl IntoIterator<Item = SavedPart>,
    ) -> Result<(), String> {
        self.saved = parts.into_iter().collect();
        for part in self.saved.clone() {
            if let Some(member) = members.remove(part.name) {
                (part.load)(self, member)?;
            }
        }
        if let Some(name) = members.keys().next() {
            return Err(format!("the member {name} is unknown"));
        }
        self.file = Some(file);
        self.save().map_err(|error| error.to_string())
    }

    /// Writes the state file, if there is one.
    pub(crate) fn save(&self) -> Result<(), SaveError> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let mut members = Map::new();
        for part in &self.saved {
            members.insert(part.name.to_owned(), (part.save)(self)?);
        }
        file.write(&members)
    }
}

// === impl Vdn ===

impl Vdn {
    /// Returns data of the VDN, or `None` if nothing has been stored yet.
    pub(crate) fn existing_part<T: Part>(&self) -> Option<&T> {
        self.parts.get()
    }

    /// Returns data of the VDN.
    pub(crate) fn part<T: Part>(&self) -> Cow<'_, T> {
        self.parts.get_or_default()
    }

    pub(crate) fn part_mut<T: Part>(&mut self) -> &mut T {
        self.parts.get_mut_or_default()
    }
}

// === impl Parts ===

impl Parts {
    pub(crate) fn get<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.get()
    }

    pub(crate) fn get_mut<T: Clone + Send + Sync + 'static>(&mut self) -> Option<&mut T> {
        self.0.get_mut()
    }

    pub(crate) fn insert<T: Clone + Send + Sync + 'static>(&mut self, part: T) {
        self.0.insert(part);
    }

    pub(crate) fn remove<T: Clone + Send + Sync + 'static>(&mut self) -> Option<T> {
        self.0.remove()
    }

    fn get_or_default<T: Part>(&self) -> Cow<'_, T> {
        match self.get() {
            Some(part) => Cow::Borrowed(part),
            None => Cow::Owned(T::default()),
        }
    }

    fn get_mut_or_default<T: Part>(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

// === impl Part ===

impl<T: Clone + Default + Send + Sync + 'static> Part for T {}
