using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.Reports.Internal;

/// <summary>The page around the parts of a report.</summary>
internal static class HtmlDocument
{
    private const int MostDocumentBytes = 400_000;

    private const string Style =
        """
        :root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--paper:#fff;--card:#f3f5f8;--rule:#d0d7de;--plain:#4c6fbf;--good:#1a7f4b;--open:#b07700;--bad:#c0392b}
        @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa5b1;--paper:#0f1318;--card:#1a2028;--rule:#333c47;--plain:#7f9ff0;--good:#3fb97a;--open:#e0a93a;--bad:#f0705f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
        main{max-width:64rem;margin:0 auto;padding:1.5rem}
        h1{font-size:1.1rem;color:var(--dim);font-weight:600;margin:0}
        .answer{font-size:1.6rem;line-height:1.3;font-weight:650;margin:.2rem 0 1.2rem;padding-left:.8rem;border-left:.35rem solid var(--plain)}
        .answer.good{border-color:var(--good)}.answer.open{border-color:var(--open)}.answer.bad{border-color:var(--bad)}
        h2{font-size:1.2rem;margin:2rem 0 .4rem}
        p{max-width:46rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.7rem;margin:1rem 0}
        .figures div{background:var(--card);border-radius:.5rem;padding:.6rem .8rem}
        dt{color:var(--dim);font-size:.85rem}
        dd{margin:0;font-size:1.35rem;font-weight:650;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .wide{overflow-x:auto;margin:.6rem 0}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        caption{text-align:left;color:var(--dim);padding:.2rem 0;font-size:.85rem}
        th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--rule)}
        tbody th{font-weight:500;overflow-wrap:anywhere}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        tr.bad th{box-shadow:inset .25rem 0 var(--bad);padding-left:.6rem}tr.good th{box-shadow:inset .25rem 0 var(--good);padding-left:.6rem}tr.open th{box-shadow:inset .25rem 0 var(--open);padding-left:.6rem}
        figure{margin:1rem 0}
        svg{width:100%;height:auto;display:block}
        figcaption{color:var(--dim);font-size:.85rem;margin-top:.2rem}
        svg text{fill:var(--ink);font-size:12px}svg .axis{fill:var(--dim)}
        .track{fill:var(--card)}.grid{stroke:var(--rule);fill:none}.goal{stroke:var(--good);stroke-dasharray:6 4;fill:none}.line{stroke:var(--dim);fill:none;stroke-width:1.5}
        svg .plain{fill:var(--plain)}svg .good{fill:var(--good)}svg .open{fill:var(--open)}svg .bad{fill:var(--bad)}
        .load0{fill:#dbe7f6}.load1{fill:#c3d7f0}.load2{fill:#a8c5e8}.load3{fill:#8bb1de}.load4{fill:#6d9bd2}.load5{fill:#5284c3}.load6{fill:#3d6db0}.load7{fill:#2d5798}.load8{fill:#20427c}.load9{fill:#142d5c}.load10{fill:var(--bad)}
        @media(prefers-color-scheme:dark){.load0{fill:#1c2a3c}.load1{fill:#213650}.load2{fill:#284466}.load3{fill:#31547e}.load4{fill:#3c6698}.load5{fill:#4a7bb3}.load6{fill:#6091c8}.load7{fill:#7ea8d8}.load8{fill:#a1c1e6}.load9{fill:#c9ddf3}}
        summary{cursor:pointer;color:var(--dim)}
        :focus-visible{outline:3px solid var(--plain);outline-offset:2px}
        .notes{padding-left:1.2rem}
        footer{margin-top:2.5rem;color:var(--dim);font-size:.85rem;border-top:1px solid var(--rule);padding-top:.6rem}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem}
        @media print{main{max-width:none;padding:0}.wide{overflow:visible}tr,figure,.figures div{break-inside:avoid}h2{break-after:avoid}}
        """;

    public static string Of(Report report)
    {
        var html = new HtmlText();
        var style = Style.Replace("\r\n", "\n", StringComparison.Ordinal);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Element("title", report.Title).Raw($"\n<style>{style}</style>\n</head>\n<body>\n<main>\n")
            .Element("h1", report.Title).Raw($"<p class=\"answer {HtmlText.ClassOf(report.Tone)}\">").Text(report.Answer).Raw("</p>\n");
        foreach (var part in report.Parts)
        {
            part.Write(html);
        }

        WriteDocument(html, report.Document);
        html.Raw("<footer>Made by k124: decisions are those of the Kubernetes 1.24 scheduler.</footer>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>The data as JSON: a block that no browser runs, and that programs find by its id.</summary>
    private static void WriteDocument(HtmlText html, JsonObject? document)
    {
        if (document is null)
        {
            return;
        }

        var text = document.ToJsonString();
        for (var most = 200; text.Length > MostDocumentBytes && most > 1; most /= 4)
        {
            text = DocumentExcerpt.Of(document, most).ToJsonString();
        }

        html.Raw("<script type=\"application/json\" id=\"document\">")
            .Raw(text.Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal))
            .Raw("</script>\n");
    }
}

/// <summary>Shortens the lists of a document.</summary>
internal static class DocumentExcerpt
{
    public static JsonObject Of(JsonObject document, int most)
    {
        var excerpt = new JsonObject();
        foreach (var (name, value) in document)
        {
            excerpt[name] = Of(value, most);
            if (value is JsonArray list && list.Count > most)
            {
                excerpt[$"{name}LeftOut"] = list.Count - most;
            }
        }

        return excerpt;
    }

    private static JsonNode? Of(JsonNode? node, int most) => node switch
    {
        JsonObject item => Of(item, most),
        JsonArray list => new JsonArray([.. list.Take(most).Select(item => Of(item, most))]),
        _ => node?.DeepClone(),
    };
}
