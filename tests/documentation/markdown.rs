//! As much of Markdown as the checks need.

use std::collections::BTreeSet;

/// A page, taken apart.
#[derive(Debug, Default)]
pub struct Page {
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    /// What can stand after `#` in a link to the page.
    pub anchors: BTreeSet<String>,
}

/// A block of code.
#[derive(Debug)]
pub struct Block {
    pub line: usize,
    pub language: String,
    pub text: String,
}

#[derive(Debug)]
pub struct Link {
    pub line: usize,
    pub target: String,
}

// === impl Page ===

impl Page {
    pub fn parse(text: &str) -> Self {
        let mut page = Self::default();
        let mut open: Option<(usize, Block)> = None;
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let inner = line.trim_start();
            let indent = line.len() - inner.len();
            match (&mut open, inner.strip_prefix("```")) {
                (None, Some(language)) => {
                    let block = Block {
                        line: number,
                        language: language.trim().to_owned(),
                        text: String::new(),
                    };
                    open = Some((indent, block));
                }
                (Some(_), Some(_)) => page.blocks.extend(open.take().map(|(_, block)| block)),
                (Some((indent, block)), None) => {
                    let unindented = line.get(*indent..).unwrap_or(inner);
                    block.text.push_str(unindented);
                    block.text.push('\n');
                }
                (None, None) => page.line(number, line),
            }
        }
        assert!(open.is_none(), "a block of code has no end");
        page
    }

    fn line(&mut self, number: usize, line: &str) {
        if let Some(heading) = line.strip_prefix('#') {
            self.anchors
                .insert(slug(heading.trim_start_matches('#').trim()));
        }
        if let Some((_, rest)) = line.split_once("<a id=\"") {
            self.anchors
                .extend(rest.split('"').next().map(str::to_owned));
        }
        // Every other part of a line is code.
        let text: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let targets = text.split("](").skip(1);
        self.links.extend(targets.filter_map(|rest| {
            let (target, _) = rest.split_once(')')?;
            Some(Link {
                line: number,
                target: target.to_owned(),
            })
        }));
    }
}

/// The anchor that a heading gets.
fn slug(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
