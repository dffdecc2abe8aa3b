package io.verity.simulations.claims;

import io.verity.stats.inference.AsymptoticSequence;
import io.verity.stats.inference.BetaBinomialSequence;
import io.verity.stats.inference.BettingSequence;
import io.verity.stats.inference.ConfidenceSequence;
import io.verity.stats.inference.Interval;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.jspecify.annotations.Nullable;

/** The confidence sequence that a {@link SequentialMean} uses. */
interface MeanMethod {
    /** @return the sequence for an acceptance set */
    ConfidenceSequence start(Acceptance acceptance, double alpha, long cap);

    /** @return the confidence interval that goes with the decisions of the sequence after these values */
    Interval interval(ConfidenceSequence sequence, double[] values, double alpha);

    /** @return what the reader should know of this sequence's guarantee */
    List<String> notes(ConfidenceSequence sequence);

    /** @return draws from a law of this kind with the given mean and standard deviation */
    DoubleSupplier draws(double mean, @Nullable Double deviation, RandomStream stream);

    /** Values 0 and 1: beta-binomial mixture, exact. */
    record Trials(@Nullable Double centre) implements MeanMethod {
        @Override
        public ConfidenceSequence start(Acceptance a, double alpha, long cap) {
            return centre == null
                    ? BetaBinomialSequence.uniform(a.lower(), a.upper(), alpha)
                    : BetaBinomialSequence.centred(centre, a.lower(), a.upper(), alpha);
        }

        @Override
        public Interval interval(ConfidenceSequence sequence, double[] values, double alpha) {
            return ((BetaBinomialSequence) sequence).interval();
        }

        @Override
        public List<String> notes(ConfidenceSequence sequence) {
            return List.of();
        }

        @Override
        public DoubleSupplier draws(double mean, @Nullable Double deviation, RandomStream stream) {
            return () -> stream.nextDouble() < mean ? 1 : 0;
        }
    }

    /** Values in a stated range: hedged betting, exact. */
    record Bounded(double low, double high) implements MeanMethod {
        @Override
        public ConfidenceSequence start(Acceptance a, double alpha, long cap) {
            return new BettingSequence(low, high, a.lower(), a.upper(), alpha);
        }

        @Override
        public Interval interval(ConfidenceSequence sequence, double[] values, double alpha) {
            return BettingSequence.interval(values, low, high, alpha);
        }

        @Override
        public List<String> notes(ConfidenceSequence sequence) {
            return List.of();
        }

        /** Beta with that mean and deviation on the range: the two moments decide how fast capital grows. */
        @Override
        public DoubleSupplier draws(double mean, @Nullable Double deviation, RandomStream stream) {
            if (deviation == null) {
                throw new IllegalStateException("the cap of a bounded mean needs the expected standard deviation");
            }
            double m = (mean - low) / (high - low);
            double sd = deviation / (high - low);
            double size = m * (1 - m) / (sd * sd) - 1;
            if (!(size > 0)) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "no law on [%s, %s] has mean %s and standard deviation %s",
                        low,
                        high,
                        mean,
                        deviation));
            }
            SharedStateContinuousSampler x = AhrensDieterMarsagliaTsangGammaSampler.of(stream, m * size, 1);
            SharedStateContinuousSampler y = AhrensDieterMarsagliaTsangGammaSampler.of(stream, (1 - m) * size, 1);
            return () -> {
                double success = x.sample();
                return low + (high - low) * success / (success + y.sample());
            };
        }
    }

    /** Unbounded values: asymptotic sequence. */
    record Unbounded() implements MeanMethod {
        @Override
        public ConfidenceSequence start(Acceptance a, double alpha, long cap) {
            return new AsymptoticSequence(a.lower(), a.upper(), alpha, AsymptoticSequence.narrowest(cap));
        }

        @Override
        public Interval interval(ConfidenceSequence sequence, double[] values, double alpha) {
            return ((AsymptoticSequence) sequence).interval();
        }

        @Override
        public List<String> notes(ConfidenceSequence sequence) {
            AsymptoticSequence asymptotic = (AsymptoticSequence) sequence;
            return List.of(String.format(
                    Locale.ROOT,
                    "asymptotic: the error probability is a limit; skewness of the replicates %s%s",
                    ReasonText.number(asymptotic.skewness()),
                    asymptotic.blocked() ? ", so means of blocks of 20 were used" : ""));
        }

        @Override
        public DoubleSupplier draws(double mean, @Nullable Double deviation, RandomStream stream) {
            if (deviation == null) {
                throw new IllegalStateException("the cap of an unbounded mean needs the expected standard deviation");
            }
            return () -> mean + deviation * stream.nextGaussian();
        }
    }
}
