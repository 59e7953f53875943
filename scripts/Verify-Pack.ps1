<#
.SYNOPSIS
Verifies an evidence pack with what Windows has: Windows PowerShell 5.1 and the .NET Framework 4.7.2; nothing is installed.

.DESCRIPTION
Checks the signature, every file, that nothing was added, that each item stands in the ledger, and that the signed heads are those of their keys. The proofs that the
ledger continues earlier heads are checked by verify-pack.sh. Ends with 0 when all is well, 1 when not.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File Verify-Pack.ps1 -Pack C:\Audit\pack.zip -KeyId 0123456789abcdef0123456789abcdef
#>
param(
    [Parameter(Mandatory = $true)][string]$Pack,
    [ValidatePattern('^([0-9a-f]{32})?$')][string]$KeyId = ''
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
$script:faults = 0
$utf8 = New-Object System.Text.UTF8Encoding($false, $true)
$sha = [System.Security.Cryptography.SHA256]::Create()

function Add-Fault([string]$text) { Write-Host "FAULT  $text" -ForegroundColor Red; $script:faults++ }
function ConvertTo-Hex([byte[]]$bytes) { [System.BitConverter]::ToString($bytes).Replace('-', '').ToLowerInvariant() }
function ConvertFrom-Hex([string]$hex) {
    $bytes = New-Object byte[] ($hex.Length / 2)
    for ($i = 0; $i -lt $bytes.Length; $i++) { $bytes[$i] = [System.Convert]::ToByte($hex.Substring(2 * $i, 2), 16) }
    , $bytes
}
function Get-Node([byte[]]$left, [byte[]]$right) { , $sha.ComputeHash([byte[]](@(1) + $left + $right)) }
function Get-Lines([string]$path) { [System.IO.File]::ReadAllText($path, $utf8).Split("`n") | Where-Object { $_ -ne '' } }

# A P-256 key in PEM: its SubjectPublicKeyInfo ends with the point, which is how Windows takes it.
function Get-Key([string]$pem) {
    $der = [System.Convert]::FromBase64String(($pem -replace '-----[A-Z ]+-----', '' -replace '\s', ''))
    if ($der.Length -ne 91 -or $der[26] -ne 4) { throw 'The key is not one on P-256.' }
    $blob = [byte[]]((0x45, 0x43, 0x53, 0x31, 32, 0, 0, 0) + $der[27..90])
    $key = [System.Security.Cryptography.CngKey]::Import($blob, [System.Security.Cryptography.CngKeyBlobFormat]::EccPublicBlob)
    New-Object PSObject -Property @{
        Id  = (ConvertTo-Hex $sha.ComputeHash($der)).Substring(0, 32)
        Key = (New-Object System.Security.Cryptography.ECDsaCng($key))
    }
}

# A signature in DER is a sequence of two numbers; Windows takes them side by side, 32 bytes each.
function ConvertFrom-Der([byte[]]$der) {
    if ($der.Length -lt 8 -or $der[0] -ne 0x30 -or $der[1] -ne $der.Length - 2) { return , (New-Object byte[] 64) }
    $both = New-Object byte[] 64
    $at = 2
    foreach ($end in 32, 64) {
        $length = $der[$at + 1]
        if ($der[$at] -ne 2 -or $length -gt 33 -or $at + 2 + $length -gt $der.Length) { return , (New-Object byte[] 64) }
        $number = [byte[]]$der[($at + 2)..($at + 1 + $length)]
        if ($number.Length -eq 33) { $number = [byte[]]$number[1..32] }
        [System.Array]::Copy($number, 0, $both, $end - $number.Length, $number.Length)
        $at += 2 + $length
    }
    , $both
}
function Test-Signature($key, [byte[]]$data, [byte[]]$der) { $key.Key.VerifyHash($sha.ComputeHash($data), (ConvertFrom-Der $der)) }

# --- unpack -----------------------------------------------------------------------------------------------------------------------
$temporary = $null
try {
    if (Test-Path -LiteralPath $Pack -PathType Leaf) {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $temporary = Join-Path ([System.IO.Path]::GetTempPath()) ('pack-' + [System.IO.Path]::GetRandomFileName())
        $zip = [System.IO.Compression.ZipFile]::OpenRead((Resolve-Path -LiteralPath $Pack).ProviderPath)
        try {
            foreach ($entry in $zip.Entries) {
                if ($entry.FullName -match '(^|/)\.\.?(/|$)|^/|[\\:]') { Add-Fault "$($entry.FullName): the name leads out of the pack's folder" }
            }
        } finally { $zip.Dispose() }
        if ($script:faults -gt 0) { exit 1 }
        [System.IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path -LiteralPath $Pack).ProviderPath, $temporary)
        $root = $temporary
    } else { $root = (Resolve-Path -LiteralPath $Pack).ProviderPath }
    $root = $root.TrimEnd('\', '/')

    # --- the list of hashes and its signature -------------------------------------------------------------------------------------
    foreach ($name in 'SHA256SUMS', 'SHA256SUMS.sig', 'public-key.pem', 'ledger/heads.json', 'ledger/proofs.json', 'README.html', 'index.csv', 'VERIFY.txt') {
        if (-not (Test-Path -LiteralPath (Join-Path $root $name) -PathType Leaf)) { Add-Fault "${name}: is missing" }
    }
    if ($script:faults -gt 0) { exit 1 }
    $key = Get-Key ([System.IO.File]::ReadAllText((Join-Path $root 'public-key.pem')))
    if ($KeyId -ne '' -and $key.Id -ne $KeyId) { Add-Fault "public-key.pem: is the key $($key.Id), not $KeyId" }
    if (-not (Test-Signature $key ([System.IO.File]::ReadAllBytes((Join-Path $root 'SHA256SUMS'))) ([System.IO.File]::ReadAllBytes((Join-Path $root 'SHA256SUMS.sig'))))) {
        Add-Fault 'SHA256SUMS: is not what was signed (SHA256SUMS.sig, public-key.pem)'
    }

    $listed = New-Object 'System.Collections.Generic.Dictionary[string,string]' ([System.StringComparer]::Ordinal)
    foreach ($line in Get-Lines (Join-Path $root 'SHA256SUMS')) {
        if ($line -notmatch '^([0-9a-f]{64})  (.+)$' -or $listed.ContainsKey($Matches[2])) { Add-Fault "SHA256SUMS: a malformed or doubled line: $line"; continue }
        $listed[$Matches[2]] = $Matches[1]
    }
    foreach ($name in $listed.Keys) {
        $path = Join-Path $root $name
        if (-not [System.IO.File]::Exists($path)) { Add-Fault "${name}: is missing"; continue }
        $stream = [System.IO.File]::OpenRead($path)
        try { $hash = ConvertTo-Hex $sha.ComputeHash($stream) } finally { $stream.Dispose() }
        if ($hash -ne $listed[$name]) { Add-Fault "${name}: is not as listed in SHA256SUMS" }
    }
    foreach ($path in [System.IO.Directory]::GetFiles($root, '*', 'AllDirectories')) {
        $name = $path.Substring($root.Length + 1).Replace('\', '/')
        if (-not $listed.ContainsKey($name) -and $name -ne 'SHA256SUMS' -and $name -ne 'SHA256SUMS.sig') { Add-Fault "${name}: is not listed in SHA256SUMS" }
    }

    # --- the ledger -----------------------------------------------------------------------------------------------------------------
    $keys = @{}; $size = [long]0; $ledgerRoot = ''; $lastHead = [long]0; $lastRoot = ''
    foreach ($line in Get-Lines (Join-Path $root 'ledger/heads.json')) {
        if ($line -match '^\{"id":"([0-9a-f]{32})","publicKey":"([^"]*)"\},?$') {
            $id = $Matches[1]
            $keys[$id] = Get-Key ($Matches[2].Replace('\n', "`n"))
            if ($keys[$id].Id -ne $id) { Add-Fault "ledger/heads.json: the key $id is another one" }
        } elseif ($line -match '^\{"size":([0-9]+),"root":"([0-9a-f]{64})","at":"([0-9TZ:-]+)","keyId":"([0-9a-f]{32})","signature":"([A-Za-z0-9+/=]+)"') {
            $head = '{"at":"' + $Matches[3] + '","keyId":"' + $Matches[4] + '","root":"' + $Matches[2] + '","size":' + $Matches[1] + '}'
            $lastHead = [long]$Matches[1]; $lastRoot = $Matches[2]
            if (-not $keys.ContainsKey($Matches[4]) -or -not (Test-Signature $keys[$Matches[4]] $utf8.GetBytes($head) ([System.Convert]::FromBase64String($Matches[5])))) {
                Add-Fault "ledger/heads.json: the signature of the head at $lastHead is not that of its key"
            }
        }
    }

    $proven = @{}
    foreach ($line in Get-Lines (Join-Path $root 'ledger/proofs.json')) {
        if ($line -match '^\{"size":([0-9]+),"root":"([0-9a-f]{64})"') {
            $size = [long]$Matches[1]; $ledgerRoot = $Matches[2]
            if ($size -ne $lastHead -or $ledgerRoot -ne $lastRoot) { Add-Fault 'ledger/proofs.json: its root is not that of the last signed head' }
        } elseif ($line -match '^\{"index":([0-9]+),"leafHash":"([0-9a-f]{64})","manifest":"([^"]+)","disposedBy":(null|"[^"]+"),"path":\[([0-9a-f",]*)\]\},?$') {
            $node = [long]$Matches[1]; $manifest = $Matches[3]; $leafHash = $Matches[2]; $isThere = $Matches[4] -eq 'null'
            $siblings = @($Matches[5].Replace('"', '').Split(',') | Where-Object { $_ -ne '' })
            $proven[$manifest] = $true
            $bytes = [System.IO.File]::ReadAllBytes((Join-Path $root $manifest))
            $hash = $sha.ComputeHash([byte[]](@(0) + $bytes))
            if ((ConvertTo-Hex $hash) -ne $leafHash) { Add-Fault "${manifest}: is not the manifest whose hash the ledger holds" }
            $last = $size - 1
            foreach ($sibling in $siblings) {
                if ($node % 2 -eq 1 -or $node -eq $last) {
                    $hash = Get-Node (ConvertFrom-Hex $sibling) $hash
                    while ($node % 2 -eq 0 -and $node -ne 0) { $node = $node -shr 1; $last = $last -shr 1 }
                } else { $hash = Get-Node $hash (ConvertFrom-Hex $sibling) }
                $node = $node -shr 1; $last = $last -shr 1
            }
            if ($last -ne 0 -or (ConvertTo-Hex $hash) -ne $ledgerRoot) { Add-Fault "${manifest}: its proof does not lead to the ledger's root" }
            if ($isThere) {
                $folder = $manifest.Substring(0, $manifest.Length - 'manifest.json'.Length)
                $named = @(($utf8.GetString($bytes) | ConvertFrom-Json).files | ForEach-Object { $_.sha256 } | Sort-Object) -join ' '
                $found = @($listed.Keys | Where-Object { $_.StartsWith($folder, [System.StringComparison]::Ordinal) -and $_ -ne $manifest } | ForEach-Object { $listed[$_] } | Sort-Object) -join ' '
                if ($named -ne $found) { Add-Fault "${folder}: its files are not those that its manifest names" }
            }
        }
    }
    foreach ($name in $listed.Keys) {
        if ($name.StartsWith('evidence/') -and -not $proven.ContainsKey((($name.Split('/')[0..6]) -join '/') + '/manifest.json')) { Add-Fault "${name}: belongs to no item that is proven" }
    }

    if ($script:faults -eq 0) {
        Write-Host "OK     $($proven.Count) items, $($listed.Count) files; ledger of $size entries, root $ledgerRoot; signed with the key $($key.Id)"
        if ($KeyId -eq '') { Write-Host '       Compare the key with the one that you were given another way.' }
        exit 0
    }
    Write-Host "$($script:faults) fault(s). Do not rely on this pack."
    exit 1
} finally {
    if ($null -ne $temporary -and (Test-Path -LiteralPath $temporary)) { Remove-Item -LiteralPath $temporary -Recurse -Force }
}
