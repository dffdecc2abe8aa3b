package io.verity.benchmarks;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.rd.RdSample;
import io.verity.estimators.rd.RdVariance;
import io.verity.estimators.rd.ScalarRd;
import io.verity.estimators.rd.ScalarRdFit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Scalar regression discontinuity against rdrobust for Python where that is installed, else against medians recorded on a quiet
 * machine of two cores (rdrobust 2.0.0, numpy 1.24.2, without a just-in-time compiler). The checksum of a workload is the sum of
 * the conventional estimate, the bandwidth and the robust standard error.
 *
 * <p>Arguments: {@code [--python INTERPRETER] [--script FILE] [--data SENATE.csv] [--repeats N] [--only NAME]}.
 */
public final class RdComparison {
    private static final double GOLDEN = 0.6180339887498949;
    private static final double PLASTIC = 0.7548776662466927;
    private static final double SQUARE = 0.5698402909980532;

    private static final Map<String, Timing> RECORDED = Map.of(
            "rd_senate", new Timing(0.028, 7.414130801972355 + 17.75439722117129 + 1.7412584146075516),
            "rd_20k", new Timing(0.23, 0.9993127064 + 0.1571299283 + 0.0239850098),
            "rd_200k_hc1", new Timing(0.13, 1.0015202499 + 0.1130384436 + 0.0092040523),
            "rd_20k_fuzzy", new Timing(0.22, 1.0009162119 + 0.1775373339 + 0.0292894097));

    private RdComparison() {}

    /**
     * @param arguments see the class comment
     * @throws IOException if the peer cannot be ended
     */
    public static void main(String[] arguments) throws IOException {
        List<String> given = Arrays.asList(arguments);
        List<Workload> chosen = workloads(Path.of(option(given, "--data", "examples/data/senate.csv"))).stream()
                .filter(w -> w.name().contains(option(given, "--only", "")))
                .toList();
        Comparison comparison = new Comparison(Integer.parseInt(option(given, "--repeats", "15")), System.out);
        try (Peer peer = Peer.start(
                option(given, "--python", "python3"),
                Path.of(option(given, "--script", "benchmarks/peers/rd_scalar.py")),
                2)) {
            boolean absent = peer.greeting().startsWith("absent");
            System.out.printf(
                    Locale.ROOT,
                    "peer: %s; ours: Java %s, heap limit %d MB%n",
                    absent
                            ? "rdrobust is not installed, the times are medians recorded on another machine"
                            : peer.greeting().replace("ready ", ""),
                    System.getProperty("java.version"),
                    Runtime.getRuntime().maxMemory() >> 20);
            System.exit(
                    comparison.run(chosen, absent ? (name, size) -> Objects.requireNonNull(RECORDED.get(name)) : peer)
                            ? 0
                            : 1);
        }
    }

    private static String option(List<String> arguments, String name, String fallback) {
        int at = arguments.indexOf(name);
        return at < 0 ? fallback : arguments.get(at + 1);
    }

    private static List<Workload> workloads(Path senate) {
        DataTable table = DataReader.withDefaults().read(senate).complete(List.of("vote", "margin"), true);
        RdSample elections = RdSample.of(table.numbers("vote"), table.numbers("margin"));
        RdSample small = generated(20_000, false);
        RdSample large = generated(200_000, false);
        RdSample fuzzy = generated(20_000, true);
        ScalarRd rd = ScalarRd.withDefaults();
        ScalarRd hc1 = rd.with(RdVariance.HC1);
        return List.of(
                // sizes are numbers of rows; the recorded checksums have ten digits
                new Workload("rd_senate", elections.size(), 5, 1e-9, n -> checksum(rd.fit(elections))),
                new Workload("rd_20k", small.size(), 20, 1e-9, n -> checksum(rd.fit(small))),
                new Workload("rd_200k_hc1", large.size(), 5, 1e-9, n -> checksum(hc1.fit(large))),
                new Workload("rd_20k_fuzzy", fuzzy.size(), 20, 1e-9, n -> checksum(rd.fit(fuzzy))));
    }

    private static double checksum(ScalarRdFit fit) {
        return fit.conventional().estimate()
                + fit.bandwidths().left()
                + fit.robust().standardError();
    }

    private static RdSample generated(int n, boolean fuzzy) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double[] x = new double[n];
        double[] y = new double[n];
        double[] t = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 2 * fraction((i + 0.5) * GOLDEN) - 1;
            double noise = normal.inverseCumulativeProbability(fraction((i + 0.5) * PLASTIC));
            t[i] = x[i] >= 0 ? 1 : 0;
            if (fuzzy) {
                t[i] = fraction((i + 0.5) * SQUARE) < (x[i] >= 0 ? 0.9 : 0.1) ? 1 : 0;
            }
            y[i] = Math.sin(3 * x[i]) + t[i] + 0.3 * noise;
        }
        RdSample sample = RdSample.of(y, x);
        return fuzzy ? sample.withTreatment(t) : sample;
    }

    private static double fraction(double v) {
        return v - Math.floor(v);
    }
}
