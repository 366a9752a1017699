using System.Globalization;

namespace K124.Sim.Cli.Output.ServiceIPs;

/// <summary>Shows people what became of the Services of manifests.</summary>
internal static class ServiceIPApplyTables
{
    public static void Write(Terminal terminal, IReadOnlyCollection<AppliedService> answers)
    {
        if (answers.Count == 0)
        {
            terminal.Output.WriteLine("There is no Service to create, replace or delete.");
            return;
        }

        var table = new TableView().Text("ACTION").Text("SERVICE").Text("CLUSTER IPS").Text("NODE PORTS").Text("ANSWER");
        foreach (var answer in answers)
        {
            var json = AppliedServiceJson.Of(answer);
            table.Row(
                json.Error is null ? TableView.Good : TableView.Bad,
                json.Action, json.Service, string.Join("\n", json.ClusterIPs),
                string.Join("\n", json.NodePorts.Select(static port => port.ToString(CultureInfo.InvariantCulture))),
                json.Error?.Message ?? (json.WaitsForFinalizers == true ? "waits for its finalizers" : "done"));
        }

        table.WriteTo(terminal);
    }
}
