using System.Collections.Immutable;
using K124.Sim.Collections;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Storage.Volumes;

/// <summary>What a claim asks for; one object for all claims that ask for the same.</summary>
internal sealed class ClaimRequest
{
    private ClaimRequest(PersistentVolumeClaimSpec spec, string className, Quantity? storage, ImmutableArray<string> accessModes, string volumeMode, LabelSelector? selector)
    {
        Nameless = new() { Spec = spec };
        ClassName = className;
        HasStorage = storage is not null;
        Storage = storage ?? default;
        Bytes = Storage.Value();
        AccessModes = accessModes;
        VolumeMode = volumeMode;
        if (selector is null)
        {
            Selector = CompiledSelector.Everything;
        }
        else
        {
            Selector = CompiledSelector.TryCompile(selector, out var error);
            SelectorError = error;
        }
    }

    /// <summary>A claim without a name that asks for it.</summary>
    public PersistentVolumeClaim Nameless { get; }

    public string ClassName { get; }

    /// <summary>Whether an amount is asked for at all; without one, no capacity is checked.</summary>
    public bool HasStorage { get; }

    public Quantity Storage { get; }

    /// <summary>The amount in whole bytes, rounded up.</summary>
    public long Bytes { get; }

    public ImmutableArray<string> AccessModes { get; }

    public string VolumeMode { get; }

    /// <summary>The labels that a volume must have; null if the selector does not parse.</summary>
    public CompiledSelector? Selector { get; }

    /// <summary>Why the selector does not parse; null if it does.</summary>
    public string? SelectorError { get; }

    /// <summary>Keeps one request for all claims that ask for the same.</summary>
    public sealed class Table
    {
        private readonly ForkableMap<Key, ClaimRequest> _requests;

        public Table(Ownership ownership) => _requests = new(ownership);

        private Table(ForkableMap<Key, ClaimRequest> requests) => _requests = requests;

        /// <summary>A table that gives the same objects for what was asked for so far.</summary>
        public Table Fork(Ownership ownership) => new(_requests.Fork(ownership));

        public ClaimRequest Of(PersistentVolumeClaim claim)
        {
            var spec = claim.Spec;
            Quantity? storage = spec.Resources.Requests.TryGetValue(Claims.StorageResource, out var amount) ? amount : null;
            var key = new Key(Claims.ClassOf(claim), storage, new(spec.AccessModes), spec.VolumeMode ?? VolumeModes.Filesystem, spec.Selector);
            if (!_requests.TryGetValue(key, out var request))
            {
                request = new(spec, key.ClassName, key.Storage, spec.AccessModes, key.VolumeMode, key.Selector);
                _requests.Add(key, request);
            }

            return request;
        }

        private readonly record struct Key(string ClassName, Quantity? Storage, Items<string> AccessModes, string VolumeMode, LabelSelector? Selector);
    }
}
