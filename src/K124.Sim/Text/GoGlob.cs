namespace K124.Sim.Text;

/// <summary>Shell patterns as Go matches them: <c>*</c> and <c>?</c> do not cross a slash, <c>[a-z]</c> is one of a range.</summary>
internal static class GoGlob
{
    /// <summary>What Go says of a pattern that is none.</summary>
    public const string BadPattern = "syntax error in pattern";

    /// <summary>Whether a name matches a pattern.</summary>
    /// <returns>The answer; null if the pattern is none.</returns>
    public static bool? Matches(string pattern, string name)
    {
        if (!IsPattern(pattern))
        {
            return null;
        }

        return Matches(pattern.AsSpan(), name.AsSpan());
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
            {
                pattern = pattern.TrimStart('*');
                return MatchesAfterStar(pattern, name);
            }

            if (name.IsEmpty || !TryMatchOne(ref pattern, name[0]))
            {
                return false;
            }

            name = name[1..];
        }

        return name.IsEmpty;
    }

    private static bool MatchesAfterStar(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        for (var skipped = 0; skipped <= name.Length; skipped++)
        {
            if (Matches(pattern, name[skipped..]))
            {
                return true;
            }

            if (skipped < name.Length && name[skipped] == '/')
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryMatchOne(ref ReadOnlySpan<char> pattern, char letter)
    {
        switch (pattern[0])
        {
            case '?':
                pattern = pattern[1..];
                return letter != '/';
            case '[':
                return TakeClass(ref pattern, letter) == true;
            case '\\':
                var escaped = pattern[1];
                pattern = pattern[2..];
                return escaped == letter;
            default:
                var own = pattern[0];
                pattern = pattern[1..];
                return own == letter;
        }
    }

    private static bool IsPattern(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (rest[0] == '[')
            {
                if (TakeClass(ref rest, '\0') is null)
                {
                    return false;
                }
            }
            else if (rest[0] == '\\' && rest.Length == 1)
            {
                return false;
            }
            else
            {
                rest = rest[(rest[0] == '\\' ? 2 : 1)..];
            }
        }

        return true;
    }

    /// <summary>Takes a class off the front.</summary>
    /// <returns>Whether the letter is of the class; null if there is no class.</returns>
    private static bool? TakeClass(ref ReadOnlySpan<char> pattern, char letter)
    {
        var rest = pattern[1..];
        var isNegated = rest is ['^', ..];
        rest = isNegated ? rest[1..] : rest;
        var (isMember, ranges) = (false, 0);
        while (true)
        {
            if (rest is [']', ..] && ranges > 0)
            {
                pattern = rest[1..];
                return isMember != isNegated;
            }

            if (TakeLetter(ref rest) is not { } low)
            {
                return null;
            }

            var high = low;
            if (rest is ['-', ..])
            {
                rest = rest[1..];
                if (TakeLetter(ref rest) is not { } last)
                {
                    return null;
                }

                high = last;
            }

            isMember |= low <= letter && letter <= high;
            ranges++;
        }
    }

    /// <summary>Takes a letter of a class off the front; null if there is none, or if nothing follows it.</summary>
    private static char? TakeLetter(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is '-' or ']')
        {
            return null;
        }

        rest = rest[0] == '\\' ? rest[1..] : rest;
        if (rest.Length < 2)
        {
            return null;
        }

        var letter = rest[0];
        rest = rest[1..];
        return letter;
    }
}
