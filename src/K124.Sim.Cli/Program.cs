using K124.Sim.Cli;

using var cancellation = new CancellationTokenSource();

// The second Ctrl+C ends the process at once.
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};

#pragma warning disable RS0030 // The tool says how long verifying took; no decision reads this clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030
var terminal = Terminal.Create(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected, clock);
return K124CommandLine.Run(args, terminal, cancellation.Token);
