namespace Surety.Server.Features.Notifications;

/// <summary>Why a channel is no more.</summary>
internal enum ChannelEnd
{
    /// <summary>It is there.</summary>
    None,

    /// <summary>The application has deleted it.</summary>
    Deleted,

    /// <summary>Nobody has used it for too long.</summary>
    Expired,

    /// <summary>The application is no more.</summary>
    ApplicationGone,

    /// <summary>The server stops; the channel will be there again.</summary>
    Stopped,
}
