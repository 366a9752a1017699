using System.Globalization;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Protobuf;

/// <summary>The messages of the Kubernetes 1.24 API by name; the head of their table tells its form.</summary>
internal sealed class ProtobufMessages
{
    private static readonly Lazy<ProtobufMessages> Shared = new(static () => new(EmbeddedText.Lines("messages.txt")));

    private readonly Dictionary<string, ProtobufMessage> _messages = new(StringComparer.Ordinal);

    private ProtobufMessages(IEnumerable<string> lines)
    {
        var message = new ProtobufMessage();
        var package = "";
        foreach (var line in lines)
        {
            if (line[0] == '@')
            {
                message = new();
                _messages.Add(line[1..], message);
                package = line[1..line.LastIndexOf('.')];
                continue;
            }

            var words = line.Split(' ');
            message.Add(int.Parse(words[0], CultureInfo.InvariantCulture), Field(words[1], words[2], package));
        }
    }

    /// <summary>The messages, read once on first use.</summary>
    public static ProtobufMessages Instance => Shared.Value;

    /// <summary>A message; null if there is none of that name.</summary>
    /// <param name="name">Name without its leading <c>k8s.io.</c>.</param>
    public ProtobufMessage? Find(string name) => _messages.GetValueOrDefault(name);

    private static ProtobufField Field(string name, string type, string package)
    {
        var isList = type[0] == '[';
        var isMap = type[0] == '{';
        var element = isList || isMap ? type[1..] : type;
        var kind = element[0] switch
        {
            's' => ProtobufKind.Text,
            'b' => ProtobufKind.Flag,
            'i' => ProtobufKind.Integer,
            'd' => ProtobufKind.Real,
            'y' => ProtobufKind.Bytes,
            _ => ProtobufKind.Message,
        };
        var message = kind != ProtobufKind.Message ? "" : element[1] == '.' ? package + element[1..] : element[1..];
        return new(name, kind, isList, isMap, message);
    }
}
