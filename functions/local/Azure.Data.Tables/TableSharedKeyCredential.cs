#nullable disable // as in the original, whose API carries no nullability annotations

using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>A storage account's name and key.</summary>
public class TableSharedKeyCredential
{
    private byte[] key;

    /// <summary>Creates the credential.</summary>
    /// <param name="accountName">The account's name.</param>
    /// <param name="accountKey">One of its keys, in Base64.</param>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        AccountName = accountName;
        SetAccountKey(accountKey);
    }

    /// <summary>The account's name.</summary>
    public string AccountName { get; }

    /// <summary>Changes to another key after the account's keys were rotated.</summary>
    public void SetAccountKey(string accountKey) => Volatile.Write(ref key, Convert.FromBase64String(accountKey));

    internal string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Volatile.Read(ref key), Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash);
    }
}
