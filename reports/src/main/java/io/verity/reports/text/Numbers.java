package io.verity.reports.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Numbers rounded for reading. A value with a standard error is shown to the digit where the second significant digit of the
 * error stands (more digits would be noise); a value without one to six significant digits. Very large and very small
 * values are written {@code 1.23e-9}.
 */
public final class Numbers {
    /** Significant digits of a value whose error is unknown. */
    static final int DIGITS = 6;

    /** Significant digits of a standard error. */
    static final int ERROR_DIGITS = 2;

    /** Values of a list that are shown. */
    private static final int LONGEST_LIST = 12;

    private static final double LARGEST_PLAIN = 1e7;
    private static final double SMALLEST_PLAIN = 1e-4;

    private Numbers() {}

    /**
     * @param value any number
     * @return at most six significant digits without trailing zeros
     */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        if (value == 0) {
            return "0";
        }
        return text(decimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN)), true);
    }

    /**
     * @param value any number
     * @param standardError its standard error; when it is null, zero or not finite, this is {@link #plain(double)}
     * @return rounded where the second significant digit of the error stands
     */
    public static String withError(double value, @Nullable Double standardError) {
        if (standardError == null || !(standardError > 0) || Double.isInfinite(standardError)) {
            return plain(value);
        }
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        BigDecimal error = decimal(standardError).round(new MathContext(ERROR_DIGITS, RoundingMode.HALF_EVEN));
        // Trailing zeros of the error are digits too: 0.030 has two.
        int decimals = ERROR_DIGITS - 1 - exponent(error);
        // An error far below the double's own resolution does not earn digits that the value has not.
        decimals = Math.min(decimals, 15 - exponent(value == 0 ? BigDecimal.ONE : decimal(value)));
        BigDecimal rounded = decimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0
                ? (decimals > 0 && decimals <= DIGITS ? rounded.toPlainString() : "0")
                : text(rounded, false);
    }

    /**
     * @param value a number
     * @param lower lower end of its interval, or null
     * @param upper upper end of its interval, or null
     * @return the value, rounded where half the interval's width has its second digit
     */
    public static String inInterval(double value, @Nullable Double lower, @Nullable Double upper) {
        return withError(value, halfWidth(lower, upper));
    }

    /**
     * @param lower lower end, or null for an open one
     * @param upper upper end, or null for an open one
     * @return {@code [1.20, 1.34]}, empty when there is no interval
     */
    public static String interval(@Nullable Double lower, @Nullable Double upper) {
        if (lower == null && upper == null) {
            return "";
        }
        Double half = halfWidth(lower, upper);
        String from = lower == null ? "-inf" : withError(lower, half);
        String to = upper == null ? "inf" : withError(upper, half);
        return "[" + from + ", " + to + "]";
    }

    /**
     * @param value a count
     * @return its digits
     */
    public static String count(long value) {
        return Long.toString(value);
    }

    /**
     * @param seconds a duration
     * @return the duration to two or three digits with its unit
     */
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return nonFinite(seconds);
        }
        if (seconds >= 90) {
            long whole = Math.round(seconds);
            return whole / 60 + " min " + whole % 60 + " s";
        }
        if (seconds < 0.0995) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
        }
        return String.format(Locale.ROOT, seconds < 9.95 ? "%.2f s" : "%.1f s", seconds);
    }

    /**
     * @param value a number, text, truth value, array, list, map or null
     * @return numbers rounded, null as an en dash, long lists cut with their length, anything else its text
     */
    public static String any(@Nullable Object value) {
        if (value == null) {
            return "–";
        }
        if (value instanceof Double || value instanceof Float) {
            return plain(((Number) value).doubleValue());
        }
        if (value instanceof double[] array) {
            return list(Arrays.stream(array).boxed().toList());
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> e.getKey() + ": " + any(e.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> items) {
            return list(items);
        }
        return value.toString();
    }

    private static String list(List<? extends @Nullable Object> items) {
        String shown = items.stream().limit(LONGEST_LIST).map(Numbers::any).collect(Collectors.joining(", "));
        return items.size() <= LONGEST_LIST ? shown : shown + ", … (" + items.size() + " values)";
    }

    private static @Nullable Double halfWidth(@Nullable Double lower, @Nullable Double upper) {
        return lower == null || upper == null ? null : (upper - lower) / 2;
    }

    static String nonFinite(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }

    static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value);
    }

    /** Decimal exponent of the leading digit: 0 for 3.2, -2 for 0.032. */
    static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static String text(BigDecimal value, boolean strip) {
        double size = Math.abs(value.doubleValue());
        if (size < LARGEST_PLAIN && size >= SMALLEST_PLAIN) {
            BigDecimal plain = strip ? value.stripTrailingZeros() : value;
            return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
        }
        int exponent = exponent(value);
        BigDecimal mantissa = value.movePointLeft(exponent);
        if (strip) {
            mantissa = mantissa.stripTrailingZeros();
        }
        return mantissa.toPlainString() + "e" + exponent;
    }
}
