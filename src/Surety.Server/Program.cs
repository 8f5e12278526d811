using Surety.Server.Hosting;

return await SuretyHost.RunAsync(args, Console.Out, Console.Error);
