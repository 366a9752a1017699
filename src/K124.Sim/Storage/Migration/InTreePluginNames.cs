namespace K124.Sim.Storage.Migration;

/// <summary>Names of the in-tree plugins that can be migrated.</summary>
internal static class InTreePluginNames
{
    public const string AWSEBS = "kubernetes.io/aws-ebs";
    public const string GCEPD = "kubernetes.io/gce-pd";
    public const string AzureFile = "kubernetes.io/azure-file";
    public const string AzureDisk = "kubernetes.io/azure-disk";
    public const string Cinder = "kubernetes.io/cinder";
    public const string Vsphere = "kubernetes.io/vsphere-volume";
    public const string Portworx = "kubernetes.io/portworx-volume";
    public const string RBD = "kubernetes.io/rbd";
}
