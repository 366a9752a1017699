namespace K124.Sim.Conformance.Platform;

/// <summary>Recorded decisions of the parts beneath: gates, caches, leader election, certificates, probes.</summary>
internal static class PlatformArea
{
    // One line a verifier, each in a file of its own.
    public static Area Area { get; } = new(
        "platform",
        [
            new FileVerifier("featuregates", FeatureGateCases.Verify),
            new FileVerifier("servedapis", ServedApiCases.Verify),
            new FileVerifier("probe-worker", ProbeWorkerCases.Verify),
            new FileVerifier("probe-kill", ProbeKillCases.Verify),
            new FileVerifier("probe-handlers", ProbeHandlerCases.Verify),
            new FileVerifier("credentials", CredentialCases.Verify),
            new FileVerifier("runtime-version", RuntimeVersionCases.Verify),
            new FileVerifier("watchcache", WatchCacheCases.Verify),
            new FileVerifier("service-controller", ServiceControllerCases.Verify),
            new FileVerifier("pod-resources", PodResourceCases.Verify),
            new FileVerifier("leader-election", LeaderElectionCases.Verify),
            new FileVerifier("leader-migration", LeaderMigrationCases.Verify),
            new FileVerifier("logging", LoggingCases.Verify),
            new FileVerifier("csr-signing", CertificateCases.VerifySigning),
            new FileVerifier("csr-approval", CertificateCases.VerifyApproval),
            new FileVerifier("csr-cleaner", CertificateCases.VerifyCleaning),
            new FileVerifier("kubelet-start", KubeletStartCases.Verify),
            new FileVerifier("probe-api", PodAdmissionCases.VerifyProbes),
            new FileVerifier("overhead-admission", PodAdmissionCases.VerifyOverhead),
            new FileVerifier("read-semantics", ReadSemanticsCases.Verify),
            new FileVerifier("watch-resume", WatchResumeCases.Verify),
            new FileVerifier("node-configsource", NodeConfigurationCases.Verify),
            new FileVerifier("datasource", DataSourceCases.Verify),
            new FileVerifier("csr-api", CertificateApiCases.Verify),
            new FileVerifier("service-lb", ServiceLoadBalancerCases.Verify),
        ]);
}
