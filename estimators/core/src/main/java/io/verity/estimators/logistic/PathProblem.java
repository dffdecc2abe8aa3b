package io.verity.estimators.logistic;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One penalty of a path that is solved together with the others: Newton's method whose steps come from conjugate gradients,
 * written as a machine that asks for one product with the data, is given it, and goes on to the next. So every pass over the
 * data serves all penalties.
 */
abstract class PathProblem {
    /** Residual reduction of the linear systems: rough at first, then in step with the gradient. */
    private static final double ROUGHEST = 0.1;

    private static final double FINEST = 1e-10;
    static final int MOST_CG_STEPS = 500;

    /** What the machine waits for. */
    enum Want {
        /** The product of the data matrix with the argument. */
        FORWARD,
        /** The product of the transposed data matrix with the argument. */
        BACKWARD,
        /** The preconditioner's solution for the argument. */
        SOLVE,
        /** Nothing: it has ended. */
        NOTHING
    }

    final Sample sample;
    final double lambda;
    final Curvature derivatives;
    final double[] coefficients;
    final double[] scores;
    double intercept;
    double loss;

    private final Progression progression;
    private double objective = Double.POSITIVE_INFINITY;
    private double bestNorm = Double.POSITIVE_INFINITY;
    private double[] bestCoefficients = {};
    private double bestIntercept;

    private final double[] step;
    private final double[] residual;
    private final double[] direction;
    private final double[] stepScores;
    private boolean first;
    private boolean restarted;
    private double firstNorm;
    private double size;
    private double reduction;
    private int cgSteps;
    private int lastCgSteps;

    private Want want = Want.NOTHING;
    private double[] argument = {};

    PathProblem(Sample sample, double lambda, int dimension, Settings settings) {
        this.sample = sample;
        this.lambda = lambda;
        this.derivatives = new Curvature(sample.rows);
        this.coefficients = new double[dimension];
        this.scores = new double[sample.rows];
        this.step = new double[dimension];
        this.residual = new double[dimension];
        this.direction = new double[dimension];
        this.stepScores = new double[sample.rows];
        this.progression = new Progression(
                settings.tolerance * Math.max(1, sample.totalWeight), settings.maxIterations, settings.exact);
    }

    final double[] direction() {
        return direction;
    }

    final Want want() {
        return want;
    }

    final double[] argument() {
        return argument;
    }

    final void ask(Want kind, double[] vector) {
        want = kind;
        argument = vector;
    }

    /** Where the product asked for belongs. */
    abstract double[] target();

    /** Takes the product asked for, which is in {@link #target()} now, and asks for the next. */
    abstract void take();

    /** What it shares with other problems and changes by taking: those take one after the other. */
    Object shared() {
        return this;
    }

    /** Makes what solves for it, if that is to be made anew. */
    void prepareSolver() {}

    /** What solves for it: problems for which it is the same object are solved together. */
    Object solver() {
        throw new IllegalStateException("nothing is solved for this problem");
    }

    /** Applies the preconditioner's inverse to the arguments of problems with the same {@link #solver}. */
    void solve(double[][] arguments, double[][] targets) {
        throw new IllegalStateException("nothing is solved for this problem");
    }

    /** Asks for what the gradient at the current scores needs. */
    abstract void evaluate();

    /** Intercept's part of a step, once the step of the coefficients and its scores are known. */
    abstract double interceptStep(double[] coefficientStep, double[] itsScores);

    /** Inner product of the weights that two vectors of coefficients stand for; the second one's scores are given. */
    abstract double inner(double[] u, double[] v, double[] scoresOfV);

    /** Slope of the objective along a step. */
    abstract double slope(double[] coefficientStep, double[] itsScores, double interceptStep);

    /**
     * Squared norm of a residual in which its reduction is measured.
     *
     * @param preconditioned the squared norm that the preconditioner induces
     */
    abstract double residualNorm(double[] residual, double multiplier, double preconditioned);

    /** Asks for the preconditioned residual, or hands it over at once. */
    abstract void precondition(double[] vector);

    /** Steps after which a system is left as it is: what it gives is still a direction of descent. */
    abstract int mostSteps();

    final int cgStepsOfLastSystem() {
        return lastCgSteps;
    }

    final Status status() {
        return progression.status();
    }

    final int iterations() {
        return progression.iterations();
    }

    final double[] bestCoefficients() {
        return bestCoefficients;
    }

    final double bestIntercept() {
        return bestIntercept;
    }

    /** Notes the gradient; false when the problem has ended. */
    final boolean goesOn(double norm) {
        if (norm < bestNorm) {
            bestNorm = norm;
            bestCoefficients = coefficients.clone();
            bestIntercept = intercept;
        }
        if (progression.endsAt(norm, objective)) {
            ask(Want.NOTHING, new double[0]);
            return false;
        }
        double relative = norm / Math.max(1, sample.totalWeight);
        reduction = Math.max(FINEST, Math.min(ROUGHEST, StrictMath.pow(relative, 0.75)));
        return true;
    }

    /** Begins to solve a system with this right-hand side. */
    final void beginSystem(double[] rightHandSide) {
        Arrays.fill(step, 0);
        Arrays.fill(stepScores, 0);
        System.arraycopy(rightHandSide, 0, residual, 0, residual.length);
        first = true;
        restarted = false;
        cgSteps = 0;
        precondition(residual);
    }

    /** Drops the directions gathered so far, because the preconditioner has changed. */
    final void restart() {
        restarted = true;
    }

    /** Goes on after the preconditioner; the residual may be shifted by a multiplier that the constraint takes up. */
    final void preconditioned(double[] solution, double multiplier) {
        double next = 0;
        for (int i = 0; i < solution.length; i++) {
            next = Math.fma(residual[i] - multiplier, solution[i], next);
        }
        double norm = residualNorm(residual, multiplier, next);
        if (first) {
            first = false;
            firstNorm = norm;
            System.arraycopy(solution, 0, direction, 0, solution.length);
        } else {
            double factor = restarted ? 0 : next / size;
            restarted = false;
            for (int i = 0; i < solution.length; i++) {
                direction[i] = Math.fma(factor, direction[i], solution[i]);
            }
        }
        size = next;
        if (!(size > 0) || !(norm > reduction * reduction * firstNorm) || cgSteps >= mostSteps()) {
            finishStep();
        } else {
            ask(Want.FORWARD, direction);
        }
    }

    /** Goes on after the operator: its image of the direction, and the scores of the direction. */
    final void applied(double[] image, double[] directionScores) {
        double curvature = 0;
        for (int i = 0; i < image.length; i++) {
            curvature = Math.fma(direction[i], image[i], curvature);
        }
        if (!(curvature > 0)) {
            finishStep();
            return;
        }
        double length = size / curvature;
        for (int i = 0; i < image.length; i++) {
            step[i] = Math.fma(length, direction[i], step[i]);
            residual[i] = Math.fma(-length, image[i], residual[i]);
        }
        for (int i = 0; i < stepScores.length; i++) {
            stepScores[i] = Math.fma(length, directionScores[i], stepScores[i]);
        }
        cgSteps++;
        precondition(residual);
    }

    private void finishStep() {
        lastCgSteps = cgSteps;
        double interceptStep = interceptStep(step, stepScores);
        double[] own = scores.clone();
        for (int i = 0; i < own.length; i++) {
            own[i] -= intercept;
        }
        double squares = inner(coefficients, coefficients, own);
        double cross = inner(step, coefficients, own);
        double stepSquares = inner(step, step, stepScores);
        double slope = slope(step, stepScores, interceptStep);
        double[] trial = own;
        double fraction = LineSearch.search(loss + 0.5 * lambda * squares, slope, t -> {
            for (int i = 0; i < trial.length; i++) {
                trial[i] = Math.fma(t, stepScores[i] + interceptStep, scores[i]);
            }
            objective = Curvature.loss(sample, trial) + 0.5 * lambda * (squares + 2 * t * cross + t * t * stepSquares);
            return objective;
        });
        for (int i = 0; i < step.length; i++) {
            coefficients[i] = Math.fma(fraction, step[i], coefficients[i]);
        }
        intercept = Math.fma(fraction, interceptStep, intercept);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.fma(fraction, stepScores[i] + interceptStep, scores[i]);
        }
        evaluate();
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    /** Starts at these coefficients and scores, or at zero. */
    final void start(double @Nullable [] from, double[] fromScores, double fromIntercept) {
        if (from != null) {
            System.arraycopy(from, 0, coefficients, 0, from.length);
        }
        System.arraycopy(fromScores, 0, scores, 0, scores.length);
        intercept = fromIntercept;
        evaluate();
    }

    /** Starts where a solved problem on the same data ended. */
    final void startFrom(PathProblem solved) {
        start(solved.coefficients, solved.scores, solved.intercept);
    }

    /**
     * Starts between the ends of two solved problems: \( \lambda^s \) times the coefficients is interpolated linearly in
     * \( \log\lambda \), with s such that it has the same norm at both ends. (Weights fall like \( 1/\lambda \) where the penalty
     * is strong, and grow like its logarithm where it is weak.) With problems solved on other rows, it is the differences from
     * them that are interpolated.
     *
     * @param others the solved problems with the penalties of this one, of the strong and of the weak one; or none
     */
    final void startBetween(PathProblem strong, PathProblem weak, List<PathProblem> others) {
        double span = StrictMath.log(strong.lambda / weak.lambda);
        double share = span > 0 ? StrictMath.log(strong.lambda / lambda) / span : 0;
        double strongNorm = distance(strong, others.isEmpty() ? null : others.get(1));
        double weakNorm = distance(weak, others.isEmpty() ? null : others.get(2));
        double power = span > 0 && strongNorm > 0 && weakNorm > 0 ? StrictMath.log(weakNorm / strongNorm) / span : 0;
        double ofStrong = (1 - share) * StrictMath.pow(strong.lambda / lambda, power);
        double ofWeak = share * StrictMath.pow(weak.lambda / lambda, power);
        double[] between = new double[coefficients.length];
        double[] f = new double[scores.length];
        double b = (1 - share) * strong.intercept + share * weak.intercept;
        strong.addTo(between, f, ofStrong);
        weak.addTo(between, f, ofWeak);
        if (!others.isEmpty()) {
            b += others.get(0).intercept - (1 - share) * others.get(1).intercept - share * others.get(2).intercept;
            others.get(0).addTo(between, f, 1);
            others.get(1).addTo(between, f, -ofStrong);
            others.get(2).addTo(between, f, -ofWeak);
        }
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
        start(between, f, b);
    }

    /** Starts at one solved problem plus the difference of two others. */
    final void startAt(PathProblem from, PathProblem plus, PathProblem minus) {
        double[] at = new double[coefficients.length];
        double[] f = new double[scores.length];
        from.addTo(at, f, 1);
        plus.addTo(at, f, 1);
        minus.addTo(at, f, -1);
        double b = from.intercept + plus.intercept - minus.intercept;
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
        start(at, f, b);
    }

    private void addTo(double[] coefficientSum, double[] scoreSum, double factor) {
        for (int i = 0; i < coefficientSum.length; i++) {
            coefficientSum[i] = Math.fma(factor, coefficients[i], coefficientSum[i]);
        }
        for (int i = 0; i < scoreSum.length; i++) {
            scoreSum[i] = Math.fma(factor, scores[i] - intercept, scoreSum[i]);
        }
    }

    private static double distance(PathProblem a, @Nullable PathProblem b) {
        double squares = 0;
        for (int i = 0; i < a.coefficients.length; i++) {
            double d = a.coefficients[i] - (b == null ? 0 : b.coefficients[i]);
            squares = Math.fma(d, d, squares);
        }
        return Math.sqrt(squares);
    }
}
