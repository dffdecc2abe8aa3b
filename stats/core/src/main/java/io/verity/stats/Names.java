package io.verity.stats;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped one was meant to be. */
public final class Names {
    private Names() {}

    /**
     * The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps of neighbours, case
     * ignored); among equals the one that begins alike for longest, then the first. A candidate is near when the distance is
     * at most a third of the longer name, rounded up, or when one name starts with the other.
     *
     * @param name what was typed
     * @param candidates what exists
     * @return the nearest candidate, if one is near
     */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        String typed = name.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        int bestAlike = -1;
        for (String candidate : candidates) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(typed, known);
            boolean prefix = typed.length() >= 3 && (known.startsWith(typed) || typed.startsWith(known));
            boolean near = prefix || 3 * distance <= Math.max(typed.length(), known.length()) + 2;
            int alike = alike(typed, known);
            if (near && (distance < bestDistance || (distance == bestDistance && alike > bestAlike))) {
                best = candidate;
                bestDistance = distance;
                bestAlike = alike;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * @param name what was typed
     * @param candidates what exists
     * @param prefix put before the suggested name, such as {@code --}
     * @return {@code "; did you mean --step?"}, or an empty text when nothing is near
     */
    public static String suggestion(String name, Collection<String> candidates, String prefix) {
        return nearest(name, candidates)
                .map(n -> "; did you mean " + prefix + n + "?")
                .orElse("");
    }

    /** Number of letters with which both begin. */
    private static int alike(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }

    /** Optimal string alignment distance, one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
