# Puts a built provider where Terraform and OpenTofu find it without a registry, on Windows.
# Usage: scripts/install.ps1 -Binary FILE [-PluginDir FOLDER]
param(
    [Parameter(Mandatory = $true)][string] $Binary,
    [string] $PluginDir = (Join-Path $env:APPDATA 'terraform.d\plugins')
)
$ErrorActionPreference = 'Stop'

$arch = switch ($env:PROCESSOR_ARCHITECTURE) {
    'AMD64' { 'amd64' }
    'ARM64' { 'arm64' }
    'x86' { '386' }
    default { throw "Terraform's name for the processor $_ is not known to this script." }
}
# "terraform-provider-isales 0.1.0 (plugin protocol 6)"
$version = ((& $Binary --version) -split ' ')[1]
if (-not $version) { throw "$Binary does not say its version." }

# Each program completes the source isales/isales by its own registry.
foreach ($registry in 'registry.terraform.io', 'registry.opentofu.org') {
    $directory = Join-Path $PluginDir "$registry\isales\isales\$version\windows_$arch"
    $installed = Join-Path $directory "terraform-provider-isales_v$version.exe"
    New-Item -ItemType Directory -Force -Path $directory | Out-Null
    Copy-Item -Force -Path $Binary -Destination $installed
    Write-Output "Installed $installed"
}
Write-Output @"

Write this in your configuration, then run terraform init or tofu init:

  terraform {
    required_providers {
      isales = {
        source  = "isales/isales"
        version = "$version"
      }
    }
  }
"@
# Both programs search the default folder; any other has to be configured.
if ($PSBoundParameters.ContainsKey('PluginDir')) {
    $path = (Resolve-Path $PluginDir).Path -replace '\\', '/'
    Write-Output @"

This CLI configuration (%APPDATA%\terraform.rc, or tofu.rc of OpenTofu) makes it search the folder:

  provider_installation {
    filesystem_mirror {
      path    = "$path"
      include = ["isales/isales"]
    }
    direct {
      exclude = ["isales/isales"]
    }
  }
"@
}
