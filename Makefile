# GNU make. Cargo decides what has to be built; nothing here is a file.

PLUGIN_DIR ?= $(HOME)/.terraform.d/plugins
TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
CARGO_DENY_VERSION := 0.20.2

.DEFAULT_GOAL := help
.PHONY: help demo test build install docs fmt lint audit

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Walk through plan, apply, drift, import and destroy against a simulated server
	@scripts/demo

test: ## Check formatting, lints and documentation, and run all tests
	@scripts/check-tools terraform cargo cc postgresql
	@$(MAKE) --no-print-directory lint
	@scripts/test

build: ## Build the provider and the simulator for development
	@scripts/check-tools cargo cc
	cargo build --locked --workspace --bins

install: ## Put a release build where Terraform finds it (PLUGIN_DIR=folder for another place)
	@scripts/check-tools cargo cc
	cargo build --locked --release --bin terraform-provider-isales --target-dir "$(TARGET_DIR)"
	@scripts/install "$(TARGET_DIR)/release/terraform-provider-isales" "$(PLUGIN_DIR)"

docs: ## Write the pages for the registry into docs/
	@scripts/check-tools terraform cargo cc
	terraform fmt -recursive examples
	cargo run --locked --quiet --package docs-generator

fmt: ## Format the Rust and the Terraform files
	@scripts/check-tools terraform cargo
	cargo fmt --all
	terraform fmt -recursive examples

lint: ## Check formatting, clippy's lints and the documentation's links
	@scripts/check-tools terraform cargo cc
	cargo fmt --all --check
	terraform fmt -check -diff -recursive examples
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked --quiet

audit: ## Check the dependencies' licences, sources, duplicates and known vulnerabilities
	@scripts/check-tools cargo cc
	@scripts/audit "$(CARGO_DENY_VERSION)"
