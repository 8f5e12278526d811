namespace Surety.Client;

/// <summary>The policy groups of the account. (<c>/v3/policy-groups</c>)</summary>
public sealed class PolicyGroupCollection
{
    private const string Path = "v3/policy-groups";
    private readonly RestTransport _transport;

    internal PolicyGroupCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<PolicyGroup> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<PolicyGroup>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>The group with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<PolicyGroup> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<PolicyGroup>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Makes a group.</summary>
    /// <exception cref="SuretyException">400, or 409: the name is taken.</exception>
    public Task<PolicyGroup> CreateAsync(string name, CancellationToken cancellationToken = default) => CreateAsync(name, null, cancellationToken);

    /// <summary>Makes a group whose members may do what its policies say.</summary>
    /// <exception cref="SuretyException">400 with the policy that is wrong, or 409: the name is taken.</exception>
    public Task<PolicyGroup> CreateAsync(string name, IReadOnlyList<FeaturePolicy>? policies, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<PolicyGroupRequest, PolicyGroup>(HttpMethod.Post, Path, new(name, policies), cancellationToken);

    /// <summary>Changes what members of a group may do; those that it has had are replaced.</summary>
    /// <exception cref="SuretyException">400 with the policy that is wrong.</exception>
    public async Task<PolicyGroup> SetPoliciesAsync(string id, IReadOnlyList<FeaturePolicy> policies, CancellationToken cancellationToken = default)
    {
        // A change wants the name, too.
        PolicyGroup group = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        return await _transport.SendAsync<PolicyGroupRequest, PolicyGroup>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", new(group.Name ?? "", policies), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renames a group.</summary>
    public Task<PolicyGroup> RenameAsync(string id, string name, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<PolicyGroupRequest, PolicyGroup>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", new(name), cancellationToken);

    /// <summary>Deletes a group.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);

    /// <summary>The users in a group.</summary>
    public IAsyncEnumerable<User> ListUsersAsync(string id, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<User>(_transport, $"{Path}/{Paging.Segment(id)}/users", options, item => item.Id, cancellationToken);

    /// <summary>The API keys in a group.</summary>
    public IAsyncEnumerable<ApiKey> ListKeysAsync(string id, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<ApiKey>(_transport, $"{Path}/{Paging.Segment(id)}/api-keys", options, item => item.Id, cancellationToken);

    /// <summary>The applications in a group.</summary>
    public IAsyncEnumerable<Application> ListApplicationsAsync(string id, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<Application>(_transport, $"{Path}/{Paging.Segment(id)}/applications", options, item => item.Id, cancellationToken);

    /// <summary>Adds users.</summary>
    public Task AddUsersAsync(string id, IReadOnlyList<string> users, CancellationToken cancellationToken = default) => ChangeAsync(id, "users/add", new() { Users = users }, cancellationToken);

    /// <summary>Removes users.</summary>
    public Task RemoveUsersAsync(string id, IReadOnlyList<string> users, CancellationToken cancellationToken = default) => ChangeAsync(id, "users/remove", new() { Users = users }, cancellationToken);

    /// <summary>Adds API keys.</summary>
    public Task AddKeysAsync(string id, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) => ChangeAsync(id, "api-keys/add", new() { Apikeys = keys }, cancellationToken);

    /// <summary>Removes API keys.</summary>
    public Task RemoveKeysAsync(string id, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) => ChangeAsync(id, "api-keys/remove", new() { Apikeys = keys }, cancellationToken);

    /// <summary>Adds applications.</summary>
    public Task AddApplicationsAsync(string id, IReadOnlyList<string> applications, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, "applications/add", new() { Applications = applications }, cancellationToken);

    /// <summary>Removes applications.</summary>
    public Task RemoveApplicationsAsync(string id, IReadOnlyList<string> applications, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, "applications/remove", new() { Applications = applications }, cancellationToken);

    private Task<RestAnswer> ChangeAsync(string id, string what, PolicyGroupMembers members, CancellationToken cancellationToken) =>
        _transport.SendAsync(HttpMethod.Post, $"{Path}/{Paging.Segment(id)}/{what}", () => RestTransport.Json(members), cancellationToken);
}
