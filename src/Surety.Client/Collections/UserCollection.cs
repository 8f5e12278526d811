namespace Surety.Client;

/// <summary>The users of the account. (<c>/v3/users</c>)</summary>
public sealed class UserCollection
{
    private const string Path = "v3/users";
    private readonly RestTransport _transport;

    internal UserCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<User> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<User>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<User>(_transport, Path, filter, cancellationToken);

    /// <summary>The user with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<User> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<User>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Makes a user.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong, or 409: there is one already.</exception>
    public Task<User> CreateAsync(UserRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<UserRequest, User>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Changes the members that are not null.</summary>
    public Task<User> UpdateAsync(string id, UserRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<UserRequest, User>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", request, cancellationToken);

    /// <summary>Deletes a user.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);

    /// <summary>The user who asks.</summary>
    public Task<User> GetMeAsync(CancellationToken cancellationToken = default) => _transport.GetAsync<User>(Path + "/me", cancellationToken);
}
