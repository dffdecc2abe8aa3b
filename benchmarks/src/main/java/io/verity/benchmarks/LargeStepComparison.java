package io.verity.benchmarks;

import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Workloads W1 to W4 of the large-step paper against numpy with its BLAS.
 *
 * <p>Arguments: {@code [--python INTERPRETER] [--script FILE] [--repeats N] [--threads N] [--only NAME] [--divide N]}.
 */
public final class LargeStepComparison {
    private static final double[] SWEEP_STEPS = {.01, .1, 1, 10, 100, 1e3, 1e4, 1e6};

    private LargeStepComparison() {}

    /**
     * @param arguments see the class comment
     * @throws IOException if the peer cannot be ended
     */
    public static void main(String[] arguments) throws IOException {
        List<String> given = Arrays.asList(arguments);
        int divide = Integer.parseInt(option(given, "--divide", "1"));
        int threads = Integer.parseInt(option(given, "--threads", "2"));
        String only = option(given, "--only", "");
        try (DenseBackend backend = Backends.open(new BackendOptions(threads));
                Peer peer = Peer.start(
                        option(given, "--python", "python3"),
                        Path.of(option(given, "--script", "benchmarks/peers/large_step.py")),
                        threads)) {
            System.out.printf(
                    Locale.ROOT,
                    "peer: %s; ours: backend %s, Java %s; %d threads each; heap limit %d MB%n",
                    peer.greeting().replace("ready ", ""),
                    backend.info().id(),
                    System.getProperty("java.version"),
                    threads,
                    Runtime.getRuntime().maxMemory() >> 20);
            List<Workload> chosen = workloads(divide, backend).stream()
                    .filter(w -> w.name().contains(only))
                    .toList();
            boolean reached =
                    new Comparison(Integer.parseInt(option(given, "--repeats", "5")), System.out).run(chosen, peer);
            System.exit(reached ? 0 : 1);
        }
    }

    private static String option(List<String> arguments, String name, String fallback) {
        int at = arguments.indexOf(name);
        return at < 0 ? fallback : arguments.get(at + 1);
    }

    private static List<Workload> workloads(int divide, DenseBackend backend) {
        SeparableData wide = Instances.sep(2000, 784, .01, 42);
        SeparableData small = Instances.sep(200, 20, .05, 1);
        List<SeparableData> marginSets = List.of(Instances.sep(500, 10, .01, 7), Instances.sep(400, 50, .05, 5));
        return List.of(
                // rounding grows along the trajectory, so the checksums agree to fewer digits than one product does
                new Workload("gd-single", 10_000 / divide, 1.5, 1e-9, n -> single(wide, unstopped(n, backend))),
                new Workload("gd-batch32", 2000 / divide, 1.0, 1e-9, n -> batch(wide, unstopped(n, backend))),
                new Workload("gd-sweep-small", 5000 / divide, 10, 1e-9, n -> sweep(small, unstopped(n, backend))),
                new Workload("maxmargin", Math.max(1, 100 / divide), 1.0, 1e-9, n -> margins(marginSets, n)));
    }

    private static LargeStepLogistic unstopped(int iterations, DenseBackend backend) {
        return LargeStepLogistic.withDefaults()
                .with(backend)
                .withMaxIterations(iterations)
                .with(StopRule.maxIterations());
    }

    private static double single(SeparableData data, LargeStepLogistic run) {
        return norm(run.withStepSize(10).fit(data).theta());
    }

    private static double batch(SeparableData data, LargeStepLogistic run) {
        double[] steps = new double[32];
        for (int k = 0; k < steps.length; k++) {
            steps[k] = Math.pow(10, -3 + 7.0 * k / 31);
        }
        return run.fitAll(data, steps).stream()
                .mapToDouble(fit -> norm(fit.scaledTheta()))
                .sum();
    }

    private static double sweep(SeparableData data, LargeStepLogistic run) {
        List<LargeStepFit> fits =
                run.with(Recorder.of(Field.LOSS, Field.MISCLASSIFIED)).fitAll(data, SWEEP_STEPS);
        return fits.stream().mapToDouble(fit -> Math.log10(norm(fit.theta()))).sum();
    }

    private static double margins(List<SeparableData> sets, int repeats) {
        double sum = 0;
        for (int i = 0; i < repeats; i++) {
            sum = sets.stream()
                    .map(MaxMargin.withDefaults()::solve)
                    .mapToDouble(MarginResult::marginLower)
                    .sum();
        }
        return sum;
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum = Math.fma(v, v, sum);
        }
        return Math.sqrt(sum);
    }
}
