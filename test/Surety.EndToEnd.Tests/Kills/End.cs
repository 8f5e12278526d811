namespace Surety.EndToEnd.Tests.Kills;

internal enum End
{
    Server,
    Device,
}
