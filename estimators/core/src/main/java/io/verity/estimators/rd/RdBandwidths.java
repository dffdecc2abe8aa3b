package io.verity.estimators.rd;

/**
 * Bandwidths on both sides of the cutoff, in units of the running variable.
 *
 * @param left main bandwidth h below the cutoff
 * @param right main bandwidth h above it
 * @param pilotLeft bandwidth b of the bias correction below the cutoff
 * @param pilotRight bandwidth b above it
 */
public record RdBandwidths(double left, double right, double pilotLeft, double pilotRight) {
    /**
     * @param h main bandwidth on both sides
     * @param b bandwidth of the bias correction on both sides
     * @return the bandwidths
     */
    public static RdBandwidths common(double h, double b) {
        return new RdBandwidths(h, h, b, b);
    }
}
