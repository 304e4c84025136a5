//! Reads the modules of a crate: the items that each declares, its imports, and the paths in it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    Attribute, ImplItemFn, Item, ItemMacro, ItemMod, ItemUse, Meta, UseTree, Visibility,
    visit::{self, Visit},
};

/// The segments of a path as it is written, such as `super::Type`.
pub type Segments = Vec<String>;

/// The modules of a crate, its root first, without unit tests.
#[derive(Debug, Default)]
pub struct Crate {
    pub modules: Vec<Module>,
    /// `macro_rules!` by their names, with the modules that define them.
    pub macros: BTreeMap<String, usize>,
}

/// A module, in a file of its own or inline.
#[derive(Debug, Default)]
pub struct Module {
    pub path: Segments,
    pub file: PathBuf,
    pub parent: Option<usize>,
    pub children: BTreeMap<String, usize>,
    pub items: Vec<String>,
    /// The names that a `use` brings into scope, each with its path.
    pub imports: BTreeMap<String, Segments>,
    /// The paths of `use …::*`.
    pub globs: Vec<Segments>,
    /// The paths that the code depends on. Re-exports do not count: they only pass a name on.
    pub uses: Vec<Segments>,
    /// The names of the macros that are called.
    pub calls: Vec<String>,
}

// === impl Crate ===

impl Crate {
    /// Reads a crate from its root. `read` gives the text of a file, if there is such a file.
    pub fn read(root: &Path, read: &dyn Fn(&Path) -> Option<String>) -> Self {
        let mut all = Self::default();
        let folder = root.parent().expect("a folder").to_owned();
        all.file(Vec::new(), None, root, &folder, read);
        all
    }

    /// Adds a file's module, whose children are in `folder`.
    fn file(
        &mut self,
        path: Segments,
        parent: Option<usize>,
        file: &Path,
        folder: &Path,
        read: &dyn Fn(&Path) -> Option<String>,
    ) -> usize {
        let text = read(file).unwrap_or_else(|| panic!("there is no {}", file.display()));
        let parsed =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.module(path, parent, file, folder, &parsed.items, read)
    }

    fn module(
        &mut self,
        path: Segments,
        parent: Option<usize>,
        file: &Path,
        folder: &Path,
        items: &[Item],
        read: &dyn Fn(&Path) -> Option<String>,
    ) -> usize {
        let index = self.modules.len();
        self.modules.push(Module {
            path: path.clone(),
            file: file.to_owned(),
            parent,
            ..Module::default()
        });
        let mut reader = Reader::default();
        for item in items {
            reader.visit_item(item);
        }
        let module = &mut self.modules[index];
        module.items = reader.items;
        module.imports = reader.imports;
        module.globs = reader.globs;
        module.uses = reader.uses;
        module.calls = reader.calls;
        for name in reader.macros {
            self.macros.insert(name, index);
        }
        for child in reader.modules {
            let name = child.ident.to_string();
            let path = [path.as_slice(), std::slice::from_ref(&name)].concat();
            let folder = folder.join(&name);
            let child = if let Some((_, items)) = &child.content {
                self.module(path, Some(index), file, &folder, items, read)
            } else {
                let has_path = child.attrs.iter().any(|attr| attr.path().is_ident("path"));
                assert!(!has_path, "#[path] in {}", file.display());
                let alone = folder.with_extension("rs");
                let file = if read(&alone).is_some() {
                    alone
                } else {
                    folder.join("mod.rs")
                };
                self.file(path, Some(index), &file, &folder, read)
            };
            self.modules[index].children.insert(name, child);
        }
        index
    }
}

/// Collects the content of a module.
#[derive(Default)]
struct Reader {
    modules: Vec<ItemMod>,
    items: Vec<String>,
    macros: Vec<String>,
    imports: BTreeMap<String, Segments>,
    globs: Vec<Segments>,
    uses: Vec<Segments>,
    calls: Vec<String>,
}

// === impl Reader ===

impl Reader {
    fn import(&mut self, tree: &UseTree, before: &Segments, is_re_export: bool) {
        let with = |name: &dyn ToString| [before.as_slice(), &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &with(&path.ident), is_re_export),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, before, is_re_export);
                }
            }
            UseTree::Glob(_) => {
                if !is_re_export {
                    self.uses.push(before.clone());
                }
                self.globs.push(before.clone());
            }
            UseTree::Name(name) if name.ident == "self" => {
                let name = before.last().expect("a name before self").clone();
                self.leaf(name, before.clone(), is_re_export);
            }
            UseTree::Name(name) => {
                self.leaf(name.ident.to_string(), with(&name.ident), is_re_export);
            }
            UseTree::Rename(name) if name.ident == "self" => {
                self.leaf(name.rename.to_string(), before.clone(), is_re_export);
            }
            UseTree::Rename(name) => {
                self.leaf(name.rename.to_string(), with(&name.ident), is_re_export);
            }
        }
    }

    fn leaf(&mut self, name: String, path: Segments, is_re_export: bool) {
        if !is_re_export {
            self.uses.push(path.clone());
        }
        if name != "_" {
            self.imports.insert(name, path);
        }
    }

    /// Collects the paths among the tokens of a macro call, which only the macro can parse.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Segments::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 || path.is_empty() {
                        self.uses.push(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                }
                TokenTree::Group(group) => {
                    self.uses.push(std::mem::take(&mut path));
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.uses.push(std::mem::take(&mut path));
                }
            }
            colons = 0;
        }
        self.uses.push(path);
        self.uses.retain(|path| !path.is_empty());
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Impl(item) => (&item.attrs, None),
            Item::Macro(item) => (&item.attrs, None),
            Item::Mod(item) => (&item.attrs, None),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Union(item) => (&item.attrs, Some(&item.ident)),
            Item::Use(item) => (&item.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_for_tests) {
            self.items.extend(name.map(ToString::to_string));
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !item.attrs.iter().any(is_for_tests) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.modules.push(item.clone());
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            let is_re_export = !matches!(item.vis, Visibility::Inherited);
            self.import(&item.tree, &Segments::new(), is_re_export);
        }
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        match &item.ident {
            Some(name) => self.macros.push(name.to_string()),
            None => self.items.extend(named_blocks(&item.mac.tokens)),
        }
        self.visit_macro(&item.mac);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.calls.extend(names(&call.path).pop());
        self.tokens(call.tokens.clone());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.uses.push(names(path));
        }
        visit::visit_path(self, path);
    }

    // Paths in attributes and in `pub(in …)` are not dependencies.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

fn names(path: &syn::Path) -> Segments {
    let segments = path.segments.iter();
    segments.map(|segment| segment.ident.to_string()).collect()
}

/// The items that a macro call likely defines: each name in front of a block.
fn named_blocks(tokens: &TokenStream) -> Vec<String> {
    let mut last = None;
    let mut names = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                names.extend(last.take());
            }
            TokenTree::Ident(ident) => last = Some(ident.to_string()),
            _ => last = None,
        }
    }
    names
}

/// Whether it is `#[cfg(test)]`.
fn is_for_tests(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        Meta::Path(_) | Meta::NameValue(_) => false,
    }
}
