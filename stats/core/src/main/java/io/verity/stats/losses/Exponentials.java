package io.verity.stats.losses;

/**
 * Exponential and logarithm that give the same bits on every platform, and that a vector unit can repeat lane by lane.
 *
 * <p>{@link Math#exp} may differ in the last bit between platforms. These functions use only IEEE operations and fused
 * multiply-add, so scalar code and vector code that follows the same steps agree exactly. The steps: {@code x = k ln 2 + r}
 * with {@code |r| <= ln 2 / 2} (two-part constant), a polynomial of degree 11 for {@code e^r}, and an exact scaling by
 * {@code 2^k} that rounds once where the result is subnormal. The constants are public for the vector twins.
 *
 * <p>The polynomial coefficients are Chebyshev interpolants computed with mpmath 1.2.1 in 50 digits; the approximation
 * errors are 1.6e-17 (exp, relative) and 7e-18 (log1p).
 */
public final class Exponentials {
    /** Below this the exponential is zero. */
    public static final double LOWEST = -746.0;

    /** Above this the exponential overflows. */
    public static final double HIGHEST = 710.0;

    /** Adding this rounds a double of magnitude below 2^51 to an integer, which then stands in the low bits. */
    public static final double ROUNDER = 0x1.8p52;

    /** Bits of {@link #ROUNDER}. */
    public static final long ROUNDER_BITS = 0x4338000000000000L;

    /** 1 / ln 2. */
    public static final double LOG2_E = 1.4426950408889634;

    /** Leading 42 bits of ln 2, so that its product with an exponent is exact. */
    public static final double LN2_HIGH = 0x1.62e42fefa38p-1;

    /** ln 2 - {@link #LN2_HIGH}. */
    public static final double LN2_LOW = 0x1.ef35793c7673p-45;

    /** Coefficient of r^2 in e^r; the next ones follow. */
    public static final double E2 = 0.5000000000000001;

    /** Coefficient of r^3. */
    public static final double E3 = 0.16666666666666669;

    /** Coefficient of r^4. */
    public static final double E4 = 0.04166666666662413;

    /** Coefficient of r^5. */
    public static final double E5 = 0.008333333333330062;

    /** Coefficient of r^6. */
    public static final double E6 = 0.0013888888917213717;

    /** Coefficient of r^7. */
    public static final double E7 = 0.00019841269863053618;

    /** Coefficient of r^8. */
    public static final double E8 = 2.4801521295954376e-05;

    /** Coefficient of r^9. */
    public static final double E9 = 2.7557268459997064e-06;

    /** Coefficient of r^10. */
    public static final double E10 = 2.7620088445409746e-07;

    /** Coefficient of r^11. */
    public static final double E11 = 2.510038549551032e-08;

    /** Coefficient of s^2 in log1p(e)/s - 2 with s = e / (2 + e); the next ones follow. */
    public static final double L1 = 0.6666666666666666;

    /** Coefficient of s^4. */
    public static final double L2 = 0.40000000000014585;

    /** Coefficient of s^6. */
    public static final double L3 = 0.2857142856710876;

    /** Coefficient of s^8. */
    public static final double L4 = 0.22222222717427864;

    /** Coefficient of s^10. */
    public static final double L5 = 0.18181789436132859;

    /** Coefficient of s^12. */
    public static final double L6 = 0.15385570064958623;

    /** Coefficient of s^14. */
    public static final double L7 = 0.13314144209654935;

    /** Coefficient of s^16. */
    public static final double L8 = 0.12001072809590713;

    /** Coefficient of s^18. */
    public static final double L9 = 0.08800738486144674;

    /** Coefficient of s^20. */
    public static final double L10 = 0.1616404561194353;

    private Exponentials() {}

    /**
     * \( e^x \), within 1 ulp over the whole range, gradual underflow included; NaN gives NaN.
     *
     * @param x any double
     * @return its exponential
     */
    public static double exp(double x) {
        double c = x < LOWEST ? LOWEST : x > HIGHEST ? HIGHEST : x;
        double t = Math.fma(c, LOG2_E, ROUNDER);
        double p = polynomial(c, t - ROUNDER);
        // 2^k as the product of two halves, each a normal number for every k from -1077 to 1025.
        long biased = Double.doubleToRawLongBits(t) - (ROUNDER_BITS - 2048);
        long half = biased >>> 1;
        double low = Double.longBitsToDouble((half - 1) << 52);
        double high = Double.longBitsToDouble((biased - half - 1) << 52);
        return p * low * high;
    }

    /**
     * The same bits as {@link #exp} for arguments that are not positive, in fewer operations.
     *
     * @param x at most 0, or NaN
     * @return its exponential, in [0, 1]
     */
    public static double expNonPositive(double x) {
        double c = x < LOWEST ? LOWEST : x;
        double t = Math.fma(c, LOG2_E, ROUNDER);
        double p = polynomial(c, t - ROUNDER);
        // 2^(k+64) is normal for every k from -1077 to 0; the last factor rounds once.
        double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(t) + (64 + 1023)) << 52);
        return p * scale * 0x1p-64;
    }

    private static double polynomial(double x, double k) {
        double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
        double p = Math.fma(E11, r, E10);
        p = Math.fma(p, r, E9);
        p = Math.fma(p, r, E8);
        p = Math.fma(p, r, E7);
        p = Math.fma(p, r, E6);
        p = Math.fma(p, r, E5);
        p = Math.fma(p, r, E4);
        p = Math.fma(p, r, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p, r, 1.0);
        return Math.fma(p, r, 1.0);
    }

    /**
     * \( \log(1 + e) \) for e in [0, 1], small e included, within about 1 ulp: the series of \( 2\,\mathrm{artanh}(s) \) with
     * \( s = e / (2 + e) \le 1/3 \).
     *
     * @param e between 0 and 1, or NaN
     * @return log(1 + e)
     */
    public static double log1pUnit(double e) {
        double s = e / (2.0 + e);
        double z = s * s;
        double r = Math.fma(L10, z, L9);
        r = Math.fma(r, z, L8);
        r = Math.fma(r, z, L7);
        r = Math.fma(r, z, L6);
        r = Math.fma(r, z, L5);
        r = Math.fma(r, z, L4);
        r = Math.fma(r, z, L3);
        r = Math.fma(r, z, L2);
        r = Math.fma(r, z, L1);
        // 2 s + s z r = e - s (e - z r), because 2 s = e - s e; this form rounds the small part only.
        return Math.fma(-s, Math.fma(-z, r, e), e);
    }
}
