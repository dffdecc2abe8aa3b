package io.verity.reports.model;

import io.verity.simulations.claims.ClaimRecord;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;

/**
 * One name per table and figure of a report, unique in the report and safe as a file name everywhere and as an XML id. Those of
 * a claim carry the claim's name in front ({@code LS-05-separation-time}).
 */
public final class AssetNames {
    private static final int LONGEST = 80;

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
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
        if (names.containsKey(asset)) {
            return;
        }
        boolean prefixed = name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
        String base = safe(prefixed ? name : prefix + "-" + name, fallback);
        String candidate = base;
        // File systems that ignore case must not lose one of two names.
        for (int i = 2; !used.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = base + "-" + i;
        }
        names.put(asset, candidate);
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
     * @return its name
     */
    public String of(Figure figure) {
        return find(figure, figure.name());
    }

    /**
     * @param table a table of the report
     * @return its name
     */
    public String of(ResultTable table) {
        return find(table, table.name());
    }

    private String find(Object asset, String name) {
        String found = names.get(asset);
        if (found == null) {
            throw new IllegalArgumentException("\"" + name + "\" is not part of this report");
        }
        return found;
    }

    /** @return every name given */
    public Collection<String> all() {
        return Collections.unmodifiableCollection(names.values());
    }
}
