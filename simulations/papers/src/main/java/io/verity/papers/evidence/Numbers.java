package io.verity.papers.evidence;

import java.util.Locale;

/** Numbers as the records' sentences show them. */
public final class Numbers {
    private Numbers() {}

    /**
     * @param value a number
     * @return it with up to six significant digits, whole numbers without a fraction
     */
    public static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, "%.6g", value)
                .replaceFirst("(\\.\\d*?)0+(e|$)", "$1$2")
                .replaceFirst("\\.(e|$)", "$1");
    }

    /**
     * @param smallest of many numbers
     * @param largest of them
     * @return the range, or the number where both are equal
     */
    public static String range(double smallest, double largest) {
        return smallest == largest ? text(smallest) : text(smallest) + " to " + text(largest);
    }
}
