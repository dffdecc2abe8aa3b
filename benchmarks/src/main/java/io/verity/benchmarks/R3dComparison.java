package io.verity.benchmarks;

import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.Compatibility;
import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.R3dFit;
import io.verity.estimators.r3d.UnitSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Distribution-valued regression discontinuity against the R package R3D 0.1.0 where R and that package are installed, else
 * against medians of it recorded on a quiet machine of two cores; and five million observations without a peer. Everything is
 * timed from raw samples to bands and tests. The checksum is the sum of the effects, so ours run in the compatibility mode,
 * whose rules cost as much as the default ones ({@code --rules verity} times those).
 *
 * <p>Arguments: {@code [--rscript INTERPRETER] [--script FILE] [--repeats N] [--only NAME] [--rules package|verity]}.
 */
public final class R3dComparison {
    private static final double GOLDEN = 0.6180339887498949;
    private static final double PLASTIC = 0.7548776662466927;
    private static final double SQUARE = 0.5698402909980532;
    private static final double CUBIC = 0.8191725133961645;
    private static final double ROW = 0.6710436067037893;

    private static final double TARGET = 20;
    private static final double MILLIONS_TARGET_SECONDS = 2;

    private static final Map<String, Timing> RECORDED = Map.of(
            "r3d_small_frechet", new Timing(0.29, 190.69646361),
            "r3d_small_simple", new Timing(0.83, 194.42585220),
            "r3d_mid_frechet", new Timing(1.0, 177.78618473),
            "r3d_large_frechet", new Timing(4.1, 199.88729219),
            "r3d_boot5000_frechet", new Timing(7.3, 180.36545768),
            "r3d_boot5000_simple", new Timing(10.0, 180.36536841));

    private R3dComparison() {}

    /**
     * @param arguments see the class comment
     * @throws IOException if the peer cannot be ended
     */
    public static void main(String[] arguments) throws IOException {
        List<String> given = Arrays.asList(arguments);
        String only = option(given, "--only", "");
        int repeats = Integer.parseInt(option(given, "--repeats", "9"));
        boolean ownRules = option(given, "--rules", "package").equals("verity");
        List<Workload> chosen = workloads(ownRules).stream()
                .filter(w -> w.name().contains(only))
                .toList();
        boolean reached = true;
        if (!chosen.isEmpty()) {
            try (Peer peer = start(given)) {
                String greeting = peer == null ? "absent" : peer.greeting();
                boolean live = peer != null && !greeting.startsWith("absent");
                Opponent recorded = (name, size) -> Objects.requireNonNull(RECORDED.get(name));
                Opponent opponent = peer != null && live ? peer : recorded;
                System.out.printf(
                        Locale.ROOT,
                        "peer: %s; ours: Java %s, %s rules, heap limit %d MB%n",
                        live
                                ? greeting.replace("ready ", "")
                                : "the R package R3D is not installed, the times are medians recorded on another machine",
                        System.getProperty("java.version"),
                        ownRules ? "default" : "the package's",
                        Runtime.getRuntime().maxMemory() >> 20);
                reached = new Comparison(repeats, System.out).run(chosen, opponent);
            }
        }
        if ("r3d_5_million".contains(only)) {
            reached &= millions(repeats);
        }
        System.exit(reached ? 0 : 1);
    }

    private static @Nullable Peer start(List<String> given) {
        try {
            return Peer.start(
                    option(given, "--rscript", "Rscript"),
                    Path.of(option(given, "--script", "benchmarks/peers/r3d.R")),
                    2);
        } catch (UncheckedIOException e) {
            return null; // no R on this machine
        }
    }

    private static String option(List<String> arguments, String name, String fallback) {
        int at = arguments.indexOf(name);
        return at < 0 ? fallback : arguments.get(at + 1);
    }

    private static List<Workload> workloads(boolean ownRules) {
        R3d base = R3d.withDefaults().withDraws(200);
        R3d r3d = ownRules ? base : base.with(Compatibility.R_PACKAGE);
        R3d given = r3d.with(Bandwidths.fixed(0.5));
        R3d draws = given.withDraws(5000);
        return List.of(
                workload("r3d_small_frechet", ownRules, r3d, 500, 50),
                workload("r3d_small_simple", ownRules, r3d.with(Method.SIMPLE), 500, 50),
                workload("r3d_mid_frechet", ownRules, r3d, 2000, 500),
                workload("r3d_large_frechet", ownRules, given, 10_000, 100),
                workload("r3d_boot5000_frechet", ownRules, draws, 2000, 100),
                workload("r3d_boot5000_simple", ownRules, draws.with(Method.SIMPLE), 2000, 100));
    }

    /** Other rules give other sums. */
    private static Workload workload(String name, boolean ownRules, R3d r3d, int units, int observations) {
        Data data = Data.generated(units, observations);
        return new Workload(
                name, units, TARGET, ownRules ? Double.POSITIVE_INFINITY : 1e-8, n -> sum(r3d.fit(data.samples())));
    }

    private static double sum(R3dFit fit) {
        return Arrays.stream(fit.tau()).sum();
    }

    /**
     * What a user holds before anything is done.
     *
     * @param x running variable
     * @param y samples
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Data(double[] x, double[][] y) {
        UnitSamples samples() {
            return UnitSamples.of(x, y);
        }

        static Data generated(int units, int observations) {
            double[] x = new double[units];
            double[][] y = new double[units][observations];
            for (int i = 0; i < units; i++) {
                x[i] = 2 * fraction((i + 0.5) * GOLDEN) - 1;
                double level = 5 + 5 * x[i] + normal(fraction((i + 0.5) * PLASTIC)) + (x[i] >= 0 ? 2 : 0);
                double spread = Math.abs(1 + x[i] + normal(fraction((i + 0.5) * SQUARE)));
                for (int j = 0; j < observations; j++) {
                    double u = fraction((j + 0.5) * CUBIC + (i + 0.5) * ROW);
                    y[i][j] = level + spread * normal(Math.min(Math.max(u, 1e-9), 1 - 1e-9));
                }
            }
            return new Data(x, y);
        }
    }

    private static double normal(double probability) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }

    private static double fraction(double v) {
        return v - Math.floor(v);
    }

    /** 5 million observations in 50,000 units, 20 quantiles, 100 draws, the default rules: seconds, and the peak of the heap. */
    private static boolean millions(int repeats) {
        Data data = Data.generated(50_000, 100);
        double[] grid = new double[20];
        for (int j = 0; j < grid.length; j++) {
            grid[j] = (j + 0.5) / grid.length;
        }
        R3d r3d = R3d.withDefaults().withGrid(grid).withDraws(100);
        DoubleSupplier work = () -> sum(r3d.fit(data.samples()));
        double checksum = work.getAsDouble();
        boolean same = checksum == work.getAsDouble(); // the second run in which the virtual machine warms up
        System.gc();
        double before =
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            seconds[i] = Timing.of(work).seconds();
        }
        long peak =
                pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        Arrays.sort(seconds);
        double median = seconds[repeats / 2];
        System.out.printf(
                Locale.ROOT,
                "r3d_5_million    %.3f s (median of %d, slowest %.3f), target %.0f s: %s; sum of effects %s; heap %.0f MB with the"
                        + " data alone, %.0f MB at its peak (garbage included)%n",
                median,
                repeats,
                seconds[repeats - 1],
                MILLIONS_TARGET_SECONDS,
                median <= MILLIONS_TARGET_SECONDS ? "reached" : "NOT REACHED",
                checksum,
                before / (1 << 20),
                peak / (double) (1 << 20));
        return same && median <= MILLIONS_TARGET_SECONDS;
    }
}
