using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Decides which names a definition gets and whether its objects are served.</summary>
internal static class CustomResourceNaming
{
    private const string NamesAccepted = "NamesAccepted";
    private const string Established = "Established";

    /// <summary>Accepts names as far as no other definition of the group has them, and prepares serving.</summary>
    /// <param name="tree">The definition; its status is changed in place.</param>
    /// <param name="others">The other definitions of its group.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Accept(JsonObject tree, IEnumerable<JsonObject> others, string now)
    {
        var before = tree["status"]?.DeepClone();
        var resources = new HashSet<string>(StringComparer.Ordinal);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in others)
        {
            Claim(other.Object("status", "acceptedNames"), resources, kinds);
        }

        var wanted = tree.Object("spec", "names");
        var accepted = tree.Object("status", "acceptedNames")?.DeepClone().AsObject() ?? [];
        var conflict = TakeNames(wanted, accepted, resources, kinds);
        tree.Ensure("status")["acceptedNames"] = accepted;
        if (conflict is var (reason, message) && reason.Length > 0)
        {
            CustomResourceConditions.Set(tree, NamesAccepted, "False", reason, message, now);
        }
        else
        {
            CustomResourceConditions.Set(tree, NamesAccepted, "True", "NoConflicts", "no conflicts found", now);
        }

        var serves = CustomResourceConditions.IsTrue(tree, Established);
        if (!serves && CustomResourceConditions.IsTrue(tree, NamesAccepted))
        {
            CustomResourceConditions.Set(tree, Established, "False", "Installing", "the initial names have been accepted", now);
        }
        else if (CustomResourceConditions.Find(tree, Established) is null)
        {
            CustomResourceConditions.Set(tree, Established, "False", "NotAccepted", "not all names are accepted", now);
        }

        return !GoJson.AreEqual(before, tree["status"]);
    }

    /// <summary>Begins to serve a definition whose names are accepted.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Establish(JsonObject tree, string now) =>
        CustomResourceConditions.IsTrue(tree, NamesAccepted) && !CustomResourceConditions.IsTrue(tree, Established)
        && CustomResourceConditions.Set(tree, Established, "True", "InitialNamesAccepted", "the initial names have been accepted", now);

    private static void Claim(JsonObject? names, HashSet<string> resources, HashSet<string> kinds)
    {
        resources.Add(names.Text("plural"));
        resources.Add(names.Text("singular"));
        resources.UnionWith(names.Texts("shortNames"));
        kinds.Add(names.Text("kind"));
        kinds.Add(names.Text("listKind"));
    }

    private static (string Reason, string Message) TakeNames(JsonObject? wanted, JsonObject accepted, HashSet<string> resources, HashSet<string> kinds)
    {
        var conflict = ("", "");
        Take("plural", "PluralConflict", resources);
        Take("singular", "SingularConflict", resources);
        TakeShortNames();
        Take("kind", "KindConflict", kinds);
        Take("listKind", "ListKindConflict", kinds);
        accepted.CopyFrom(wanted, "categories");
        return conflict;

        void Take(string member, string reason, HashSet<string> used)
        {
            var name = wanted.Text(member);
            if (name != accepted.Text(member) && used.Contains(name))
            {
                conflict = (reason, InUse(name));
            }
            else
            {
                accepted.Set(member, name);
            }
        }

        void TakeShortNames()
        {
            var own = accepted.Texts("shortNames").ToHashSet(StringComparer.Ordinal);
            var taken = wanted.Texts("shortNames").Where(n => !own.Contains(n) && resources.Contains(n)).Distinct(StringComparer.Ordinal).ToList();
            if (taken.Count == 0)
            {
                accepted.CopyFrom(wanted, "shortNames");
                return;
            }

            var texts = taken.Select(InUse).ToList();
            conflict = ("ShortNamesConflict", texts.Count == 1 ? texts[0] : "[" + string.Join(", ", texts) + "]");
        }
    }

    private static string InUse(string name) => $"{GoText.Quote(name)} is already in use";
}
