package io.verity.papers.largestep;

import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.estimators.largestep.SeparableData;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimContext;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A data set with a name and its certified geometry: what every claim of this paper assumes and reports.
 *
 * @param name how to make it again ({@code sep(100,5,0.05,17)}) or what it is called
 * @param data signed rows
 * @param margin certified interval of the margin, and the max-margin direction
 */
record Instance(String name, SeparableData data, MarginResult margin) {

    static Instance of(String name, SeparableData data) {
        return new Instance(name, data, MaxMargin.withDefaults().solve(data));
    }

    /** One of the named data sets of the estimators. */
    static Instance named(String name) {
        return of(name, Instances.named(name));
    }

    /** The named data sets without wdbc, whose bounds of 2e8 iterations and more are out of reach. */
    static List<Instance> allNamed(ClaimContext context) {
        return context.map(
                Instances.names().stream().filter(name -> !name.equals("wdbc")).toList(), Instance::named);
    }

    /** The five on which trajectories are followed: toy, worst case, two with a gap, and one with more columns than rows. */
    static List<Instance> five(ClaimContext context) {
        return context.map(List.of("wutoy", "worst200", "sepA", "sepB", "gmix"), Instance::named);
    }

    /** {@code sep(100,5,0.05,seed)} with seeds drawn from the claim's streams 0 to count - 1. */
    static List<Instance> drawn(ClaimContext context, int count) {
        List<Long> replicates = LongStream.range(0, count).boxed().toList();
        return context.map(replicates, r -> sep(context.stream(r).nextLong()));
    }

    static Instance sep(long seed) {
        return of("sep(100,5,0.05," + seed + ")", Instances.sep(100, 5, 0.05, seed));
    }

    int n() {
        return data.n();
    }

    double radius() {
        return data.radius();
    }

    /** Upper end of the certified interval: bounds are tightest there. */
    double mu() {
        return margin.marginUpper();
    }

    /** The signed rows in full precision, where they are few; else the name, from which the data can be made again. */
    String rows() {
        if (data.n() * data.d() > 40) {
            return name;
        }
        return IntStream.range(0, data.n())
                .mapToObj(i -> Arrays.stream(data.row(i))
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", ", "z = ", ""));
    }

    /** \( R^2/\mu^2 \). */
    double complexity() {
        double ratio = radius() / mu();
        return ratio * ratio;
    }

    /** Writes the measured assumptions of the instances, and a table of them, into a record. */
    static Always describe(Always record, List<Instance> instances) {
        long separable =
                instances.stream().filter(i -> i.margin().marginLower() > 0).count();
        record.assumption("start", "theta_0 = 0")
                .assumption(
                        "separable",
                        separable == instances.size() ? "YES, certified" : separable + " of " + instances.size());
        if (instances.size() == 1) {
            Instance only = instances.get(0);
            return record.assumption("data", only.name())
                    .assumption("rows n", Integer.toString(only.n()))
                    .assumption("columns d", Integer.toString(only.data().d()))
                    .assumption("radius R", Numbers.text(only.radius()))
                    .assumption(
                            "margin mu",
                            String.format(
                                    Locale.ROOT,
                                    "%.10g, certified to %.1e",
                                    only.margin().marginLower(),
                                    only.mu() - only.margin().marginLower()));
        }
        return record.assumption("data", instances.size() + " instances")
                .assumption(
                        "rows n",
                        Numbers.range(
                                instances.stream().mapToInt(Instance::n).min().orElseThrow(),
                                instances.stream().mapToInt(Instance::n).max().orElseThrow()))
                .assumption(
                        "radius R",
                        Numbers.range(
                                instances.stream()
                                        .mapToDouble(Instance::radius)
                                        .min()
                                        .orElseThrow(),
                                instances.stream()
                                        .mapToDouble(Instance::radius)
                                        .max()
                                        .orElseThrow()))
                .assumption(
                        "margin mu",
                        Numbers.range(
                                        instances.stream()
                                                .mapToDouble(i -> i.margin().marginLower())
                                                .min()
                                                .orElseThrow(),
                                        instances.stream()
                                                .mapToDouble(Instance::mu)
                                                .max()
                                                .orElseThrow())
                                + " (intervals in the table of instances)")
                .table(table(instances));
    }

    private static ResultTable table(List<Instance> instances) {
        ResultTable.Builder table = ResultTable.named("instances", "Instances and their certified geometry")
                .text("instance", "instance")
                .integer("n", "n", "")
                .integer("d", "d", "")
                .number("radius", "R", "")
                .number("marginLower", "margin, lower end", "")
                .number("marginUpper", "margin, upper end", "")
                .number("complexity", "R²/μ²", "");
        int shown = Math.min(instances.size(), 40);
        for (Instance i : instances.subList(0, shown)) {
            table.row(
                    i.name(),
                    i.n(),
                    i.data().d(),
                    i.radius(),
                    i.margin().marginLower(),
                    i.margin().marginUpper(),
                    i.complexity());
        }
        if (shown < instances.size()) {
            table.note("the first " + shown + " of " + instances.size() + " instances");
        }
        return table.build();
    }
}
