namespace Surety.Client.Tests;

/// <summary>The client against the server as it is.</summary>
public sealed class ServerTests(DemoServer server) : IClassFixture<DemoServer>
{
    private static readonly string[] DemoDevices = ["demo-door", "demo-light", "demo-meter", "demo-thermometer", "demo-tracker"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_resource_is_written_and_read_back(bool useLongPoll)
    {
        await using SuretyClient client = await server.OpenOwnAsync(new SuretyClientOptions { UseLongPoll = useLongPoll });
        string light = await DemoServer.FindAsync(client, "demo-light");
        await client.Resources.WriteAsync(light, "/3311/0/5851", useLongPoll ? 30 : 40);
        Assert.Equal(useLongPoll ? 30 : 40, (await client.Resources.ReadAsync(light, "/3311/0/5851")).As<long>());
        DeviceRequestException refused = await Assert.ThrowsAsync<DeviceRequestException>(() => client.Resources.ReadAsync(light, "/3311/0/1"));
        Assert.Equal(404, refused.Code);
        Assert.False(refused.IsUnreachable);
    }

    [Fact]
    public async Task Requests_side_by_side_get_their_own_answers()
    {
        await using SuretyClient client = await server.OpenOwnAsync();
        string meter = await DemoServer.FindAsync(client, "demo-meter"), light = await DemoServer.FindAsync(client, "demo-light");
        ResourceValue[] values = await Task.WhenAll(client.Resources.ReadAsync(meter, "/3/0/0"), client.Resources.ReadAsync(light, "/3311/0/5850"), client.Resources.ReadAsync(meter, "/1/0/1"));
        Assert.NotEmpty(values[0].AsText());
        Assert.IsType<bool>(values[1].As<bool>());
        Assert.True(values[2].As<int>() > 0);
    }

    [Fact]
    public async Task An_observation_tells_changes_and_leaves_no_subscription()
    {
        await using SuretyClient client = await server.OpenOwnAsync();
        string thermometer = await DemoServer.FindAsync(client, "demo-thermometer");
        int count = 0;
        await foreach (double celsius in client.Resources.ObserveAsync<double>(thermometer, "/3303/0/5700", TestContext.Current.CancellationToken))
        {
            Assert.InRange(celsius, -40, 60);
            Assert.Equal(["/3303/0/5700"], await client.Subscriptions.ListAsync(thermometer));
            if (++count == 2)
                break;
        }

        Assert.Empty(await client.Subscriptions.ListAsync(thermometer));
    }

    [Fact]
    public async Task An_observation_ends_when_it_is_cancelled()
    {
        await using SuretyClient client = await server.OpenOwnAsync();
        string light = await DemoServer.FindAsync(client, "demo-light");
        using var end = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ResourceValue _ in client.Resources.ObserveAsync(light, "/3311/0/5850", end.Token))
                await end.CancelAsync();
        });
        Assert.Empty(await client.Subscriptions.ListAsync(light));
    }

    [Fact]
    public async Task Lists_go_over_pages_and_keep_to_filters()
    {
        await using SuretyClient client = server.Open();
        List<string?> names = [];
        await foreach (Device device in client.Devices.ListAsync(new ListOptions { PageSize = 2, Filter = new Filter().In("endpoint_name", DemoDevices) }))
            names.Add(device.EndpointName);
        Assert.Equal(DemoDevices, names.Order(StringComparer.Ordinal));
        Assert.Equal(1, await client.Devices.CountAsync(new Filter().Equal("endpoint_name", "demo-door")));
    }

    [Fact]
    public async Task A_device_is_changed_suspended_and_resumed()
    {
        await using SuretyClient client = server.Open();
        string id = (await client.Devices.CreateAsync(new DeviceUpdate { Name = "Spare", DeviceKey = new string('a', 64), CaId = "ca" })).Id;
        Device changed = await client.Devices.UpdateAsync(id, new DeviceUpdate { Name = "Lobby", CustomAttributes = new Dictionary<string, string?> { ["floor"] = "3" } });
        Assert.Equal("Lobby", changed.Name);
        Assert.Equal("3", changed.CustomAttributes!["floor"]);
        await client.Devices.SuspendAsync(id, "maintenance", "A test.");
        Assert.True((await client.Devices.GetAsync(id)).OperatorSuspended);
        await client.Devices.ResumeAsync(id, "maintenance");
        Assert.False((await client.Devices.GetAsync(id)).OperatorSuspended);
        await client.Devices.DeleteAsync(id);
        // Events are written once a second.
        List<string> events = [];
        while (!events.Exists(text => text.Contains("suspended", StringComparison.OrdinalIgnoreCase)))
        {
            events.Clear();
            await Task.Delay(50, TestContext.Current.CancellationToken);
            await foreach (DeviceEvent item in client.DeviceEvents.ListAsync(new ListOptions { Descending = true, Filter = new Filter().Equal("device_id", id) }))
                events.Add(item.Description!);
        }

        SuretyException gone = await Assert.ThrowsAsync<SuretyException>(() => client.Devices.GetAsync(id));
        Assert.Equal((404, "not_found"), (gone.Code, gone.Type));
        Assert.Matches("^[0-9a-f]{32}$", gone.RequestId);
    }

    [Fact]
    public async Task A_wrong_member_is_named()
    {
        await using SuretyClient client = server.Open();
        SuretyException wrong = await Assert.ThrowsAsync<SuretyException>(() => client.Enrollments.CreateAsync("not one"));
        Assert.Equal((400, "validation_error"), (wrong.Code, wrong.Type));
        Assert.Contains("enrollment_identity", wrong.Message, StringComparison.Ordinal);
        await using var stranger = new SuretyClient(server.Url, SuretyCredential.FromKey("ak_wrong"));
        Assert.Equal(401, (await Assert.ThrowsAsync<SuretyException>(() => stranger.Accounts.GetMineAsync())).Code);
    }

    [Fact]
    public async Task A_file_of_identities_is_uploaded()
    {
        await using SuretyClient client = server.Open();
        string identity = "A-" + string.Join(':', Enumerable.Repeat("5C", 32));
        using var csv = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"enrollment_identity\n{identity}\nwrong\n"));
        BulkEnrollment job = await client.Enrollments.UploadAsync(csv);
        while (job.Status != "completed")
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            job = await client.Enrollments.GetUploadAsync(job.Id);
        }

        Assert.Equal((2, 2, 1), (job.TotalCount, job.ProcessedCount, job.ErrorsCount));
        Assert.Contains("wrong", await client.Enrollments.GetUploadErrorsAsync(job.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_and_saved_queries_choose_devices()
    {
        await using SuretyClient client = server.Open();
        DeviceGroup group = await client.DeviceGroups.CreateAsync(new DeviceGroupUpdate { Name = $"g-{Guid.CreateVersion7():n}", Description = "Demo" });
        string light = await DemoServer.FindAsync(client, "demo-light");
        await client.DeviceGroups.AddAsync(group.Id, light);
        DeviceQuery query = await client.DeviceQueries.CreateAsync($"q-{Guid.CreateVersion7():n}", "endpoint_name__in=demo-light,demo-door");
        Assert.Equal((2, 1), await client.DeviceGroups.AddMatchingAsync(group.Id, new DeviceSelection { QueryId = query.Id }) is var change ? (change.Matched, change.Changed) : default);
        Assert.Equal(["demo-door", "demo-light"], await client.DeviceGroups.ListDevicesAsync(group.Id).Select(device => device.EndpointName!).Order().ToArrayAsync());
        await client.DeviceGroups.RemoveAsync(group.Id, light);
        Assert.Equal(1, (await client.DeviceGroups.GetAsync(group.Id)).DevicesCount);
        await client.DeviceGroups.DeleteAsync(group.Id);
        await client.DeviceQueries.DeleteAsync(query.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<SuretyException>(() => client.DeviceQueries.GetAsync(query.Id))).Code);
    }

    [Fact]
    public async Task A_policy_group_has_members()
    {
        await using SuretyClient client = server.Open();
        PolicyGroup group = await client.PolicyGroups.CreateAsync($"p-{Guid.CreateVersion7():n}");
        ApiKey key = await client.ApiKeys.CreateAsync(new ApiKeyRequest { Name = "member" });
        await client.PolicyGroups.AddKeysAsync(group.Id, [key.Id]);
        Assert.Equal([key.Id], await client.PolicyGroups.ListKeysAsync(group.Id).Select(member => member.Id).ToArrayAsync());
        Assert.Equal(1, (await client.PolicyGroups.GetAsync(group.Id)).ApikeyCount);
        await client.PolicyGroups.RemoveKeysAsync(group.Id, [key.Id]);
        Assert.Equal("renamed", (await client.PolicyGroups.RenameAsync(group.Id, "renamed")).Name);
        await client.PolicyGroups.DeleteAsync(group.Id);
        Assert.Contains(await client.AuditLog.ListAsync(new ListOptions { Filter = new Filter().Equal("entity_id", group.Id) }).ToArrayAsync(), entry => entry.Action == "delete");
        using var csv = new MemoryStream();
        await client.AuditLog.ExportAsync(csv, new Filter().Equal("entity_id", group.Id));
        Assert.Contains(group.Id, System.Text.Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_replaces_its_access_key_while_another_works()
    {
        await using SuretyClient client = server.Open();
        PolicyGroup group = await client.PolicyGroups.CreateAsync($"r-{Guid.CreateVersion7():n}", [new FeaturePolicy { Allow = true, Feature = "devices", Action = "GET" }]);
        Application application = await client.Applications.CreateAsync(new ApplicationRequest { Name = "Back-end", Groups = [group.Id] });
        Assert.Equal("Front-end", (await client.Applications.UpdateAsync(application.Id, new ApplicationRequest { Name = "Front-end" })).Name);
        Assert.Contains(application.Id, await client.Applications.ListAsync().Select(item => item.Id).ToArrayAsync());
        AccessKey old = await client.Applications.CreateKeyAsync(application.Id, new AccessKeyRequest { Name = "old", Expiration = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        AccessKey next = await client.Applications.CreateKeyAsync(application.Id, new AccessKeyRequest { Name = "next" });
        Assert.Equal(2100, old.Expiration!.Value.Year);
        Assert.Equal([old.Id, next.Id], await client.Applications.ListKeysAsync(application.Id).Select(key => key.Id).ToArrayAsync());
        await using var first = new SuretyClient(server.Url, SuretyCredential.FromKey(old.Key!));
        await using var second = new SuretyClient(server.Url, SuretyCredential.FromKey(next.Key!));
        Assert.Equal(1, await first.Devices.CountAsync(new Filter().Equal("endpoint_name", "demo-door")));

        await client.Applications.DeleteKeyAsync(application.Id, old.Id);
        Assert.Equal(401, (await Assert.ThrowsAsync<SuretyException>(() => first.Devices.CountAsync())).Code);
        Assert.Equal(1, await second.Devices.CountAsync(new Filter().Equal("endpoint_name", "demo-door")));
        Assert.Equal(403, (await Assert.ThrowsAsync<SuretyException>(() => second.Applications.CreateAsync(new ApplicationRequest { Name = "Mine" }))).Code);

        await client.PolicyGroups.SetPoliciesAsync(group.Id, []);
        Assert.Equal(403, (await Assert.ThrowsAsync<SuretyException>(() => second.Devices.CountAsync())).Code);
        await client.PolicyGroups.RemoveApplicationsAsync(group.Id, [application.Id]);
        Assert.Empty(await client.PolicyGroups.ListApplicationsAsync(group.Id).ToArrayAsync());
        Assert.Equal("INACTIVE", (await client.Applications.UpdateKeyAsync(application.Id, next.Id, new AccessKeyRequest { Name = "next", Status = "INACTIVE" })).Status);
        Assert.Equal("INACTIVE", (await client.Applications.GetKeyAsync(application.Id, next.Id)).Status);
        await client.Applications.DeleteAsync(application.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<SuretyException>(() => client.Applications.GetAsync(application.Id))).Code);
    }

    [Fact]
    public async Task A_key_with_a_new_secret_is_another_key()
    {
        await using SuretyClient client = server.Open();
        ApiKey key = await client.ApiKeys.CreateAsync(new ApiKeyRequest { Name = "leaked" });
        ApiKey reset = await client.ApiKeys.ResetSecretAsync(key.Id);
        await using var before = new SuretyClient(server.Url, SuretyCredential.FromKey(key.Key!));
        await using var after = new SuretyClient(server.Url, SuretyCredential.FromKey(reset.Key!));
        Assert.Equal(401, (await Assert.ThrowsAsync<SuretyException>(() => before.ApiKeys.GetMineAsync())).Code);
        Assert.Equal(key.Id, (await after.ApiKeys.GetMineAsync()).Id);
    }

    [Fact]
    public async Task What_is_wanted_of_a_device_is_told_by_its_echo()
    {
        await using SuretyClient client = server.Open();
        string id = (await client.Devices.CreateAsync(new DeviceUpdate { Name = "Later", EndpointName = $"later-{Guid.CreateVersion7():n}" })).Id;
        DeviceEcho before = await client.Devices.GetEchoAsync(id);
        DeviceEcho echo = await client.Devices.SetEchoAsync(id, [EchoWish.Text("/3311/0/5850", "1")], before.Etag);
        Assert.Equal(("/3311/0/5850", 0), (echo.Resources![0].ResourcePath, echo.Resources[0].Desired!.Status));
        Assert.Equal(412, (await Assert.ThrowsAsync<SuretyException>(() => client.Devices.SetEchoAsync(id, [EchoWish.Text("/3311/0/5850", "0")], before.Etag))).Code);
        Assert.Empty((await client.Devices.SetEchoAsync(id, [new EchoWish("/3311/0/5850", null)])).Resources!);
        await client.Devices.DeleteEchoAsync(id);
        await client.Devices.DeleteAsync(id);
    }

    [Fact]
    public async Task Devices_are_exported_and_imported()
    {
        await using SuretyClient client = server.Open();
        using var csv = new MemoryStream();
        await client.Devices.ExportAsync(csv, filter: new Filter().Equal("endpoint_name", "demo-meter"));
        Assert.Equal(2, System.Text.Encoding.UTF8.GetString(csv.ToArray()).TrimEnd().Split('\n').Length);
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("""[{"endpoint_name":"demo-meter","description":"Imported"},{"endpoint_name":"nobody"}]"""));
        DeviceImport report = await client.Devices.ImportAsync(json, isJson: true, isPreview: true);
        Assert.Equal((true, 2, 1, 1), (report.Preview, report.Rows, report.Changed, report.Failed));
        Assert.NotEmpty(Assert.Single(report.Errors!).Fields!);
    }

    [Fact]
    public async Task The_event_stream_goes_on_where_another_reader_has_stopped()
    {
        await using SuretyClient client = await server.OpenOwnAsync();
        await using SuretyClient other = await server.OpenOwnAsync();
        string light = await DemoServer.FindAsync(client, "demo-light");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(TimeSpan.FromSeconds(60));
        await client.Subscriptions.AddAsync(light, "/3311/0/5850", end.Token);
        // That it is subscribed, or the first value.
        StreamedEvents first = await client.Events.ReadAsync(cancellationToken: end.Token).FirstAsync(end.Token);
        Assert.NotEmpty(first.Id);
        bool isOn = (await other.Resources.ReadAsync(light, "/3311/0/5850", cancellationToken: end.Token)).As<bool>();
        await other.Resources.WriteAsync(light, "/3311/0/5850", !isOn, cancellationToken: end.Token);
        StreamedEvents second = await client.Events.ReadAsync(first.Id, end.Token).FirstAsync(events => events.Envelope.TryGetProperty("notifications", out _), end.Token);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("/3311/0/5850", second.Envelope.GetProperty("notifications")[0].GetProperty("path").GetString());
        await client.Events.DeleteAsync(end.Token);
    }
}
