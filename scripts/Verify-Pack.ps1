<#
.SYNOPSIS
Verifies an evidence pack with what Windows has: Windows PowerShell 5.1 and the .NET Framework 4.7.2; nothing is installed.

.DESCRIPTION
Checks what verify-pack.sh checks, by the same rules: the signature, every file, that nothing was added, that each item stands in the ledger, that the signed heads are
those of their keys, and that the ledger continues every head that was signed before. Ends with 0 when all is well, 1 when not.

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
function New-Map { , (New-Object 'System.Collections.Generic.Dictionary[string,object]' ([System.StringComparer]::Ordinal)) }
function Test-SafeName([string]$name) { $name -ne '' -and $name -cnotmatch '^/|[\\:]|//|[\x00-\x1f]|(^|/)\.\.?(/|$)' }
function Get-Hashes([string]$path) { @($path.Replace('"', '').Split(',') | Where-Object { $_ -ne '' }) }

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
            $entries = New-Map
            foreach ($entry in $zip.Entries) {
                if (-not (Test-SafeName $entry.FullName)) { Add-Fault "$($entry.FullName): the name leads out of the pack's folder" }
                if ($entries.ContainsKey($entry.FullName)) { Add-Fault "$($entry.FullName): occurs twice" }
                $entries[$entry.FullName] = $true
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

    $listed = New-Map; $ofFolder = New-Map; $folders = New-Map
    foreach ($line in Get-Lines (Join-Path $root 'SHA256SUMS')) {
        if ($line -cnotmatch '^([0-9a-f]{64})  (.+)$' -or -not (Test-SafeName $line.Substring(66))) { Add-Fault "SHA256SUMS: a malformed line: $line"; continue }
        $hash = $line.Substring(0, 64); $name = $line.Substring(66)
        if ($listed.ContainsKey($name)) { Add-Fault "${name}: is listed twice in SHA256SUMS" }
        $listed[$name] = $hash
        if ($name -cmatch '^(evidence(/[^/]+){6})/(.+)$') {
            $folder = $Matches[1]
            if ($Matches[3] -eq 'manifest.json') { $folders[$folder] = $true }
            elseif ($ofFolder.ContainsKey($folder)) { $ofFolder[$folder] += $hash }
            else { $ofFolder[$folder] = @($hash) }
        } elseif ($name.StartsWith('evidence/', [System.StringComparison]::Ordinal)) { Add-Fault "${name}: belongs to no item" }
    }
    if (-not [System.IO.File]::ReadAllText((Join-Path $root 'SHA256SUMS'), $utf8).EndsWith("`n")) { Add-Fault 'SHA256SUMS: is cut short' }
    foreach ($folder in $ofFolder.Keys) { if (-not $folders.ContainsKey($folder)) { Add-Fault "${folder}: has no manifest.json" } }
    foreach ($name in $listed.Keys) {
        $path = Join-Path $root $name
        $hash = ''
        if ([System.IO.File]::Exists($path)) {
            $stream = [System.IO.File]::OpenRead($path)
            try { $hash = ConvertTo-Hex $sha.ComputeHash($stream) } finally { $stream.Dispose() }
        }
        if ($hash -ne $listed[$name]) { Add-Fault "${name}: is missing, or not as listed in SHA256SUMS" }
    }
    foreach ($path in [System.IO.Directory]::GetFiles($root, '*', 'AllDirectories')) {
        $name = $path.Substring($root.Length + 1).Replace('\', '/')
        if (-not $listed.ContainsKey($name) -and $name -ne 'SHA256SUMS' -and $name -ne 'SHA256SUMS.sig') { Add-Fault "${name}: is not listed in SHA256SUMS" }
    }

    # --- the ledger -----------------------------------------------------------------------------------------------------------------
    $keys = New-Map; $rootAt = New-Map; $lastSize = [long]0
    foreach ($line in Get-Lines (Join-Path $root 'ledger/heads.json')) {
        if ($line -cmatch '^\{"id":"([0-9a-f]{32})","publicKey":"([^"]*)"\},?$') {
            $id = $Matches[1]
            $found = Get-Key ($Matches[2].Replace('\n', "`n"))
            if ($found.Id -eq $id) { $keys[$id] = $found } else { Add-Fault "ledger/heads.json: the key $id is another one" }
        } elseif ($line -cmatch '^\{"size":([0-9]+),"root":"([0-9a-f]{64})","at":"([0-9TZ:-]+)","keyId":"([0-9a-f]{32})","signature":"([A-Za-z0-9+/=]+)","timeStamp":(null|"[A-Za-z0-9+/=]+")\},?$') {
            $size = [long]$Matches[1]; $by = $Matches[4]; $signature = [System.Convert]::FromBase64String($Matches[5])
            $head = '{"at":"' + $Matches[3] + '","keyId":"' + $by + '","root":"' + $Matches[2] + '","size":' + $Matches[1] + '}'
            $rootAt["$size"] = $Matches[2]
            if ($size -le $lastSize) { Add-Fault "ledger/heads.json: the head at $size is out of order" }
            if (-not $keys.ContainsKey($by) -or -not (Test-Signature $keys[$by] $utf8.GetBytes($head) $signature)) {
                Add-Fault "ledger/heads.json: the signature of the head at $size is not that of its key"
            }
            $lastSize = $size
        } elseif ($line -ne '{"keys":[' -and $line -ne '],"heads":[' -and $line -ne ']}') { Add-Fault "ledger/heads.json: a line that is neither key nor head: $line" }
    }

    # Inclusion (RFC 9162, 2.1.3.2) and consistency with each head signed before (RFC 9162, 2.1.4.2).
    $size = [long]0; $ledgerRoot = ''; $proven = New-Map; $disposed = New-Map; $consistent = New-Map
    foreach ($line in Get-Lines (Join-Path $root 'ledger/proofs.json')) {
        if ($line -cmatch '^\{"size":([0-9]+),"root":"([0-9a-f]{64})","consistency":\[$') {
            $size = [long]$Matches[1]; $ledgerRoot = $Matches[2]
        } elseif ($line -cmatch '^\{"from":([0-9]+),"path":\[([0-9a-f",]*)\]\},?$') {
            $from = [long]$Matches[1]; $path = @(Get-Hashes $Matches[2])
            if ($from -le 0 -or $from -ge $size -or -not $rootAt.ContainsKey("$from")) { Add-Fault "ledger/proofs.json: a proof from $from, where no head was signed"; continue }
            $earlier = $rootAt["$from"]
            if (($from -band ($from - 1)) -eq 0) { $path = @($earlier) + $path }
            $isConsistent = $path.Count -gt 0
            if ($isConsistent) {
                $node = $from - 1; $last = $size - 1
                while ($node % 2 -eq 1) { $node = $node -shr 1; $last = $last -shr 1 }
                $a = ConvertFrom-Hex $path[0]; $b = $a
                for ($i = 1; $i -lt $path.Count -and $last -ne 0; $i++) {
                    $c = ConvertFrom-Hex $path[$i]
                    if ($node % 2 -eq 1 -or $node -eq $last) {
                        $a = Get-Node $c $a; $b = Get-Node $c $b
                        while ($node % 2 -eq 0 -and $node -ne 0) { $node = $node -shr 1; $last = $last -shr 1 }
                    } else { $b = Get-Node $b $c }
                    $node = $node -shr 1; $last = $last -shr 1
                }
                $isConsistent = $i -eq $path.Count -and $last -eq 0 -and (ConvertTo-Hex $a) -eq $earlier -and (ConvertTo-Hex $b) -eq $ledgerRoot
            }
            if (-not $isConsistent) { Add-Fault "ledger/heads.json: the ledger does not continue the head at $from" }
            $consistent["$from"] = $true
        } elseif ($line -cmatch '^\{"index":([0-9]+),"leafHash":"([0-9a-f]{64})","manifest":"([^"]+)","disposedBy":(null|"[^"]+"),"path":\[([0-9a-f",]*)\]\},?$') {
            $node = [long]$Matches[1]; $leafHash = $Matches[2]; $manifest = $Matches[3]; $isDisposed = $Matches[4] -ne 'null'
            $siblings = @(Get-Hashes $Matches[5])
            if ($proven.ContainsKey($manifest)) { Add-Fault "${manifest}: is proven twice" }
            $proven[$manifest] = $true
            if ($isDisposed) { $disposed[$manifest] = $true }
            if (-not $listed.ContainsKey($manifest) -or -not [System.IO.File]::Exists((Join-Path $root $manifest))) { Add-Fault "${manifest}: is missing"; continue }
            $bytes = [System.IO.File]::ReadAllBytes((Join-Path $root $manifest))
            $hash = $sha.ComputeHash([byte[]](@(0) + $bytes))
            if ((ConvertTo-Hex $hash) -ne $leafHash) { Add-Fault "${manifest}: is not the manifest whose hash the ledger holds" }
            if ($node -ge $size) { Add-Fault "${manifest}: its place is beyond the ledger"; continue }
            $last = $size - 1
            for ($i = 0; $i -lt $siblings.Count -and $last -ne 0; $i++) {
                $sibling = ConvertFrom-Hex $siblings[$i]
                if ($node % 2 -eq 1 -or $node -eq $last) {
                    $hash = Get-Node $sibling $hash
                    while ($node % 2 -eq 0 -and $node -ne 0) { $node = $node -shr 1; $last = $last -shr 1 }
                } else { $hash = Get-Node $hash $sibling }
                $node = $node -shr 1; $last = $last -shr 1
            }
            if ($i -ne $siblings.Count -or $last -ne 0 -or (ConvertTo-Hex $hash) -ne $ledgerRoot) { Add-Fault "${manifest}: its proof does not lead to the ledger's root" }
        } elseif ($line -ne '],"items":[' -and $line -ne ']}') { Add-Fault "ledger/proofs.json: a line that is neither proof nor head: $line" }
    }
    if ($size -ne $lastSize -or -not $rootAt.ContainsKey("$size") -or $rootAt["$size"] -ne $ledgerRoot) { Add-Fault 'ledger/proofs.json: its root is not that of the last signed head' }
    foreach ($signed in $rootAt.Keys) {
        if ($signed -ne "$size" -and -not $consistent.ContainsKey($signed)) { Add-Fault "ledger/proofs.json: nothing shows that the ledger continues the head at $signed" }
    }

    # --- each item has the files that its manifest names, and no others ---------------------------------------------------------------
    foreach ($folder in $folders.Keys) {
        $manifest = "$folder/manifest.json"
        if (-not $proven.ContainsKey($manifest)) { Add-Fault "${manifest}: has no proof" }
        $path = Join-Path $root $manifest
        if ($disposed.ContainsKey($manifest) -or -not [System.IO.File]::Exists($path)) { continue }
        $named = @(([System.IO.File]::ReadAllText($path, $utf8) | ConvertFrom-Json).files | ForEach-Object { $_.sha256 } | Sort-Object) -join ' '
        $found = ''
        if ($ofFolder.ContainsKey($folder)) { $found = @($ofFolder[$folder] | Sort-Object) -join ' ' }
        if ($named -ne $found) { Add-Fault "${folder}: its files are not those that its manifest names" }
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
