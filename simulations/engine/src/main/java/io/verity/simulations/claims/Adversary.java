package io.verity.simulations.claims;

import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Looks for the instance that comes closest to violating a statement: samples instances, then climbs from the worst of
 * them by random changes that make it worse. All randomness comes from the claim's streams: sample i from replicate i, the
 * climb from the algorithm stream of the worst sample's replicate.
 */
public final class Adversary {
    private Adversary() {}

    /**
     * The worst instance found.
     *
     * @param instance the instance
     * @param severity its severity
     * @param replicate replicate from which the sampled instance came
     * @param sampledSeverity the worst severity among the samples, before climbing
     * @param examined instances examined
     * @param <T> type of the instances
     */
    public record Found<T>(T instance, double severity, long replicate, double sampledSeverity, long examined) {}

    /**
     * @param context streams and parallel map
     * @param samples number of sampled instances, replicates 0 to samples - 1
     * @param draw draws an instance
     * @param severity how bad an instance is (a relative excess, a ratio); larger is worse
     * @param change a random variant of an instance
     * @param steps number of changes tried from the worst sample
     * @param <T> type of the instances
     * @return the worst instance
     * @throws IllegalArgumentException if there is no sample or the number of steps is negative
     * @throws ArithmeticException if a severity is NaN
     */
    public static <T> Found<T> worst(
            ClaimContext context,
            int samples,
            Function<? super RandomStream, ? extends T> draw,
            ToDoubleFunction<? super T> severity,
            BiFunction<? super T, ? super RandomStream, ? extends T> change,
            int steps) {
        Arguments.atLeast("samples", samples, 1);
        Arguments.atLeast("steps", steps, 0);
        List<Long> replicates = LongStream.range(0, samples).boxed().toList();
        List<Found<T>> sampled = context.map(replicates, r -> {
            T instance = draw.apply(context.stream(r));
            double s = checked(severity.applyAsDouble(instance), "sample " + r);
            return new Found<>(instance, s, r, s, samples);
        });
        Found<T> start = sampled.get(0);
        for (Found<T> candidate : sampled) {
            if (candidate.severity() > start.severity()) {
                start = candidate;
            }
        }
        RandomStream stream = context.stream(start.replicate()).forPurpose(RandomStream.ALGORITHM);
        T worst = start.instance();
        double worstSeverity = start.severity();
        for (int step = 0; step < steps; step++) {
            T candidate = change.apply(worst, stream);
            double s = checked(severity.applyAsDouble(candidate), "step " + step + " from sample " + start.replicate());
            if (s > worstSeverity) {
                worst = candidate;
                worstSeverity = s;
            }
        }
        return new Found<>(worst, worstSeverity, start.replicate(), start.severity(), (long) samples + steps);
    }

    private static double checked(double severity, String where) {
        if (Double.isNaN(severity)) {
            throw new ArithmeticException("the severity of " + where + " is NaN");
        }
        return severity;
    }
}
