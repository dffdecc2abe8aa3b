package io.verity.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs workloads in turn with a peer, ours and theirs alternating, so that a change of the machine's speed meets both, and
 * prints medians and the median of the ratios pair by pair.
 */
final class Comparison {
    private static final long WARM_NANOS = 6_000_000_000L;

    private final int repeats;
    private final PrintStream out;

    Comparison(int repeats, PrintStream out) {
        this.repeats = repeats;
        this.out = out;
    }

    /** Returns whether every workload reached its target with an equal checksum. */
    boolean run(List<Workload> workloads, Opponent peer) {
        out.printf(
                Locale.ROOT,
                "%-16s %8s %12s %12s %8s %8s %8s  %-7s %s%n",
                "workload",
                "size",
                "peer s",
                "ours s",
                "ratio",
                "min",
                "target",
                "reached",
                "checksum (relative difference)");
        boolean all = true;
        for (Workload workload : workloads) {
            all &= compare(workload, peer);
        }
        return all;
    }

    private boolean compare(Workload workload, Opponent peer) {
        double checksum = workload.run().applyAsDouble(workload.size());
        boolean same = warm(workload, checksum);
        peer.run(workload.name(), workload.size());
        double[] ours = new double[repeats];
        double[] theirs = new double[repeats];
        double[] ratios = new double[repeats];
        double difference = 0;
        for (int i = 0; i < repeats; i++) {
            Timing peerTiming = peer.run(workload.name(), workload.size());
            Timing ourTiming = Timing.of(() -> workload.run().applyAsDouble(workload.size()));
            theirs[i] = peerTiming.seconds();
            ours[i] = ourTiming.seconds();
            ratios[i] = theirs[i] / ours[i];
            same &= checksum == ourTiming.checksum();
            difference = Math.max(difference, Math.abs(checksum - peerTiming.checksum()) / Math.abs(checksum));
        }
        boolean equal = same && difference <= workload.checksumTolerance();
        boolean reached = equal && median(ratios) >= workload.target();
        out.printf(
                Locale.ROOT,
                "%-16s %8d %12.5f %12.5f %8.2f %8.2f %8.1f  %-7s %s (%.1e%s)%n",
                workload.name(),
                workload.size(),
                median(theirs),
                median(ours),
                median(ratios),
                Arrays.stream(ratios).min().orElse(Double.NaN),
                workload.target(),
                reached ? "yes" : "NO",
                checksum,
                difference,
                equal ? "" : ", NOT EQUAL");
        return reached;
    }

    /** Uncounted runs, two at least: short ones say nothing before the compiler of the JVM has seen them for seconds. */
    private static boolean warm(Workload workload, double checksum) {
        boolean same = true;
        long end = System.nanoTime() + WARM_NANOS;
        do {
            same &= checksum == workload.run().applyAsDouble(workload.size());
        } while (System.nanoTime() < end);
        return same;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
    }
}
