//! Macros of the crate.

/// Defines a list of titles: an enum, all its variants, and the text of each.
macro_rules! titles {
    ($(#[$meta:meta])* $visibility:vis enum $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visibility enum $name {
            $($variant,)+
        }

        impl $name {
            /// All titles.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Returns the title as users see it.
            pub(crate) const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}
