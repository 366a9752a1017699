using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using K124.Sim.Networking;

namespace K124.Sim.Cli.Commands.ServiceIPs;

/// <summary>The options that say what an API server gives out.</summary>
internal static class ServiceIPOptions
{
    private const int MostBlocks = 2;

    /// <summary>One block, or two of different families, as the API server's flag takes them.</summary>
    public static Option<ImmutableArray<ServiceCidr>> Cidrs() => new("--cidr")
    {
        Description = "The API server's --service-cluster-ip-range: one block, or two of different families with a comma between them.",
        HelpName = "CIDR[,CIDR]",
        Required = true,
        CustomParser = ParseCidrs,
    };

    public static Option<NodePortSpan> NodePorts() => new("--node-port-range")
    {
        Description = "The API server's --service-node-port-range.",
        HelpName = "FROM-TO",
        CustomParser = ParsePorts,
        DefaultValueFactory = static _ => NodePortSpan.Default,
    };

    private static ImmutableArray<ServiceCidr> ParseCidrs(ArgumentResult result)
    {
        var texts = result.Tokens[0].Value.Split(',');
        var blocks = ImmutableArray.CreateBuilder<ServiceCidr>();
        foreach (var text in texts)
        {
            if (ServiceCidr.TryParse(text, out var block))
            {
                blocks.Add(block);
            }
            else
            {
                result.AddError($"--cidr: '{text}' is not a block of addresses such as 10.96.0.0/12.");
            }
        }

        if (texts.Length > MostBlocks)
        {
            result.AddError("--cidr: there may be two blocks at most.");
        }
        else if (blocks.Count == MostBlocks && blocks[0].Family == blocks[1].Family)
        {
            result.AddError($"--cidr: both blocks are of the family {blocks[0].Family}.");
        }

        return blocks.ToImmutable();
    }

    private static NodePortSpan ParsePorts(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (NodePortSpan.TryParse(text, out var ports))
        {
            return ports;
        }

        result.AddError($"--node-port-range: '{text}' is not a span of ports such as 30000-32767.");
        return NodePortSpan.Default;
    }
}
