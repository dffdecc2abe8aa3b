package io.verity.simulations.studies;

import io.verity.simulations.store.StoredRow;
import io.verity.stats.Arguments;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A performance measure: what the replicates of one condition are averaged to, with its Monte Carlo standard error (MCSE).
 * Formulas of Morris, White &amp; Crowther, "Using simulation studies to evaluate statistical methods", arXiv 1712.03198,
 * table 6. Failed replicates do not enter; their number stands beside the measure.
 *
 * @param name key
 * @param label what it is, in words
 * @param unit unit, empty when there is none
 * @param kind how contributions become the value
 * @param contribution what a replicate contributes, given the condition
 * @param <C> record type of the conditions
 */
public record Measure<C extends Record>(
        String name, String label, String unit, Kind kind, ToDoubleBiFunction<C, StoredRow> contribution) {

    /** How the contributions \( z_1, \dots, z_n \) of the replicates become a value. */
    public enum Kind {
        /** \( \bar z \), MCSE \( s_z / \sqrt n \). */
        MEAN,
        /** \( \hat p = \bar z \) of zeros and ones, MCSE \( \sqrt{\hat p (1 - \hat p) / n} \). */
        PROPORTION,
        /** \( \sqrt{\bar z} \), MCSE \( s_z / (2 \sqrt{n \bar z}) \) (delta method). */
        ROOT_MEAN
    }

    /**
     * How often a test rejects: its size where the null hypothesis holds, its power elsewhere.
     *
     * @param name key
     * @param pValue metric with the p value
     * @param level the test rejects when the p value is at most this
     * @param <C> record type of the conditions
     * @return the measure
     */
    public static <C extends Record> Measure<C> rejectionRate(String name, String pValue, double level) {
        Arguments.fraction("level", level);
        return new Measure<>(
                name,
                "rejection rate at level " + Numbers.text(level),
                "",
                Kind.PROPORTION,
                (condition, row) -> row.value(pValue) <= level ? 1 : 0);
    }

    /**
     * How often an interval holds the truth.
     *
     * @param name key
     * @param lower metric with the lower end
     * @param upper metric with the upper end
     * @param truth the truth in a condition
     * @param <C> record type of the conditions
     * @return the measure
     */
    public static <C extends Record> Measure<C> coverage(
            String name, String lower, String upper, ToDoubleFunction<C> truth) {
        return new Measure<>(name, "coverage", "", Kind.PROPORTION, (condition, row) -> {
            double value = truth.applyAsDouble(condition);
            return row.value(lower) <= value && value <= row.value(upper) ? 1 : 0;
        });
    }

    /**
     * Mean of estimate minus truth.
     *
     * @param name key
     * @param estimate metric with the estimate
     * @param truth the truth in a condition
     * @param <C> record type of the conditions
     * @return the measure
     */
    public static <C extends Record> Measure<C> bias(String name, String estimate, ToDoubleFunction<C> truth) {
        return new Measure<>(
                name,
                "bias of " + estimate,
                "",
                Kind.MEAN,
                (condition, row) -> row.value(estimate) - truth.applyAsDouble(condition));
    }

    /**
     * Root of the mean squared difference of estimate and truth.
     *
     * @param name key
     * @param estimate metric with the estimate
     * @param truth the truth in a condition
     * @param <C> record type of the conditions
     * @return the measure
     */
    public static <C extends Record> Measure<C> rmse(String name, String estimate, ToDoubleFunction<C> truth) {
        return new Measure<>(name, "root mean squared error of " + estimate, "", Kind.ROOT_MEAN, (condition, row) -> {
            double error = row.value(estimate) - truth.applyAsDouble(condition);
            return error * error;
        });
    }

    /**
     * How often something holds.
     *
     * @param name key
     * @param label what is counted, in words
     * @param event whether it holds, given the condition's value and the row
     * @param <C> record type of the conditions
     * @return the measure
     */
    public static <C extends Record> Measure<C> proportion(String name, String label, Event<C> event) {
        return new Measure<>(name, label, "", Kind.PROPORTION, (condition, row) -> event.holds(condition, row) ? 1 : 0);
    }

    MeasureSummary summary(CensoredMoments contributions) {
        long n = contributions.count();
        double mean = contributions.mean();
        return switch (kind) {
            case MEAN -> new MeasureSummary(name, n, mean, contributions.meanError());
            case PROPORTION -> new MeasureSummary(name, n, mean, Math.sqrt(mean * (1 - mean) / n));
            case ROOT_MEAN -> {
                double root = Math.sqrt(mean);
                double error = contributions.meanError();
                yield new MeasureSummary(name, n, root, error == 0 ? 0 : error / (2 * root));
            }
        };
    }

    /**
     * Something that a replicate shows or not.
     *
     * @param <C> record type of the conditions
     */
    @FunctionalInterface
    public interface Event<C extends Record> {
        /**
         * @param condition the condition
         * @param row the replicate's row
         * @return whether it holds
         */
        boolean holds(C condition, StoredRow row);
    }
}
