using System.Collections.Immutable;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs;

/// <summary>Validation of the pod template of a Job: labels, names and images of containers, restart policy.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/validation, pkg/apis/batch/validation.</remarks>
internal static class PodTemplateValidation
{
    public static void Validate(PodTemplateSpec template, string path, FieldErrors errors)
    {
        LabelValidation.ValidateLabels(template.Metadata.Labels, $"{path}.labels", errors);
        if (template.Spec.Containers.IsEmpty)
        {
            errors.Required($"{path}.spec.containers");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        ValidateContainers(template.Spec.Containers, $"{path}.spec.containers", names, errors);
        ValidateContainers(template.Spec.InitContainers, $"{path}.spec.initContainers", names, errors);
        ValidateRestartPolicy(template.Spec.RestartPolicy, $"{path}.spec.restartPolicy", errors);
    }

    private static void ValidateContainers(ImmutableArray<Container> containers, string path, HashSet<string> names, FieldErrors errors)
    {
        for (var i = 0; i < containers.Length; i++)
        {
            var (name, nameField) = (containers[i].Name, $"{path}[{i}].name");
            if (name.Length == 0)
            {
                errors.Required(nameField);
            }
            else if (NameRules.DnsLabel(name) is { Length: > 0 } details)
            {
                errors.InvalidAll(nameField, name, details);
            }
            else if (!names.Add(name))
            {
                errors.Duplicate(nameField, name);
            }

            if (containers[i].Image.Length == 0)
            {
                errors.Required($"{path}[{i}].image");
            }
        }
    }

    private static void ValidateRestartPolicy(string policy, string field, FieldErrors errors)
    {
        if (policy is "Always" or "")
        {
            errors.Required(field, "valid values: \"OnFailure\", \"Never\"");
        }
        else if (policy is not ("OnFailure" or "Never"))
        {
            errors.NotSupported(field, policy, "Always", "OnFailure", "Never");
            errors.NotSupported(field, policy, "OnFailure", "Never");
        }
    }
}
