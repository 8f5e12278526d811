namespace Surety.Server.Hosting;

/// <summary>What a browser sees at <c>/</c>.</summary>
internal static class LandingPage
{
    private const string Html =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Surety</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #1c2733; background: #fff }
          h1 { margin-bottom: 0 } code { background: #eef1f4; padding: .1em .3em; border-radius: .2em } a { color: #0a58ca }
          @media (prefers-color-scheme: dark) { body { color: #dde3ea; background: #14191f } code { background: #232b34 } a { color: #7db2ff } }
        </style>
        <h1>Surety</h1>
        <p>Trusted data comes from trusted devices. This server is running.</p>
        <ul>
          <li><a href="/docs">API documentation</a>, to read and to try</li>
          <li><a href="/openapi/v3.json">OpenAPI document</a></li>
          <li><a href="/health/ready">Health</a></li>
        </ul>
        <p>Requests carry an API key: <code>Authorization: Bearer ak_...</code>. The administrator's key is in the file that the server named
        when it started.</p>
        </html>
        """;

    public static void MapLandingPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", () => TypedResults.Content(Html, "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
}
