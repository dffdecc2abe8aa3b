package io.verity.papers.r3d;

import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.UnitSamples;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.random.RandomStream;
import java.util.Locale;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Designs with two levels of chance: a unit draws its distribution, and then a sample from it. The running variable is uniform on
 * (-1, 1), treatment starts at 0; \( \Delta \) is the effect asked for. The distribution of a unit is
 * \( N(\mu_i, \sigma_i^2) \), in {@link #DGP2} plus twice an exponential variable.
 */
enum Design {
    /** A pure shift (eq. 17): \( \mu_i\sim N(5+5X_i+\Delta\delta_i, 1) \), \( \sigma_i=|N(1+X_i,1)| \). */
    DGP1 {
        @Override
        Unit unit(RandomStream s, double x, double effect) {
            boolean above = x >= 0;
            return Unit.normal(x, above, location(s, x, 1, above ? effect : 0), spread(s, x));
        }
    },
    /**
     * Location and shape (eq. 18): \( \mu_i=U(-5,5)+2X_i+\Delta\delta_i \), \( \sigma_i=1 \), plus 2 Exp of rate
     * \( U(0.5,1.5)+\delta_i/2 \). The paper does not print the change of the rate; 1/2 reproduces its Table 2.
     */
    DGP2 {
        @Override
        Unit unit(RandomStream s, double x, double effect) {
            boolean above = x >= 0;
            double location = -5 + 10 * s.nextDouble() + 2 * x + (above ? effect : 0);
            double rate = .5 + s.nextDouble() + (above ? RATE_CHANGE : 0);
            return new Unit(x, above ? 1 : 0, location, 1, rate);
        }
    },
    /** {@link #DGP1} whose means bend by \( \pm 6x^2 \), so that a straight line through a wide window is biased. */
    DGP3 {
        @Override
        Unit unit(RandomStream s, double x, double effect) {
            boolean above = x >= 0;
            double bend = (above ? 6 : -6) * x * x;
            return Unit.normal(x, above, location(s, x, 1, bend + (above ? effect : 0)), spread(s, x));
        }
    },
    /** Treatment shifts by \( \Delta \) and doubles the spread; units differ more: \( \mu_i \) has standard deviation 2. */
    SCALE {
        @Override
        Unit unit(RandomStream s, double x, double effect) {
            boolean above = x >= 0;
            return Unit.normal(x, above, location(s, x, 2, above ? effect : 0), spread(s, x) * (above ? 2 : 1));
        }
    },
    /** {@link #DGP1} with treatment taken by one in ten units below the cutoff and nine in ten above. */
    FUZZY {
        @Override
        Unit unit(RandomStream s, double x, double effect) {
            boolean treated = s.nextDouble() < (x >= 0 ? .9 : .1);
            return Unit.normal(x, treated, location(s, x, 1, treated ? effect : 0), spread(s, x));
        }
    };

    /** Jump of the rate of {@link #DGP2}'s exponential part. */
    static final double RATE_CHANGE = .5;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * A unit: its running variable, treatment and distribution \( N(\mathrm{location}, \mathrm{scale}^2) + 2\,Exp(\mathrm{rate}) \).
     *
     * @param x running variable
     * @param treatment 0 or 1
     * @param location mean of the normal part
     * @param scale its standard deviation
     * @param rate of the exponential part, infinite where there is none
     */
    record Unit(double x, double treatment, double location, double scale, double rate) {
        static Unit normal(double x, boolean treated, double location, double scale) {
            return new Unit(x, treated ? 1 : 0, location, scale, Double.POSITIVE_INFINITY);
        }

        void sample(RandomStream stream, ZigguratSampler.Exponential exponential, double[] into) {
            for (int j = 0; j < into.length; j++) {
                into[j] = location + scale * stream.nextGaussian();
            }
            if (rate < Double.POSITIVE_INFINITY) {
                for (int j = 0; j < into.length; j++) {
                    into[j] += 2 * exponential.sample() / rate;
                }
            }
        }
    }

    /** Draws the unit at x. */
    abstract Unit unit(RandomStream stream, double x, double effect);

    private static double location(RandomStream stream, double x, double deviation, double shift) {
        return 5 + 5 * x + shift + deviation * stream.nextGaussian();
    }

    private static double spread(RandomStream stream, double x) {
        return Math.abs(1 + x + stream.nextGaussian());
    }

    /**
     * @param stream of the replicate
     * @param units number of units
     * @param perUnit size of every unit's sample
     * @param effect \( \Delta \)
     * @param grid probabilities
     * @return type 7 quantiles of the samples; the same samples as {@link #samples} from an equal stream
     */
    QuantileMatrix quantiles(RandomStream stream, int units, int perUnit, double effect, double... grid) {
        QuantileMatrix.Builder builder = QuantileMatrix.builder(QuantileType.TYPE7, grid);
        double[] treatment = new double[units];
        double[] sample = new double[perUnit];
        ZigguratSampler.Exponential exponential = ZigguratSampler.Exponential.of(stream);
        for (int i = 0; i < units; i++) {
            Unit unit = next(stream, effect);
            unit.sample(stream, exponential, sample);
            treatment[i] = unit.treatment();
            builder.add(unit.x(), sample);
        }
        QuantileMatrix matrix = builder.build();
        return this == FUZZY ? matrix.withTreatment(treatment) : matrix;
    }

    /** The samples themselves; arguments as in {@link #quantiles}. */
    UnitSamples samples(RandomStream stream, int units, int perUnit, double effect) {
        UnitSamples.Builder builder = UnitSamples.builder();
        double[] treatment = new double[units];
        ZigguratSampler.Exponential exponential = ZigguratSampler.Exponential.of(stream);
        for (int i = 0; i < units; i++) {
            Unit unit = next(stream, effect);
            double[] sample = new double[perUnit];
            unit.sample(stream, exponential, sample);
            treatment[i] = unit.treatment();
            builder.add(unit.x(), sample);
        }
        UnitSamples samples = builder.build();
        return this == FUZZY ? samples.withTreatment(treatment) : samples;
    }

    /**
     * The units' own quantile functions instead of those of samples, for designs whose units are normal.
     *
     * @throws IllegalStateException for {@link #DGP2}
     */
    QuantileMatrix exactQuantiles(RandomStream stream, int units, double effect, double... grid) {
        if (this == DGP2) {
            throw new IllegalStateException("the units of " + this + " have no closed quantile function");
        }
        double[] x = new double[units];
        double[] treatment = new double[units];
        double[][] quantiles = new double[units][grid.length];
        double[] z = new double[grid.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = NORMAL.inverseCumulativeProbability(grid[j]);
        }
        for (int i = 0; i < units; i++) {
            Unit unit = next(stream, effect);
            x[i] = unit.x();
            treatment[i] = unit.treatment();
            for (int j = 0; j < z.length; j++) {
                quantiles[i][j] = unit.location() + unit.scale() * z[j];
            }
        }
        QuantileMatrix matrix = QuantileMatrix.of(x, quantiles, grid);
        return this == FUZZY ? matrix.withTreatment(treatment) : matrix;
    }

    private Unit next(RandomStream stream, double effect) {
        return unit(stream, -1 + 2 * stream.nextDouble(), effect);
    }

    /**
     * Quantiles that cross within units and not on average: \( Q_{ij}=X_i+\mu_i+e_{ij}/2+z_{q_j} \) with standard normal
     * \( \mu_i, e_{ij} \). The effect is zero.
     *
     * @param flat leaves \( z_{q_j} \) out, so that the average quantile function is flat
     */
    static QuantileMatrix crossing(RandomStream stream, int units, boolean flat, double... grid) {
        double[] x = new double[units];
        double[][] quantiles = new double[units][grid.length];
        double[] average = new double[grid.length];
        for (int j = 0; j < grid.length; j++) {
            average[j] = flat ? 0 : NORMAL.inverseCumulativeProbability(grid[j]);
        }
        for (int i = 0; i < units; i++) {
            x[i] = -1 + 2 * stream.nextDouble();
            double mu = stream.nextGaussian();
            for (int j = 0; j < grid.length; j++) {
                quantiles[i][j] = x[i] + mu + .5 * stream.nextGaussian() + average[j];
            }
        }
        return QuantileMatrix.of(x, quantiles, grid);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
