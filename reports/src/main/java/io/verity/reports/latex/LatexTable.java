package io.verity.reports.latex;

import io.verity.reports.text.MathText;
import io.verity.reports.text.PlainMath;
import io.verity.reports.text.TableText;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** A table as a longtable with booktabs rules, long headings stacked, in the largest type that fits the page. */
final class LatexTable {
    /** Characters of a line of a heading. */
    private static final int HEADING = 14;

    /** Width of the text, in points. */
    private static final double PAGE = 450;

    private LatexTable() {}

    /** A size of type: its command, points a character takes on average, points on each side of a column. */
    private record Type(String command, double character, double gap) {}

    private static final List<Type> TYPES = List.of(
            new Type("\\small", 5.1, 6),
            new Type("\\footnotesize", 4.7, 4),
            new Type("\\scriptsize", 4.2, 3),
            new Type("\\tiny", 3.4, 2));

    static void write(ResultTable table, StringBuilder out) {
        List<List<String>> cells = TableText.cells(table);
        List<List<String>> headings =
                table.columns().stream().map(c -> wrapped(TableText.heading(c))).toList();
        Type type = type(headings, cells);
        out.append('{').append(type.command()).append("\\setlength{\\tabcolsep}{");
        out.append(type.gap()).append("pt}\n\\begin{longtable}{@{}");
        table.columns().forEach(c -> out.append(TableText.numeric(c) ? 'r' : 'l'));
        out.append("@{}}\n\\caption{").append(LatexText.line(table.title())).append("}\\\\\n\\toprule\n");
        List<String> head = new ArrayList<>();
        for (int c = 0; c < headings.size(); c++) {
            head.add(stacked(headings.get(c), TableText.numeric(table.columns().get(c))));
        }
        row(head, out);
        out.append("\\midrule\n\\endfirsthead\n\\toprule\n");
        row(head, out);
        out.append("\\midrule\n\\endhead\n");
        cells.forEach(r -> row(r.stream().map(LatexText::value).toList(), out));
        out.append("\\bottomrule\n\\end{longtable}}\n\n");
        table.notes()
                .forEach(n ->
                        out.append("{\\footnotesize ").append(LatexText.math(n)).append("\\par}\n\n"));
    }

    private static Type type(List<List<String>> headings, List<List<String>> cells) {
        int characters = 0;
        for (int c = 0; c < headings.size(); c++) {
            int widest =
                    headings.get(c).stream().mapToInt(LatexTable::width).max().orElse(1);
            for (List<String> row : cells) {
                widest = Math.max(widest, width(row.get(c)));
            }
            characters += widest;
        }
        for (Type type : TYPES) {
            if (characters * type.character() + headings.size() * 2 * type.gap() <= PAGE) {
                return type;
            }
        }
        return TYPES.get(TYPES.size() - 1);
    }

    private static int width(String text) {
        return PlainMath.of(text).length();
    }

    /** Breaks a heading at spaces, never inside a formula. */
    private static List<String> wrapped(String heading) {
        List<String> words = new ArrayList<>();
        for (MathText.Piece piece : MathText.pieces(heading)) {
            if (piece.kind() == MathText.Kind.TEXT) {
                words.addAll(List.of(piece.content().strip().split("\\s+")));
            } else {
                words.add("\\(" + piece.content() + "\\)");
            }
        }
        List<String> lines = new ArrayList<>();
        for (String word : words) {
            int last = lines.size() - 1;
            if (last >= 0 && width(lines.get(last)) + 1 + width(word) <= HEADING) {
                lines.set(last, lines.get(last) + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private static String stacked(List<String> lines, boolean right) {
        List<String> set = lines.stream().map(LatexText::line).toList();
        return set.size() == 1
                ? set.get(0)
                : "\\shortstack[" + (right ? "r" : "l") + "]{" + String.join("\\\\", set) + "}";
    }

    private static void row(List<String> cells, StringBuilder out) {
        // A row that began with [ would be read as the optional argument of the line before.
        out.append("{}").append(String.join(" & ", cells)).append(" \\\\\n");
    }
}
