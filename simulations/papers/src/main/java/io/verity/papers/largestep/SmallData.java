package io.verity.papers.largestep;

import io.verity.estimators.largestep.SeparableData;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Adversary;
import io.verity.simulations.claims.ClaimContext;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Six samples in the plane: small enough to search for the data on which a bound is nearly met. */
final class SmallData {
    private static final int ROWS = 6;
    private static final int COLUMNS = 2;
    private static final int SAMPLES = 60;
    private static final double STRIDE = .2;

    /** Narrower margins have bounds so wide that nothing comes near them. */
    private static final double WIDEST_COMPLEXITY = 2500;

    private static final String NAME = "six points found by search";

    private SmallData() {}

    /** The worst run that a search found. */
    record Worst(SeparationTime run, long replicate, long examined) {
        String note(String method) {
            return method + ": an adversarial search over " + examined + " sets of " + ROWS
                    + " points came to at most " + Numbers.text(run.ratio()) + " of the bound, at "
                    + shown(run.instance());
        }
    }

    private static String shown(Instance instance) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> Arrays.stream(instance.data().row(i))
                        .mapToObj(Numbers::text)
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(" "));
    }

    /**
     * Samples data sets, then climbs from the one on which the run comes closest to its bound.
     *
     * @param context streams and parallel map
     * @param timed runs a method on an instance
     * @param steps of the climb
     * @return the closest run
     */
    static Worst worst(ClaimContext context, Function<Instance, SeparationTime> timed, int steps) {
        Adversary.Found<double[][]> found = Adversary.worst(
                context,
                SAMPLES,
                SmallData::draw,
                rows -> {
                    Instance instance = instance(rows);
                    return reachable(instance) ? timed.apply(instance).ratio() : 0;
                },
                SmallData::change,
                steps);
        return new Worst(timed.apply(instance(found.instance())), found.replicate(), found.examined());
    }

    private static Instance instance(double[][] rows) {
        return Instance.of(NAME, SeparableData.ofSignedRows(rows));
    }

    private static boolean reachable(Instance instance) {
        return instance.margin().separable() && instance.complexity() <= WIDEST_COMPLEXITY;
    }

    /** Points of the square, reflected to the positive side of a random direction. */
    private static double[][] draw(RandomStream stream) {
        double[] direction = {stream.nextGaussian(), stream.nextGaussian()};
        double[][] rows = new double[ROWS][COLUMNS];
        for (double[] row : rows) {
            row[0] = 2 * stream.nextDouble() - 1;
            row[1] = 2 * stream.nextDouble() - 1;
            if (row[0] * direction[0] + row[1] * direction[1] < 0) {
                row[0] = -row[0];
                row[1] = -row[1];
            }
        }
        return rows;
    }

    private static double[][] change(double[][] rows, RandomStream stream) {
        double[][] changed = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        int entry = stream.nextInt(ROWS * COLUMNS);
        changed[entry / COLUMNS][entry % COLUMNS] += STRIDE * stream.nextGaussian();
        return changed;
    }
}
