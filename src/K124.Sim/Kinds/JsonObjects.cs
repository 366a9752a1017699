using System.Text.Json.Nodes;

namespace K124.Sim.Kinds;

/// <summary>The objects of a list; enumerating them allocates nothing. What is no object reads as an empty one.</summary>
/// <param name="list">The list; null reads as empty.</param>
internal readonly struct JsonObjects(JsonArray? list)
{
    /// <summary>How many there are.</summary>
    public int Count => list?.Count ?? 0;

    /// <summary>One of them.</summary>
    /// <param name="index">Its place.</param>
    public JsonObject this[int index] => list![index] as JsonObject ?? [];

    /// <summary>Enumerates them.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Whether one of them meets a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>True if one does.</returns>
    public bool Any(Func<JsonObject, bool> condition) => Find(condition) is not null;

    /// <summary>The first that meets a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>It, or null.</returns>
    public JsonObject? Find(Func<JsonObject, bool> condition)
    {
        foreach (var item in this)
        {
            if (condition(item))
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>The first whose member has a value.</summary>
    /// <param name="member">Name of the member.</param>
    /// <param name="value">The value.</param>
    /// <returns>It, or null.</returns>
    public JsonObject? FindBy(string member, string value)
    {
        foreach (var item in this)
        {
            if (item.Text(member) == value)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>Walks over the objects of a list.</summary>
    public struct Enumerator
    {
        private readonly JsonObjects _objects;
        private int _index = -1;

        internal Enumerator(JsonObjects objects) => _objects = objects;

        /// <summary>The object.</summary>
        public readonly JsonObject Current => _objects[_index];

        /// <summary>Goes to the next.</summary>
        /// <returns>False if there is none.</returns>
        public bool MoveNext() => ++_index < _objects.Count;
    }
}
