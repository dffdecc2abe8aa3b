package io.verity.reports.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Ticks of logarithmic axes: powers of ten, thinned to a handful; others in between when there are few decades; even steps when there
 * is hardly one. All labels of an axis are plain numbers, or all are powers of ten.
 */
final class Ticks {
    private static final int MOST = 7;
    private static final int FEWEST = 3;
    /** Share of an axis that a label of seven digits takes. */
    private static final double LEAST_GAP = 0.14;

    private static final int[] DIGITS = {1, 2, 5};
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
        between(smallest, largest, from, to, DIGITS, ticks);
        if (ticks.size() > MOST) {
            ticks.clear();
            between(smallest, largest, from, to, new int[] {1, 3}, ticks);
        }
        List<Double> even = ticks.size() < FEWEST ? even(smallest, largest) : List.of();
        return even.size() > ticks.size() ? even : ticks;
    }

    /** Multiples of 1, 2 or 5 times a power of ten: a range this short looks nearly linear, its upper end densest. */
    private static List<Double> even(double smallest, double largest) {
        double gap = LEAST_GAP * StrictMath.log(largest / smallest);
        int exponent = (int) Math.floor(StrictMath.log10(largest - smallest)) - 1;
        BigDecimal step = BigDecimal.ZERO;
        for (int k = 0; step.signum() == 0; k++) {
            BigDecimal wider =
                    BigDecimal.valueOf(DIGITS[k % DIGITS.length]).scaleByPowerOfTen(exponent + k / DIGITS.length);
            double below = largest - wider.doubleValue();
            step = below <= 0 || StrictMath.log(largest / below) >= gap ? wider : step;
        }
        List<Double> ticks = new ArrayList<>();
        BigDecimal tick =
                new BigDecimal(smallest).divide(step, 0, RoundingMode.CEILING).multiply(step);
        for (; tick.doubleValue() <= largest; tick = tick.add(step)) {
            ticks.add(tick.doubleValue());
        }
        return ticks;
    }

    private static void between(double smallest, double largest, int from, int to, int[] digits, List<Double> ticks) {
        for (int e = from - 1; e <= to; e++) {
            for (int digit : digits) {
                double tick = Double.parseDouble(digit + "e" + e);
                if (tick >= smallest * (1 - 1e-9) && tick <= largest * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
    }

    private static int step(int decades) {
        for (int scale = 1; ; scale *= 10) {
            for (int digit : DIGITS) {
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
     * @param ticks of one axis
     * @return plain digits where all are near one, powers with superscripts for all of them elsewhere
     */
    static List<String> labels(List<Double> ticks) {
        boolean plain = ticks.stream().allMatch(tick -> tick >= 0.99e-3 && tick < 1.01e5);
        return ticks.stream().map(plain ? Ticks::plain : Ticks::scientific).toList();
    }

    private static String plain(double tick) {
        String plain = BigDecimal.valueOf(tick).stripTrailingZeros().toPlainString();
        int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        // Grouped like the labels that the library makes for linear axes.
        return point <= 3 ? plain : plain.substring(0, point - 3) + "," + plain.substring(point - 3);
    }

    private static String scientific(double tick) {
        BigDecimal value = BigDecimal.valueOf(tick).stripTrailingZeros();
        int exponent = value.precision() - value.scale() - 1;
        BigDecimal digits = value.scaleByPowerOfTen(-exponent);
        StringBuilder text =
                new StringBuilder(digits.compareTo(BigDecimal.ONE) == 0 ? "10" : digits.toPlainString() + "·10");
        if (exponent < 0) {
            text.append('⁻');
        }
        Integer.toString(Math.abs(exponent)).chars().forEach(c -> text.append(SUPERSCRIPTS[c - '0']));
        return text.toString();
    }
}
