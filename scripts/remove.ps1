# Runs scripts/remove.sh with the same options, by the bash of Git for Windows or of WSL; the Azure Cloud Shell needs neither.
# One script does the work on every system, so that there is one behaviour to test.
$ErrorActionPreference = 'Stop'

$script = Join-Path $PSScriptRoot 'remove.sh'
$candidates = @()
if ($env:ProgramFiles) { $candidates += Join-Path $env:ProgramFiles 'Git\bin\bash.exe' }
$onPath = Get-Command bash -ErrorAction SilentlyContinue
if ($onPath) { $candidates += $onPath.Source }

$bash = $candidates | Where-Object { Test-Path $_ } | Select-Object -First 1
if (-not $bash) {
    Write-Error 'bash was not found. Install Git for Windows (https://gitforwindows.org), or run scripts/remove.sh in the Azure Cloud Shell.'
    exit 1
}

if ($bash -like '*\System32\bash.exe') {
    # WSL sees the files of Windows under /mnt.
    $script = (& wsl.exe wslpath -a ($script -replace '\\', '/')).Trim()
}

& $bash $script @args
exit $LASTEXITCODE
