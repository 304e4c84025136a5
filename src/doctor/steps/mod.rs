//! The steps, one file each, or one for steps that the same probe answers.

pub(super) mod settings;
