package io.verity.simulations.studies;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a mistyped name was meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * @param name a name that is not among the candidates
     * @param candidates the names that exist
     * @return {@code ; did you mean 'x'?} with the candidate of smallest edit distance, or an empty text when none is near
     */
    public static String didYouMean(String name, Collection<String> candidates) {
        String nearest = nearest(name, candidates);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    /**
     * @param name a name that is not among the candidates
     * @param candidates the names that exist
     * @return the first candidate of smallest edit distance (letter case aside), or null when that exceeds two fifths of the
     *     name's length
     */
    public static @Nullable String nearest(String name, Collection<String> candidates) {
        String best = null;
        int bestDistance = Math.max(1, 2 * name.length() / 5) + 1;
        for (String candidate : candidates) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein distance, one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
