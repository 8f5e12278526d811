namespace Surety.Client;

/// <summary>The account of the key or user. (<c>/v3/accounts</c>)</summary>
public sealed class AccountCollection
{
    private readonly RestTransport _transport;

    internal AccountCollection(RestTransport transport) => _transport = transport;

    /// <summary>The account.</summary>
    public Task<Account> GetMineAsync(CancellationToken cancellationToken = default) => _transport.GetAsync<Account>("v3/accounts/me", cancellationToken);
}
