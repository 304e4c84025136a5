# Walks through a retry policy's life with a real Terraform, as scripts/demo does, on Windows: init,
# plan, apply, drift, repair, import, destroy, against the simulator; then a call result, a policy that
# names its code, and a call batch. Stops at the first step that does not show what it should. Leaves
# nothing behind but the build.
# Usage: scripts/demo.ps1
# TERRAFORM_BINARY names another Terraform than the one in PATH, or an OpenTofu.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$repository = Split-Path -Parent $PSScriptRoot
$terraform = if ($env:TERRAFORM_BINARY) { $env:TERRAFORM_BINARY } else { 'terraform' }
$scratch = Join-Path ([IO.Path]::GetTempPath()) ('isales-demo.' + [Guid]::NewGuid().ToString('N'))
$script:number = 0
$script:output = ''

function Step([string] $title, [string] $why) {
    $script:number++
    Write-Output "`n$script:number. $title`n   $why"
}

# Runs Terraform, shows its output, and insists on its exit status.
function Invoke-Terraform([int] $wanted, [string[]] $arguments) {
    Write-Output "`n   > terraform $arguments"
    # Windows PowerShell takes a line on standard error for a failure.
    $ErrorActionPreference = 'Continue'
    $script:output = & $terraform @arguments 2>&1 | Out-String
    Write-Output $script:output
    if ($LASTEXITCODE -ne $wanted) {
        throw "`"terraform $arguments`" ended with status $LASTEXITCODE; $wanted was expected."
    }
}

function Expect([string] $text) {
    if (-not $script:output.Contains($text)) { throw "The output above should contain: $text" }
}

# The policy, or the call batches, that the simulator keeps for a campaign.
function Get-Kept([int] $campaign, [string] $kind) {
    (Invoke-WebRequest -UseBasicParsing "$admin/campaigns/25/$campaign/$kind").Content
}

New-Item -ItemType Directory -Path $scratch | Out-Null
$simulator = $null
Push-Location $repository
try {
    Step 'Build the provider and the simulator' 'The first build takes minutes, later ones seconds.'
    cargo build --locked --workspace --exclude benchmarks --bins --target-dir target
    if ($LASTEXITCODE -ne 0) { throw 'The build failed.' }

    Step 'Start the simulator, a stand-in for a CC-iSales server' 'It checks every signature and every parameter, on free ports of this machine.'
    $ready = Join-Path $scratch 'ready.json'
    $authority = Join-Path $scratch 'ca.pem'
    $simulator = Start-Process -PassThru -NoNewWindow `
        -FilePath (Join-Path $repository 'target\debug\isales-simulator.exe') `
        -ArgumentList '--ca-file', "`"$authority`"" `
        -RedirectStandardOutput $ready -RedirectStandardError (Join-Path $scratch 'simulator.log')
    # It says on its first line that it is ready.
    while (-not (Test-Path $ready) -or -not (Get-Content -Raw $ready)) {
        if ($simulator.HasExited) { throw (Get-Content -Raw (Join-Path $scratch 'simulator.log')) }
        Start-Sleep -Milliseconds 100
    }
    $addresses = Get-Content -Raw $ready | ConvertFrom-Json
    $admin = $addresses.admin

    # Variables that are set for Terraform or the provider would change the walk.
    Get-ChildItem env: | Where-Object { $_.Name -like 'TF_*' -or $_.Name -like 'ISALES_*' } |
        ForEach-Object { Remove-Item "env:$($_.Name)" }
    $env:TF_CLI_ARGS = '-no-color'
    $env:TF_IN_AUTOMATION = '1'
    $env:TF_INPUT = '0'
    $env:TF_CLI_CONFIG_FILE = Join-Path $scratch 'terraform.rc'
    $env:NO_PROXY = '127.0.0.1'
    # The example keys that the simulator has when it is given none.
    $env:ISALES_ENDPOINT = $addresses.endpoint
    $env:ISALES_CA_CERT_FILE = $authority
    $env:ISALES_ACCESS_KEY = 'EXAMPLEAK'
    $env:ISALES_SECRET_KEY = 'EXAMPLESK'

    $plugins = Join-Path $scratch 'plugins'
    & (Join-Path $PSScriptRoot 'install.ps1') `
        -Binary (Join-Path $repository 'target\debug\terraform-provider-isales.exe') -PluginDir $plugins
    $path = $plugins -replace '\\', '/'
    Set-Content -Path $env:TF_CLI_CONFIG_FILE -Value @"
disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path = "$path"
  }
}
"@
    Copy-Item -Recurse (Join-Path $repository 'examples\quickstart') (Join-Path $scratch 'quickstart')
    Set-Location (Join-Path $scratch 'quickstart')

    Step 'terraform init' 'Terraform takes the provider from a folder, laid out by scripts/install.ps1.'
    Invoke-Terraform 0 @('init')
    Expect 'has been successfully initialized'

    Step 'terraform plan' 'examples/quickstart sets the policies of three campaigns: shows what is to come.'
    Invoke-Terraform 2 @('plan', '-detailed-exitcode', '-out=tfplan')
    Expect 'Plan: 3 to add, 0 to change, 0 to destroy.'

    Step 'terraform apply' 'One signed POST for each campaign, and a GET that checks what the server kept.'
    Invoke-Terraform 0 @('apply', 'tfplan')
    Expect 'Apply complete! Resources: 3 added, 0 changed, 0 destroyed.'

    Step "Change the policy behind Terraform's back" 'As someone would who uses another tool: campaign 25/46 gets another policy.'
    Invoke-WebRequest -UseBasicParsing -Method Put -ContentType 'application/json' `
        -Uri "$admin/campaigns/25/46/policy" `
        -Body '{"policy_type":0,"policy_json":"[{''type'':0,''retryTimes'':5,''retryDay'':1}]"}' | Out-Null

    Step 'terraform plan' 'Finds the change and shows what sets it right; the other two campaigns are untouched.'
    Invoke-Terraform 2 @('plan', '-detailed-exitcode', '-out=tfplan')
    Expect '5 -> 2'
    Expect 'Plan: 0 to add, 1 to change, 0 to destroy.'

    Step 'terraform apply' 'Sets the policy that the configuration describes.'
    Invoke-Terraform 0 @('apply', 'tfplan')
    Expect 'Apply complete! Resources: 0 added, 1 changed, 0 destroyed.'

    Step 'terraform plan' 'The server and the configuration agree again.'
    Invoke-Terraform 0 @('plan', '-detailed-exitcode')
    Expect 'No changes.'

    Step 'terraform import' 'A fresh state takes over policies that exist already; the plan after it is empty.'
    Remove-Item terraform.tfstate
    Invoke-Terraform 0 @('import', 'isales_retry_policy.renewal', '25/46')
    Invoke-Terraform 0 @('import', 'isales_retry_policy.survey', '25/47')
    # The provider has a vdn_id, so the campaign alone will do.
    Invoke-Terraform 0 @('import', 'isales_retry_policy.reminder', '48')
    Invoke-Terraform 0 @('plan', '-detailed-exitcode')
    Expect 'No changes.'

    Step 'terraform destroy' 'The API cannot delete a retry policy: Terraform forgets it, and a warning says so.'
    Invoke-Terraform 0 @('destroy', '-auto-approve')
    Expect 'Retry Policy Not Deleted'
    Expect 'Destroy complete! Resources: 3 destroyed.'
    $kept = Get-Kept 46 'policy'
    if (-not $kept.Contains("'retryTimes':2,'retryDay':3")) { throw "The policy is gone: $kept" }

    Step 'A call result, and a policy that names its code' 'In one apply from nothing: the server chooses the code, and campaign 25/49 gets it.'
    New-Item -ItemType Directory -Path (Join-Path $scratch 'call-result') | Out-Null
    Set-Location (Join-Path $scratch 'call-result')
    Set-Content -Path main.tf -Value @'
terraform {
  required_providers {
    isales = { source = "isales/isales" }
  }
}

provider "isales" {
  vdn_id = 25
}

resource "isales_call_result" "unreachable" {
  display_result = "Unreachable for days"
  obs_codes      = ["00604", "00605"]
}

resource "isales_retry_policy" "appeal" {
  campaign_id = 49
  policy_type = 0
  policy_json = [{
    type            = 0
    retry_times     = 2
    retry_day       = 1
    no_retry_policy = [isales_call_result.unreachable.result_code]
  }]
}

output "result_code" {
  value = isales_call_result.unreachable.result_code
}
'@
    Invoke-Terraform 0 @('init')
    Invoke-Terraform 0 @('apply', '-auto-approve')
    Expect 'Apply complete! Resources: 2 added, 0 changed, 0 destroyed.'
    Expect 'result_code = "101"'
    $kept = Get-Kept 49 'policy'
    if (-not $kept.Contains("'noRetryPolicy':['101']")) { throw "The policy does not name the code: $kept" }
    Invoke-Terraform 0 @('plan', '-detailed-exitcode')
    Expect 'No changes.'

    Step 'A call batch' 'Numbers of campaign 25/49 that are started together, after the policy is set.'
    Set-Content -Path call_batch.tf -Value @'
resource "isales_call_batch" "january" {
  # The policy's, so that its rules apply to the first call.
  campaign_id = isales_retry_policy.appeal.campaign_id
  name        = "January"
  status      = 1
}
'@
    Invoke-Terraform 0 @('apply', '-auto-approve')
    Expect 'Apply complete! Resources: 1 added, 0 changed, 0 destroyed.'
    $kept = Get-Kept 49 'call-batches'
    if (-not $kept.Contains('"name":"January","status":1')) { throw "The call batch is not started: $kept" }
    Invoke-Terraform 0 @('plan', '-detailed-exitcode')
    Expect 'No changes.'

    Step 'terraform destroy' 'The call batch, then the policy, then the call result. Of these, the API cannot delete the policy.'
    Invoke-Terraform 0 @('destroy', '-auto-approve')
    Expect 'Destroy complete! Resources: 3 destroyed.'
    $kept = Get-Kept 49 'call-batches'
    if ($kept.Contains('January')) { throw "The call batch is still there: $kept" }

    Write-Output "`nThe demo showed all $script:number steps."
}
finally {
    Pop-Location
    if ($simulator -and -not $simulator.HasExited) { Stop-Process -Id $simulator.Id }
    if ($simulator) { $simulator.WaitForExit() }
    Remove-Item -Recurse -Force $scratch
}
