using System.Net;
using System.Runtime.InteropServices;
using Surety.DtlsLoad;

// serve ADDRESS CERTIFICATES   CoAP and LwM2M over DTLS, with certificates and pre-shared keys, for an outside load generator
// memory COUNT                 bytes of an idle session, and the time to save and restore them
switch (args)
{
    case ["serve", string address, string certificates]:
        await using (var server = new LoadServer(IPEndPoint.Parse(address), certificates))
        {
            Console.WriteLine("ready");
            var done = new TaskCompletionSource();
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                done.TrySetResult();
            });
            using var usr = PosixSignalRegistration.Create((PosixSignal)10, _ => Console.WriteLine(server.Describe()));
            await done.Task;
            Console.WriteLine(server.Describe());
        }

        break;
    case ["memory", string count]:
        SessionMemory.Measure(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        break;
    default:
        Console.Error.WriteLine("serve ADDRESS CERTIFICATES | memory COUNT");
        break;
}
