using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary><c>scripts/remove.sh</c> against an Azure CLI that writes down every call.</summary>
public sealed class RemoveScriptTests : IDisposable
{
    private readonly FakeSubscription subscription = new FakeSubscription().With("group").With("deployed").With("app", "app-1\n").With("hosts", "ismshostabc123\n").With("policy", "Unlocked\n");

    public void Dispose() => subscription.Dispose();

    [Fact]
    public void Everything_goes_but_evidence_and_key()
    {
        var (exit, said) = subscription.Run("remove.sh", "--resource-group", "rg-isms", "--yes");

        Assert.True(exit == 0, said);
        Assert.Equal(Approved("remove.txt"), subscription.CallsWhateverIsGranted);
        Assert.DoesNotContain(subscription.Calls, c => c.Contains("delete", StringComparison.Ordinal) && (c.Contains("ismsev", StringComparison.Ordinal) || c.Contains("isms-kv", StringComparison.Ordinal)));
        Assert.Contains("Evidence stays in the account ismsevabc123", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_removal_finds_nothing_and_deletes_nothing()
    {
        subscription.Run("remove.sh", "--resource-group", "rg-isms", "--yes");
        var (exit, _) = subscription.Run("remove.sh", "--resource-group", "rg-isms", "--yes");

        Assert.Equal(0, exit);
        Assert.DoesNotContain(subscription.Calls, c => c.Contains("delete", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--with-evidence")]
    [InlineData("--with-evidence", "--evidence-account", "another")]
    [InlineData("--evidence-account", "ismsevabc123")]
    public void Evidence_that_is_named_once_stays(params string[] said)
    {
        var (exit, answer) = subscription.Run("remove.sh", ["--resource-group", "rg-isms", "--yes", .. said]);

        Assert.Equal(1, exit);
        Assert.Contains("Nothing was changed.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(subscription.Calls, c => c.Contains("delete", StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_that_is_named_twice_goes_last()
    {
        var (exit, said) = subscription.Run("remove.sh", "--resource-group", "rg-isms", "--yes", "--with-evidence", "--evidence-account", "ismsevabc123");

        Assert.True(exit == 0, said);
        Assert.Equal(Approved("remove-with-evidence.txt"), subscription.CallsWhateverIsGranted);
    }

    [Fact]
    public void Locked_evidence_cannot_go_and_the_run_says_so()
    {
        var (exit, said) = subscription.With("policy", "Locked\n").Run("remove.sh", "--resource-group", "rg-isms", "--yes", "--with-evidence", "--evidence-account", "ismsevabc123");

        Assert.Equal(1, exit);
        Assert.Contains("locked", said, StringComparison.Ordinal);
        Assert.DoesNotContain(subscription.Calls, c => c.StartsWith("storage account delete -g rg-isms -n ismsev", StringComparison.Ordinal) || c.StartsWith("keyvault delete", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_removed_without_a_yes_or_without_a_deployment()
    {
        Assert.Equal(1, subscription.Run("remove.sh", "--resource-group", "rg-isms").ExitCode);
        Assert.DoesNotContain(subscription.Calls, c => c.Contains("delete", StringComparison.Ordinal));

        Assert.Equal(1, subscription.Without("deployed").Run("remove.sh", "--resource-group", "rg-isms", "--yes").ExitCode);
        Assert.DoesNotContain(subscription.Calls, c => c.Contains("delete", StringComparison.Ordinal));
    }

    private static string[] Approved(string name) => File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Infra.Tests", "Scripts", name));
}
