package io.verity.estimators.logistic;

import java.util.ArrayList;
import java.util.List;

/** The problems of one sample's path in the space of the weights: pivots that start alone, and those between them. */
final class PrimalPath {
    private final Sample sample;
    private final double[] lambdas;
    private final Settings settings;
    private final Pivots pivots;
    private final List<PreconditionerGroup> groups;
    private final List<PrimalProblem> problems = new ArrayList<>();

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
    }

    /** Penalties descending. */
    static PrimalPath of(Sample sample, double[] lambdas, Settings settings) {
        Pivots pivots = new Pivots(lambdas);
        double[] gram = PreconditionerGroup.gram(sample);
        List<PreconditionerGroup> groups = new ArrayList<>();
        for (int i = 0; i < pivots.size(); i++) {
            groups.add(new PreconditionerGroup(sample, lambdas[pivots.index(i)], gram));
        }
        return new PrimalPath(sample, lambdas, settings, pivots, groups);
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

    void startPivots() {
        pivots.start(problems, sample);
    }

    int pivots() {
        return pivots.size();
    }

    /** Starts a pivot from a path solved on other rows; the one before is solved already where this one {@link #waits}. */
    void startPivot(int pivot, PrimalPath solved) {
        if (waits(pivot)) {
            pivots.startAfter(pivot, problems, solved.problems);
        } else {
            pivots.startFrom(pivot, problems, solved.problems);
        }
    }

    /** Whether the curvatures change so fast along the path that a pivot should start from the one before. */
    boolean waits(int pivot) {
        return pivot > 0 && groups.get(pivot).isStale();
    }

    void startOthers() {
        pivots.startBetween(problems, List.of());
    }

    void startOthers(PrimalPath solved) {
        pivots.startBetween(problems, solved.problems);
    }

    /** Bytes that its preconditioners may come to. */
    long factorBytes() {
        return 8L * sample.columns * sample.columns * pivots.size();
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
