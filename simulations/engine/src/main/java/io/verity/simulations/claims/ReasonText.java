package io.verity.simulations.claims;

import java.util.Locale;

/** How reasons and notes of verdicts write numbers. */
final class ReasonText {
    private ReasonText() {}

    /** @return six significant digits, without trailing zeros, except of whole numbers */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        int exponent = text.indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        String trimmed = digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
        return exponent < 0 ? trimmed : trimmed + text.substring(exponent);
    }

    static String range(double lower, double upper) {
        return "[" + number(lower) + ", " + number(upper) + "]";
    }
}
