using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Isms.Sealing;
using IsmsFunctions.Sealing;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Tests.Sealing;

public sealed class KeyVaultHeadSignerTests
{
    private static readonly Uri Key = new("https://vault.example.net/keys/ledger");

    [Fact]
    public async Task What_the_vault_signs_verifies_with_its_public_key()
    {
        using var vault = new Vault();
        var signer = SignerOf(vault);
        var data = SignedHead.BytesOf(3, "aa", DateTimeOffset.UnixEpoch, "k");

        var key = await signer.KeyAsync(default);

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo, out _);
        for (var i = 0; i < 64; i++)
        {
            // Numbers with leading zeros, which DER writes shorter, come up now and then.
            Assert.True(ecdsa.VerifyData(data, await signer.SignDigestAsync(key, SHA256.HashData(data), default), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        Assert.Equal("https://vault.example.net/keys/ledger?api-version=7.4", vault.Asked[0]);
        Assert.Equal("https://vault.example.net/keys/ledger/version1/sign?api-version=7.4", vault.Asked[1]);
    }

    [Fact]
    public async Task A_key_of_another_curve_is_refused_with_what_to_do()
    {
        using var vault = new Vault { Curve = "P-384" };

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SignerOf(vault).KeyAsync(default));

        Assert.Contains("P-256", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_said()
    {
        using var vault = new Vault { Status = HttpStatusCode.Forbidden };

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => SignerOf(vault).KeyAsync(default));

        Assert.Contains("Key Vault Crypto User", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_to_no_other_vault()
    {
        using var vault = new Vault();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SignerOf(vault).SignDigestAsync(new HeadKey("https://elsewhere.example.net/keys/ledger/1", []), new byte[32], default));

        Assert.Empty(vault.Asked);
    }

    private static KeyVaultHeadSigner SignerOf(Vault vault) =>
        new(new HttpClient(vault, disposeHandler: false), Options.Create(new SealingOptions { KeyVaultKey = Key }), new Token());

    /// <summary>Answers as the documentation of Key Vault's REST interface shows it.</summary>
    private sealed class Vault : HttpMessageHandler
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public string Curve { get; init; } = "P-256";

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.ToString());
            Assert.Equal("Bearer", request.Headers.Authorization!.Scheme);
            var answer = request.Method == HttpMethod.Get ? KeyBundle() : Sign(JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!);
            return new HttpResponseMessage(Status) { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") };
        }

        protected override void Dispose(bool disposing)
        {
            key.Dispose();
            base.Dispose(disposing);
        }

        private JsonObject KeyBundle()
        {
            var q = key.ExportParameters(false).Q;
            return new JsonObject
            {
                ["key"] = new JsonObject
                {
                    ["kid"] = Key + "/version1",
                    ["kty"] = "EC",
                    ["crv"] = Curve,
                    ["x"] = Base64Url.EncodeToString(q.X!),
                    ["y"] = Base64Url.EncodeToString(q.Y!),
                },
            };
        }

        private JsonObject Sign(JsonNode body)
        {
            Assert.Equal("ES256", (string?)body["alg"]);
            var signature = key.SignHash(Base64Url.DecodeFromChars((string)body["value"]!), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return new JsonObject { ["kid"] = Key + "/version1", ["value"] = Base64Url.EncodeToString(signature) };
        }
    }

    private sealed class Token : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
