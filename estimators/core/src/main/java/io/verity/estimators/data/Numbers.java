package io.verity.estimators.data;

import java.util.Locale;
import java.util.Set;

/** Numbers as text in the C locale: digits, sign, point, exponent. */
final class Numbers {
    private static final Set<String> NON_FINITE =
            Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "+nan", "-nan");

    private Numbers() {}

    /** The number, or NaN when the text is none; Java's own extras (hexadecimal, trailing d or f) are no numbers here. */
    static double parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
            if (!allowed) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Whether a stripped cell holds nothing. */
    static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.equals("NA");
    }

    static boolean isNumber(String text) {
        return Double.isFinite(parse(text));
    }

    /** Whether the text spells NaN or an infinity, or a number beyond the range of doubles. */
    static boolean isNonFinite(String text) {
        return NON_FINITE.contains(text.toLowerCase(Locale.ROOT)) || Double.isInfinite(parse(text));
    }
}
