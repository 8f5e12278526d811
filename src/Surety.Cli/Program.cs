return Surety.Cli.SuretyCommand.Run(args, Console.Out, Console.Error, TimeProvider.System);
