package io.verity.estimators.data;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two classes as signs. The larger label in natural order is the positive class unless told otherwise; natural order is that
 * of numbers when every label is one ({@code +1} and {@code 1.0} are then the same label), else that of the texts by code
 * point.
 *
 * @param positive the label mapped to +1, if it occurs
 * @param negative the label mapped to -1, if it occurs
 * @param signs one entry per row, -1 or +1
 * @param positives number of rows of the positive class
 */
@SuppressWarnings("ArrayRecordComponent") // a column; two mappings are never compared
public record Labels(@Nullable String positive, @Nullable String negative, int[] signs, int positives) {
    private static final int SHOWN = 8;

    /**
     * @param cells one label per row
     * @param chosenPositive the positive class, or null for the natural one
     * @return the mapping
     * @throws IllegalArgumentException if there are more than two labels (they are listed), or the chosen one is not among two
     */
    public static Labels of(List<String> cells, @Nullable String chosenPositive) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, String> canonical = canonical(cells);
        cells.forEach(cell -> counts.merge(canonical.getOrDefault(cell, cell), 1, Integer::sum));
        List<String> classes = naturalOrder(counts.keySet());
        Arguments.require(!classes.isEmpty(), "there are no labels");
        Arguments.require(
                classes.size() <= 2,
                "two labels are needed, but there are %d: %s",
                classes.size(),
                list(classes, counts));
        String positive = positive(classes, chosenPositive, canonical);
        int[] signs = new int[cells.size()];
        int positives = 0;
        for (int i = 0; i < signs.length; i++) {
            boolean plus = canonical.getOrDefault(cells.get(i), cells.get(i)).equals(positive);
            signs[i] = plus ? 1 : -1;
            positives += plus ? 1 : 0;
        }
        Optional<String> negative =
                classes.stream().filter(c -> !c.equals(positive)).findFirst();
        return new Labels(classes.contains(positive) ? positive : null, negative.orElse(null), signs, positives);
    }

    private static String positive(List<String> classes, @Nullable String chosen, Map<String, String> canonical) {
        if (chosen == null) {
            return classes.get(classes.size() - 1);
        }
        for (String label : classes) {
            boolean sameNumber = Numbers.isNumber(label)
                    && Numbers.isNumber(chosen)
                    && Numbers.parse(label) == Numbers.parse(chosen);
            if (label.equals(canonical.getOrDefault(chosen, chosen)) || sameNumber) {
                return label;
            }
        }
        Arguments.require(
                classes.size() < 2,
                "the positive label '%s' does not occur%s (labels: %s)",
                chosen,
                Names.nearest(chosen, classes)
                        .map(n -> "; did you mean '" + n + "'?")
                        .orElse(""),
                String.join(", ", classes));
        return chosen;
    }

    /** Labels that spell the same number become the spelling met first; empty when some label is no number. */
    static Map<String, String> canonical(Collection<String> cells) {
        Map<Double, String> first = new LinkedHashMap<>();
        Map<String, String> canonical = new LinkedHashMap<>();
        for (String cell : cells) {
            if (canonical.containsKey(cell)) {
                continue;
            }
            double value = Numbers.parse(cell);
            if (!Double.isFinite(value)) {
                return Map.of();
            }
            canonical.put(cell, first.computeIfAbsent(value + 0.0, v -> cell));
        }
        return canonical;
    }

    /**
     * @param labels distinct labels
     * @return them in natural order: as numbers when all are, else by code point
     */
    public static List<String> naturalOrder(Collection<String> labels) {
        List<String> sorted = new ArrayList<>(labels);
        boolean numbers = labels.stream().allMatch(Numbers::isNumber);
        sorted.sort(numbers ? Comparator.comparingDouble(Numbers::parse) : Labels::compareCodePoints);
        return Collections.unmodifiableList(sorted);
    }

    private static int compareCodePoints(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private static String list(List<String> classes, Map<String, Integer> counts) {
        List<String> shown = classes.stream()
                .limit(SHOWN)
                .map(c -> c + " (" + counts.get(c) + ")")
                .toList();
        return String.join(", ", shown) + (classes.size() > SHOWN ? ", ..." : "");
    }

    /** @return number of rows of the negative class */
    public int negatives() {
        return signs.length - positives;
    }

    /** @return {@code "benign" = -1 (212 rows), "malignant" = +1 (357 rows)} */
    public String describe() {
        List<String> parts = new ArrayList<>();
        if (negative != null) {
            parts.add(negative + " = -1 (" + negatives() + " rows)");
        }
        if (positive != null) {
            parts.add(positive + " = +1 (" + positives + " rows)");
        }
        return String.join(", ", parts);
    }
}
