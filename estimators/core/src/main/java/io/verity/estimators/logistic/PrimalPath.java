package io.verity.estimators.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The problems of one sample's path in the space of the weights: pivots that start alone, and those between them. */
final class PrimalPath {
    private final Sample sample;
    private final double[] lambdas;
    private final Settings settings;
    private final Pivots pivots;
    private final List<PreconditionerGroup> groups;
    private final List<PrimalProblem> problems = new ArrayList<>();
    private final Starts starts;

    private PrimalPath(
            Sample sample, double[] lambdas, Settings settings, Pivots pivots, List<PreconditionerGroup> groups) {
        this.sample = sample;
        this.lambdas = lambdas;
        this.settings = settings;
        this.pivots = pivots;
        this.groups = groups;
        for (int k = 0; k < lambdas.length; k++) {
            problems.add(new PrimalProblem(sample, lambdas[k], groups.get(pivots.nearest(k)), settings));
        }
        starts = new Starts(pivots, problems);
    }

    /** Penalties descending. */
    static PrimalPath of(Sample sample, double[] lambdas, Settings settings) {
        Pivots pivots = new Pivots(lambdas);
        double[] chosen = new double[pivots.size()];
        Arrays.setAll(chosen, i -> lambdas[pivots.index(i)]);
        return new PrimalPath(sample, lambdas, settings, pivots, PreconditionerGroup.of(sample, chosen));
    }

    /** The same penalties for other rows of the same matrix; the preconditioners are at first those of this path. */
    PrimalPath with(Sample other) {
        Settings compared = settings.clone();
        compared.exact = false;
        List<PreconditionerGroup> begun = groups.stream()
                .map(group -> new PreconditionerGroup(group, other))
                .toList();
        return new PrimalPath(other, lambdas, compared, pivots, begun);
    }

    List<PrimalProblem> problems() {
        return problems;
    }

    /** Starts what can be started: pivots from zero, the others between solved pivots. */
    void start() {
        starts.start(sample);
    }

    /**
     * Starts what can be started from a path solved on other rows: pivots where its pivots ended, but after the one before where
     * the curvatures change so fast along the path that this is nearer; the others between solved pivots.
     */
    void start(PrimalPath solved) {
        for (int i = 0; i < pivots.size(); i++) {
            boolean chained = i > 0 && chained(i);
            if (starts.isStarted(i) || (chained && !starts.isNext(i))) {
                continue;
            }
            starts.started(i);
            if (chained) {
                pivots.startAfter(i, problems, solved.problems);
            } else {
                pivots.startFrom(i, problems, solved.problems);
            }
        }
        starts.startBetween(solved.problems);
    }

    private boolean chained(int pivot) {
        return groups.get(pivot).isStale();
    }

    /** Memory that its preconditioners hold. */
    long preconditionerBytes() {
        return groups.stream().mapToLong(PreconditionerGroup::bytes).sum();
    }

    List<Optimum> ends() {
        List<Optimum> optima = new ArrayList<>();
        for (PathProblem problem : problems) {
            optima.add(new Optimum(
                    problem.bestCoefficients(), problem.bestIntercept(), problem.iterations(), problem.status()));
        }
        return optima;
    }
}
