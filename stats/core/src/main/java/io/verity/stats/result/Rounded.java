package io.verity.stats.result;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for sentences: a few significant digits, no trailing zeros. */
public final class Rounded {
    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e15;

    private Rounded() {}

    /**
     * @param value any number
     * @param digits significant digits at most, at least 1
     * @return it in the C locale, such as {@code 0.05}, {@code 95} or {@code 1.2E-7}; {@code NaN} and infinities by name
     */
    public static String to(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        // From the shortest decimal that is this double, so that 0.125 and not its binary neighbours decides about
        // halves.
        BigDecimal rounded =
                BigDecimal.valueOf(value).round(new MathContext(digits)).stripTrailingZeros();
        boolean plain = Math.abs(value) >= SMALL && Math.abs(value) < LARGE;
        return plain ? rounded.toPlainString() : rounded.toString();
    }
}
