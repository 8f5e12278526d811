return await Surety.Cli.SuretyCommand.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
