package io.verity.examples;

import io.verity.simulations.studies.Measure;
import io.verity.simulations.studies.Row;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import io.verity.stats.random.RandomStream;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.TTest;

/** A study of one's own: the power of Welch's t test by group size and effect. The guide explains it line by line. */
public final class PowerStudy {
    private PowerStudy() {}

    /**
     * A condition.
     *
     * @param n observations per group
     * @param effect distance of the group means in standard deviations
     */
    public record Design(int n, double effect) {}

    /** @return the study */
    public static Study<Design> study() {
        return Study.named("examples/power", Design.class)
                .title("Power of Welch's t test at level 0.05")
                .factor("n", 10, 20, 40)
                .factor("effect", 0.0, 0.5, 1.0)
                .metric("p", "p value")
                .measure(Measure.rejectionRate("power", "p", 0.05))
                .replicates(2000)
                .replicate((design, stream) -> {
                    double[] control = normals(design.n(), 0, stream);
                    double[] treated = normals(design.n(), design.effect(), stream);
                    return Row.of(
                            "p", TTest.withDefaults().test(control, treated).getPValue());
                });
    }

    static double[] normals(int n, double mean, RandomStream stream) {
        return DoubleStream.generate(() -> mean + stream.nextGaussian())
                .limit(n)
                .toArray();
    }

    /**
     * Runs the study, or what is missing of it, and prints its result.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        SimulationResult result =
                StudyRunner.withDefaults().withStore(Path.of("power.db")).run(study());
        System.out.println(result);
    }
}
