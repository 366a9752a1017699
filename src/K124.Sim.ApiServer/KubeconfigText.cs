using System.Text;

namespace K124.Sim.ApiServer;

/// <summary>The file from which kubectl learns of a server and a user.</summary>
internal static class KubeconfigText
{
    public static string Of(Uri address, string certificatePem, string token) =>
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: k124
          cluster:
            server: {address.ToString().TrimEnd('/')}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificatePem))}
        users:
        - name: admin
          user:
            token: {token}
        contexts:
        - name: k124
          context:
            cluster: k124
            user: admin
        current-context: k124

        """;
}
