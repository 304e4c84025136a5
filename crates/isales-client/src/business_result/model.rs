//! A business result, as the list interface describes it.

/// A business result of the first level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessResult {
    /// `name`.
    pub name: String,
    /// `code`, if the server returns one.
    pub code: Option<String>,
    /// `defLevel`, as the server writes it: `1` on this level.
    pub def_level: Option<String>,
    /// `children`.
    pub children: Vec<ChildResult>,
}

/// A business result of the second level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildResult {
    /// `name`.
    pub name: String,
    /// `code`, if the server returns one.
    pub code: Option<String>,
    /// `defLevel`, as the server writes it: `2` on this level.
    pub def_level: Option<String>,
}
