package io.verity.reports.model;

import io.verity.simulations.claims.ClaimRecord;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;

/**
 * One name per table and figure of a report, unique in the report and safe as a file name everywhere and as an XML id. Those of
 * a claim carry the claim's name in front ({@code LS-05-separation-time}). An object for one pass over the report: a figure that
 * stands in two places has two names, given out in reading order.
 */
public final class AssetNames {
    private static final int LONGEST = 80;

    /** Names of each table and figure, one per place where the report shows it. */
    private final IdentityHashMap<Object, Deque<String>> names = new IdentityHashMap<>();

    private final Set<String> used = new HashSet<>();

    private AssetNames() {}

    /**
     * @param report any report
     * @return the names of its tables and figures, the same for equal reports
     */
    public static AssetNames of(Report report) {
        AssetNames result = new AssetNames();
        for (Section section : report.sections()) {
            for (Block block : section.blocks()) {
                if (block instanceof VerdictCard card) {
                    for (ClaimRecord r : card.records()) {
                        result.add(
                                r.id().name(), r.verdict().tables(), r.verdict().figures());
                    }
                } else {
                    result.add("", block.tables(), block.figures());
                }
            }
        }
        return result;
    }

    private void add(String prefix, Collection<ResultTable> tables, Collection<Figure> figures) {
        tables.forEach(t -> add(t, prefix, t.name(), "table"));
        figures.forEach(f -> add(f, prefix, f.name(), "figure"));
    }

    private void add(Object asset, String prefix, String name, String fallback) {
        boolean prefixed = name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
        String base = safe(prefixed ? name : prefix + "-" + name, fallback);
        String candidate = base;
        // File systems that ignore case must not lose one of two names.
        for (int i = 2; !used.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = base + "-" + i;
        }
        names.computeIfAbsent(asset, k -> new ArrayDeque<>()).add(candidate);
    }

    /** Keeps ASCII letters, digits, hyphens and underscores; starts with a letter. */
    private static String safe(String name, String fallback) {
        String cleaned = name.replaceAll("[^A-Za-z0-9_]+", "-").replaceAll("^[-_]+|[-_]+$", "");
        if (cleaned.length() > LONGEST) {
            cleaned = cleaned.substring(0, LONGEST);
        }
        boolean reserved = cleaned.matches("(?i)con|prn|aux|nul|com\\d|lpt\\d");
        if (cleaned.isEmpty() || reserved || !Character.isLetter(cleaned.charAt(0))) {
            cleaned = cleaned.isEmpty() ? fallback : fallback + "-" + cleaned;
        }
        return cleaned;
    }

    /**
     * @param figure a figure of the report
     * @return the name of its next place in the report, reading from the beginning
     * @throws IllegalArgumentException if the report does not show the figure, or not as often as it was asked for
     */
    public String next(Figure figure) {
        return next(figure, figure.name());
    }

    /**
     * @param table a table of the report
     * @return the name of its next place in the report, reading from the beginning
     * @throws IllegalArgumentException if the report does not show the table, or not as often as it was asked for
     */
    public String next(ResultTable table) {
        return next(table, table.name());
    }

    private String next(Object asset, String name) {
        Deque<String> left = names.get(asset);
        if (left == null || left.isEmpty()) {
            throw new IllegalArgumentException("\"" + name + "\" is not part of this report, or not as often");
        }
        return left.removeFirst();
    }
}
