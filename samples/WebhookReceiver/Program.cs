// Prints what Surety sends to a webhook: dotnet run --project samples/WebhookReceiver -- 9090
string port = args is [string first, ..] ? first : "9090";
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
WebApplication app = builder.Build();
// Surety tries a new webhook with {} and takes it when the answer is 200 or 204.
app.MapPut("/events", async (HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body);
    Console.WriteLine(await reader.ReadToEndAsync());
    return Results.NoContent();
});
app.Run($"http://127.0.0.1:{port}");
