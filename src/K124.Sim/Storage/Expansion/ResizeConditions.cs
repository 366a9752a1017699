using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Storage.Expansion;

/// <summary>Writes how far an expansion is into the status of a claim.</summary>
/// <remarks>Kubernetes 1.24 pkg/volume/util (resize_util).</remarks>
internal static class ResizeConditions
{
    private const string Resizing = nameof(Resizing);
    private const string FileSystemResizePending = nameof(FileSystemResizePending);
    private const string PendingMessage = "Waiting for user to (re-)start a pod to finish file system resize of volume on node.";

    /// <summary>The controller is at work.</summary>
    public static PersistentVolumeClaim MarkResizing(this PersistentVolumeClaim claim, DateTimeOffset now) =>
        claim.WithResizeCondition(new() { Type = Resizing, Status = "True", LastTransitionTime = now });

    /// <summary>The device has grown, and the file system waits for the node.</summary>
    public static PersistentVolumeClaim MarkFileSystemPending(this PersistentVolumeClaim claim, DateTimeOffset now) =>
        claim.WithResizeCondition(new() { Type = FileSystemResizePending, Status = "True", LastTransitionTime = now, Message = PendingMessage });

    /// <summary>The claim has its new size.</summary>
    public static PersistentVolumeClaim MarkFinished(this PersistentVolumeClaim claim, Quantity size)
    {
        claim = claim.WithResizeCondition(null);
        return claim with { Status = claim.Status with { Capacity = claim.Status.Capacity.With(Claims.StorageResource, size) } };
    }

    public static PersistentVolumeClaim WithResizeStatus(this PersistentVolumeClaim claim, string status) =>
        claim with { Status = claim.Status with { ResizeStatus = status } };

    /// <summary>Sets the one condition of resizing: what was there of another type goes, and of the same type and status stays as it was.</summary>
    private static PersistentVolumeClaim WithResizeCondition(this PersistentVolumeClaim claim, Condition? condition)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        var isPlaced = condition is null;
        foreach (var existing in claim.Status.Conditions)
        {
            if (existing.Type is not (Resizing or FileSystemResizePending))
            {
                conditions.Add(existing);
            }
            else if (existing.Type == condition?.Type)
            {
                conditions.Add(existing.Status == condition.Status ? existing : condition);
                isPlaced = true;
            }
        }

        if (!isPlaced)
        {
            conditions.Add(condition!);
        }

        return claim with { Status = claim.Status with { Conditions = conditions.ToImmutable() } };
    }
}
