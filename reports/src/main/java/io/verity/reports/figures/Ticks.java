package io.verity.reports.figures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Ticks of logarithmic axes: powers of ten, thinned to a handful, and others in between when there are few decades. */
final class Ticks {
    private static final int MOST = 7;
    private static final String[] SUPERSCRIPTS = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

    private Ticks() {}

    /**
     * @param smallest smallest value on the axis, positive
     * @param largest largest value
     * @return positions inside the range, at least two where the range allows
     */
    static List<Double> logarithmic(double smallest, double largest) {
        int from = (int) Math.ceil(StrictMath.log10(smallest) - 1e-9);
        int to = (int) Math.floor(StrictMath.log10(largest) + 1e-9);
        List<Double> ticks = new ArrayList<>();
        if (to - from >= 2) {
            int step = step(to - from + 1);
            // Multiples of the step, so that 1 is a tick whenever it is in range.
            for (int e = Math.floorDiv(from + step - 1, step) * step; e <= to; e += step) {
                ticks.add(power(e));
            }
            return ticks;
        }
        between(smallest, largest, from, to, new int[] {1, 2, 5}, ticks);
        if (ticks.size() > MOST) {
            ticks.clear();
            between(smallest, largest, from, to, new int[] {1, 3}, ticks);
        }
        return ticks;
    }

    private static void between(double smallest, double largest, int from, int to, int[] digits, List<Double> ticks) {
        for (int e = from - 1; e <= to; e++) {
            for (int digit : digits) {
                double tick = digit * power(e);
                if (tick >= smallest * (1 - 1e-9) && tick <= largest * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
    }

    private static int step(int decades) {
        for (int scale = 1; ; scale *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                if ((decades + digit * scale - 1) / (digit * scale) <= MOST) {
                    return digit * scale;
                }
            }
        }
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }

    /**
     * @param tick 1, 2, 3 or 5 times a power of ten
     * @return plain digits near one, a power with superscripts elsewhere
     */
    static String label(double tick) {
        if (tick >= 0.99e-3 && tick < 1.01e5) {
            String plain = BigDecimal.valueOf(tick).stripTrailingZeros().toPlainString();
            // Grouped like the labels that the library makes for linear axes.
            return tick < 999
                    ? plain
                    : plain.substring(0, plain.length() - 3) + "," + plain.substring(plain.length() - 3);
        }
        int exponent = (int) Math.floor(StrictMath.log10(tick) + 1e-9);
        long digit = Math.round(tick / power(exponent));
        StringBuilder text = new StringBuilder(digit == 1 ? "10" : digit + "·10");
        if (exponent < 0) {
            text.append('⁻');
        }
        Integer.toString(Math.abs(exponent)).chars().forEach(c -> text.append(SUPERSCRIPTS[c - '0']));
        return text.toString();
    }
}
