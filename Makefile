# GNU make. Cargo decides what has to be built; nothing here is a file.

PLUGIN_DIR ?= $(HOME)/.terraform.d/plugins
TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
# TERRAFORM_BINARY=/path/to/tofu names another Terraform than the one in PATH, or an OpenTofu.
CARGO_DENY_VERSION := 0.20.2

# musl where it is installed, as a release has it; else glibc, linked statically, whose resolver goes
# by files and DNS alone.
DIST_TARGET ?= $(or $(filter x86_64-unknown-linux-musl,$(shell rustup target list --installed 2>/dev/null)),x86_64-unknown-linux-gnu)

.DEFAULT_GOAL := help
.PHONY: help demo test skips soak fuzz bench build install docs dist test-dist fmt lint audit

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Walk through plan, apply, drift, import and destroy against a simulated server
	@scripts/demo

test: ## Check formatting, lints and documentation, and run all tests (TERRAFORM_BINARY=FILE: with another Terraform or OpenTofu)
	@scripts/check-tools terraform cargo cc postgresql
	@$(MAKE) --no-print-directory lint
	@scripts/test

skips: ## List the tests that old releases of Terraform and OpenTofu skip (SKIPS_FOR="OpenTofu 1.9" for another)
	@scripts/check-tools cargo cc
	@cargo test --locked --quiet --test structure skips_by_release -- --nocapture

soak: ## Test limits, kills and every fault at length (SOAK_SECONDS=180); updates development/testing.md
	@scripts/soak

fuzz: ## Run each fuzz target for FUZZ_SECONDS=60; needs the nightly toolchain and cargo-fuzz
	@scripts/fuzz

bench: ## Measure the provider in ten to fifteen minutes; updates development/benchmarks.md; AGAINST=FILE compares two builds
	@scripts/check-tools terraform cargo cc
	@scripts/bench

build: ## Build the provider and the simulator for development
	@scripts/check-tools cargo cc
	cargo build --locked --workspace --exclude benchmarks --bins

install: ## Put a release build where Terraform finds it (PLUGIN_DIR=folder for another place)
	@scripts/check-tools cargo cc
	cargo build --locked --release --bin terraform-provider-isales --target-dir "$(TARGET_DIR)"
	@scripts/install "$(TARGET_DIR)/release/terraform-provider-isales" "$(PLUGIN_DIR)"

docs: ## Write the pages for the registry into docs/
	@scripts/check-tools terraform cargo cc
	@scripts/format-examples
	cargo run --locked --quiet --package docs-generator

dist: ## Build what the registry takes into dist/: zip, manifest, SBOM, checksums, signature
	@scripts/check-tools cargo cc git gpg jq zip
	@rm -rf dist
	scripts/dist-zip "$(DIST_TARGET)" dist
	@scripts/dist-finish dist

test-dist: ## Build a release twice, compare, unpack it, and apply with it
	@scripts/check-tools terraform cargo cc git gpg jq zip unzip
	@$(MAKE) --no-print-directory dist
	scripts/test-same "$(DIST_TARGET)" dist
	cargo build --locked --package isales-simulator --target-dir "$(TARGET_DIR)"
	@scripts/test-dist dist "$(TARGET_DIR)/debug/isales-simulator"

fmt: ## Format the Rust and the Terraform files
	@scripts/check-tools terraform cargo
	cargo fmt --all
	@scripts/format-examples

lint: ## Check formatting, clippy's lints and the documentation's links
	@scripts/check-tools terraform cargo cc
	cargo fmt --all --check
	@scripts/format-examples -check -diff
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked --quiet

audit: ## Check the dependencies' licenses, sources, duplicates and known vulnerabilities
	@scripts/check-tools cargo cc
	@scripts/audit "$(CARGO_DENY_VERSION)"
