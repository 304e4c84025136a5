//! Kinds of characters: what may stand in for what.

use fastrand::Rng;

/// Characters that can stand in for each other: of one script, of one letter case, and written with as
/// many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    first: u32,
    last: u32,
    case: Case,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Case {
    Lower,
    Upper,
    /// A letter without case.
    Without,
    Digit,
}

/// The letters and digits of ASCII.
const ASCII: [(u32, u32); 3] = [(0x30, 0x39), (0x41, 0x5a), (0x61, 0x7a)];

/// The ideographs that the Chinese charsets have.
const HAN: (u32, u32) = (0x4e00, 0x9fa5);
const HANGUL: (u32, u32) = (0xac00, 0xd7a3);
/// Ideographs that take four bytes.
const RARE_HAN: (u32, u32) = (0x2_0000, 0x2_a6df);
const CYRILLIC: (u32, u32) = (0x430, 0x44f);

/// The size of the blocks that Unicode puts the letters of a script in.
const BLOCK: u32 = 0x80;

/// The smallest number of characters of a kind. A character with fewer alike gets one of another kind.
const FEWEST: usize = 4;

// === impl Kind ===

impl Kind {
    pub(super) const DIGIT: Self = Self {
        first: ASCII[0].0,
        last: ASCII[0].1,
        case: Case::Digit,
    };

    /// Returns the kind of a letter or digit; `None` for all other characters, which are kept.
    pub(super) fn of(character: char) -> Option<Self> {
        let case = Case::of(character)?;
        let code = u32::from(character);
        let within = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
        let mut ranges = ASCII.into_iter().chain([HAN, HANGUL, RARE_HAN]);
        let (first, last) = match ranges.find(within) {
            Some(range) => range,
            None => {
                let first = code - code % BLOCK;
                (first, first + (BLOCK - 1))
            }
        };
        let kind = Self { first, last, case };
        if kind.characters().take(FEWEST).count() == FEWEST {
            return Some(kind);
        }
        let (first, last) = match character.len_utf8() {
            1 | 2 => CYRILLIC,
            3 => HAN,
            _ => RARE_HAN,
        };
        let case = char::from_u32(first).and_then(Case::of)?;
        Some(Self { first, last, case })
    }

    /// Returns all characters of the kind.
    pub(super) fn characters(self) -> impl Iterator<Item = char> {
        (self.first..=self.last)
            .filter_map(char::from_u32)
            .filter(move |character| Case::of(*character) == Some(self.case))
    }

    /// Returns a random character of the kind.
    pub(super) fn random(self, rng: &mut Rng) -> char {
        // Most characters of a range are of the kind.
        for _ in 0..1000 {
            match char::from_u32(rng.u32(self.first..=self.last)) {
                Some(character) if Case::of(character) == Some(self.case) => return character,
                _ => {}
            }
        }
        self.characters().next().unwrap_or('x')
    }
}

// === impl Case ===

impl Case {
    fn of(character: char) -> Option<Self> {
        if character.is_numeric() {
            Some(Self::Digit)
        } else if character.is_lowercase() {
            Some(Self::Lower)
        } else if character.is_uppercase() {
            Some(Self::Upper)
        } else {
            character.is_alphabetic().then_some(Self::Without)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_character_is_of_the_same_kind_and_length() {
        let mut rng = Rng::with_seed(1);
        for character in "aZ7éÉßяЖλ中한かカ٣𠀀".chars() {
            let kind = Kind::of(character).unwrap();
            for _ in 0..20 {
                let other = kind.random(&mut rng);
                assert_eq!(Kind::of(other), Some(kind), "{character} {other}");
                assert_eq!(
                    other.len_utf8(),
                    character.len_utf8(),
                    "{character} {other}"
                );
            }
        }
    }

    #[test]
    fn what_is_neither_letter_nor_digit_is_kept() {
        for character in " \n-_/\"'<{，。📞\u{301}".chars() {
            assert_eq!(Kind::of(character), None, "{character:?}");
        }
    }
}
