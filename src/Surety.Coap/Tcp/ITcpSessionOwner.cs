namespace Surety.Coap;

/// <summary>Who carries the bytes of a session, and wants to know how it fares.</summary>
internal interface ITcpSessionOwner
{
    /// <summary>There is something to send, or the session has ended: called once in each commit of the engine.</summary>
    void Flush();

    /// <summary>The peer's CSM has come: messages can be sent.</summary>
    void OnReady();

    /// <summary>The session has ended: what is in its output is sent, nothing more is taken in, and the connection closed. Called once.</summary>
    void OnEnded(string reason);
}
