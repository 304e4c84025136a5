//! A secret, as a server may echo it.

/// The shortest secret that is looked for within words. Shorter ones are in words by chance.
const NOTABLE: usize = 6;

/// A secret.
#[derive(Debug)]
pub(super) struct Secret {
    characters: Vec<char>,
    lowercase: String,
    /// The letters and digits in lower case: names have no other characters.
    letters: String,
}

// === impl Secret ===

impl Secret {
    pub(super) fn new(secret: &str) -> Self {
        let lowercase = secret.to_lowercase();
        Self {
            characters: secret.chars().collect(),
            letters: letters_of(&lowercase),
            lowercase,
        }
    }

    pub(super) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// Returns whether a text contains the secret, in capitals or not, and with other punctuation.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        (self.letters.len() >= NOTABLE && letters_of(&text).contains(&self.letters))
            || self.is_word_of(&text)
    }

    /// Returns whether the secret stands in a text with no letter or digit next to it.
    fn is_word_of(&self, text: &str) -> bool {
        text.match_indices(&self.lowercase).any(|(start, found)| {
            let before = text.get(..start).unwrap_or_default();
            let after = text.get(start + found.len()..).unwrap_or_default();
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    }
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
