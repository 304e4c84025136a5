//! Shapes with a name, for tests that cover all of them.

use super::{Readability, Shape};

/// A shape that differs from the default in one key, or a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeVariant {
    /// The text form, such as `numbers=decimals`.
    pub name: String,
    /// The shape itself.
    pub shape: Shape,
    /// What a client can make of it.
    pub readability: Readability,
}

// === impl Shape ===

impl Shape {
    /// Returns the default with one key set, for every key and value, and then every preset. A key's
    /// first value is its default, so one variant of each key equals the default.
    pub fn all() -> impl Iterator<Item = ShapeVariant> {
        let single = Self::KEYS.into_iter().flat_map(|(key, values)| {
            values
                .iter()
                .map(move |(value, readability)| (format!("{key}={value}"), *readability))
        });
        let presets = Self::PRESETS
            .into_iter()
            .map(|(name, _)| (format!("preset={name}"), Readability::Documented));
        single.chain(presets).filter_map(|(name, readability)| {
            let shape = name.parse().ok()?;
            Some(ShapeVariant {
                name,
                shape,
                readability,
            })
        })
    }

    /// Returns the variants that a page of the reference describes or leaves open, each with its
    /// text.
    pub fn variants() -> Vec<(String, Self)> {
        Self::all()
            .filter(|variant| variant.readability == Readability::Documented)
            .map(|variant| (variant.name, variant.shape))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_and_preset_is_a_variant() {
        let values: usize = Shape::KEYS.iter().map(|(_, values)| values.len()).sum();
        assert_eq!(Shape::all().count(), values + Shape::PRESETS.len());
        let defaults = Shape::all().filter(|variant| variant.shape == Shape::default());
        // And the preset of generation B.
        assert_eq!(defaults.count(), Shape::KEYS.len() + 1);
    }
}
