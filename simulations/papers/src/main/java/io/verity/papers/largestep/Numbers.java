package io.verity.papers.largestep;

import java.util.Locale;

/** Numbers as the records' sentences show them. */
final class Numbers {
    private Numbers() {}

    /** Up to six significant digits, whole numbers without a fraction. */
    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, "%.6g", value)
                .replaceFirst("(\\.\\d*?)0+(e|$)", "$1$2")
                .replaceFirst("\\.(e|$)", "$1");
    }

    /** The first and the last of many, as a range. */
    static String range(double smallest, double largest) {
        return smallest == largest ? text(smallest) : text(smallest) + " to " + text(largest);
    }
}
