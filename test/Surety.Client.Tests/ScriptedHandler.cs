namespace Surety.Client.Tests;

/// <summary>A server that answers as a test says, in that order.</summary>
internal sealed class ScriptedHandler(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answers[Math.Min(Requests++, answers.Length - 1)](request, cancellationToken);
}
