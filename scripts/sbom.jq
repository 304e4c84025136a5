# The output of "cargo metadata" as a CycloneDX document: one package, and what it links.
# Takes $name, the package, and $time, when it was made.

def purl: "pkg:cargo/\(.name)@\(.version)";

# Ids of what a package links: neither build tools nor what only tests use.
def linked($nodes): [$nodes[.].deps[] | select(any(.dep_kinds[]; .kind == null)) | .pkg];

def closure($nodes):
  def grow($known; $new):
    if ($new | length) == 0 then $known
    else
      ($known + $new) as $all
      | grow($all; ([$new[] | linked($nodes)[]] | unique) - $all)
    end;
  grow([]; [.]);

(.packages | map({ key: .id, value: . }) | from_entries) as $packages
| (.resolve.nodes | map({ key: .id, value: . }) | from_entries) as $nodes
| (.packages[] | select(.name == $name).id) as $root
| ($root | closure($nodes)) as $ids
| {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      timestamp: $time,
      component: ($packages[$root] | {
        type: "application",
        "bom-ref": purl,
        name,
        version,
        purl: purl,
        licenses: [{ expression: .license }]
      })
    },
    components: ([$ids[] | select(. != $root) | $packages[.] | {
      type: "library",
      "bom-ref": purl,
      name,
      version,
      purl: purl,
      # Some crates still write the slash that SPDX has given up.
      licenses: [{ expression: (.license // "NOASSERTION" | gsub("/"; " OR ")) }]
    }] | sort_by(.purl)),
    dependencies: ([$ids[] | . as $id | {
      ref: ($packages[$id] | purl),
      dependsOn: ([$id | linked($nodes)[] | $packages[.] | purl] | unique)
    }] | sort_by(.ref))
  }
