package io.verity.estimators.r3d;

import io.verity.stats.Arguments;
import java.util.Arrays;

/** Where the bandwidths come from. */
public final class Bandwidths {
    /** Selectors. */
    enum Rule {
        PAPER,
        IMSERD,
        R_PACKAGE,
        FIXED
    }

    private final Rule rule;
    private final double[] outcome;
    private final double treatment;
    private final double bias;

    private Bandwidths(Rule rule, double[] outcome, double treatment, double bias) {
        this.rule = rule;
        this.outcome = outcome;
        this.treatment = treatment;
        this.bias = bias;
    }

    /** @return the plug-in rule of the paper (Appendix) with its gaps closed: the default */
    public static Bandwidths paper() {
        return new Bandwidths(Rule.PAPER, new double[0], Double.NaN, Double.NaN);
    }

    /** @return the regularised three-stage rule of Calonico, Cattaneo and Titiunik (2014), integrated over the grid */
    public static Bandwidths imserd() {
        return new Bandwidths(Rule.IMSERD, new double[0], Double.NaN, Double.NaN);
    }

    /** @return the rule of the R package R3D 0.1.0; see {@link Compatibility#R_PACKAGE} */
    public static Bandwidths rPackage() {
        return new Bandwidths(Rule.R_PACKAGE, new double[0], Double.NaN, Double.NaN);
    }

    /**
     * @param h one bandwidth, or (with {@link Method#SIMPLE}) one per quantile, in units of the running variable
     * @return these bandwidths; in a fuzzy design add {@link #withTreatment}
     * @throws IllegalArgumentException if one is not positive and finite, or there is none
     */
    public static Bandwidths fixed(double... h) {
        Arguments.require(h.length > 0, "a fixed bandwidth needs a value");
        for (int j = 0; j < h.length; j++) {
            Arguments.positive(h.length == 1 ? "bandwidth" : "bandwidth of quantile " + (j + 1), h[j]);
        }
        return new Bandwidths(Rule.FIXED, h.clone(), Double.NaN, Double.NaN);
    }

    /**
     * @param numerator bandwidth of the outcome
     * @param denominator bandwidth of the treatment
     * @return both, for a fuzzy design
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public static Bandwidths fuzzy(double numerator, double denominator) {
        return fixed(numerator).withTreatment(denominator);
    }

    /**
     * @param h bandwidth of the treatment
     * @return a copy with that bandwidth instead of a selected one
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Bandwidths withTreatment(double h) {
        return new Bandwidths(rule, outcome, Arguments.positive("bandwidth of the treatment", h), bias);
    }

    /** @return the same for a sharp design */
    Bandwidths withoutTreatment() {
        return new Bandwidths(rule, outcome, Double.NaN, bias);
    }

    /**
     * @param b bandwidth of the bias estimate of {@link BiasCorrection#CCT}
     * @return a copy with that bandwidth
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Bandwidths withBias(double b) {
        return new Bandwidths(rule, outcome, treatment, Arguments.positive("bandwidth of the bias", b));
    }

    Rule rule() {
        return rule;
    }

    double[] outcome() {
        return outcome;
    }

    double treatment() {
        return treatment;
    }

    double bias() {
        return bias;
    }

    @Override
    public String toString() {
        return rule == Rule.FIXED ? "fixed " + Arrays.toString(outcome) : rule.name();
    }
}
