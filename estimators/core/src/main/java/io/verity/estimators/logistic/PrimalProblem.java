package io.verity.estimators.logistic;

/**
 * A penalty solved in the space of the weights. The intercept is eliminated: with \( \tilde H = H - hh^\top/\sum_i h_i \) a
 * Newton step solves \( (Z^\top \tilde H Z + \lambda I) d = -(Z^\top (e - h \sum_i e_i / \sum_i h_i) + \lambda w) \) by
 * conjugate gradients, preconditioned by a Cholesky factor of the Hessian of an earlier iterate.
 */
final class PrimalProblem extends PathProblem {
    /** Steps of a system beyond which a new factor is the cheaper way. */
    private static final int PATIENT_STEPS = 40;

    private final PreconditionerGroup group;
    private final double[] rowVector;
    private final double[] image;
    private final double[] gradient;
    private final double[] directionScores;
    private final double[] product;
    private final double[] solution;
    private double interceptGradient;
    private double curvatureSum;
    private boolean gradientPending;
    private int preconditioner;
    private int systemPreconditioner;

    PrimalProblem(Sample sample, double lambda, PreconditionerGroup group, Settings settings) {
        super(sample, lambda, sample.columns, settings);
        this.group = group;
        rowVector = new double[sample.rows];
        image = new double[sample.columns];
        gradient = new double[sample.columns];
        product = new double[sample.columns];
        solution = new double[sample.columns];
        directionScores = new double[sample.rows];
    }

    @Override
    Object shared() {
        return group;
    }

    @Override
    Object solver() {
        return group.solver();
    }

    @Override
    void prepareSolver() {
        group.prepare();
    }

    @Override
    void solve(double[][] from, double[][] to) {
        group.solve(from, to);
    }

    /** Whether the preconditioner that the last system began with is still the group's. */
    boolean knowsPreconditioner() {
        return systemPreconditioner == group.version();
    }

    @Override
    void evaluate() {
        loss = derivatives.at(sample, scores);
        double[] h = derivatives.curvature;
        double ratio = 0;
        interceptGradient = 0;
        if (sample.intercept) {
            interceptGradient = PrimalNewton.sum(derivatives.slope);
            curvatureSum = Math.max(PrimalNewton.sum(h), Double.MIN_NORMAL);
            ratio = interceptGradient / curvatureSum;
        }
        for (int i = 0; i < rowVector.length; i++) {
            rowVector[i] = Math.fma(-ratio, h[i], derivatives.slope[i]);
        }
        gradientPending = true;
        ask(Want.BACKWARD, rowVector);
    }

    @Override
    double[] target() {
        return switch (want()) {
            case FORWARD -> directionScores;
            case BACKWARD -> product;
            case SOLVE, NOTHING -> solution;
        };
    }

    @Override
    void take() {
        switch (want()) {
            case FORWARD -> {
                double mean = 0;
                double[] h = derivatives.curvature;
                if (sample.intercept) {
                    mean = dot(h, directionScores) / curvatureSum;
                }
                for (int i = 0; i < rowVector.length; i++) {
                    rowVector[i] = h[i] * (directionScores[i] - mean);
                }
                ask(Want.BACKWARD, rowVector);
            }
            case BACKWARD -> {
                if (gradientPending) {
                    takeGradient();
                } else {
                    double[] direction = direction();
                    for (int j = 0; j < image.length; j++) {
                        image[j] = Math.fma(lambda, direction[j], product[j]);
                    }
                    applied(image, directionScores);
                }
            }
            case SOLVE -> {
                if (group.version() != preconditioner) {
                    preconditioner = group.version();
                    restart();
                }
                preconditioned(solution, 0);
            }
            case NOTHING -> throw new IllegalStateException("nothing was asked for");
        }
    }

    private void takeGradient() {
        gradientPending = false;
        double norm = Math.abs(interceptGradient);
        double[] rightHandSide = new double[product.length];
        for (int j = 0; j < product.length; j++) {
            gradient[j] = Math.fma(lambda, coefficients[j], product[j]);
            rightHandSide[j] = -gradient[j];
            norm = Math.max(norm, Math.abs(gradient[j]));
        }
        if (goesOn(norm)) {
            group.refreshFor(this);
            preconditioner = group.version();
            systemPreconditioner = preconditioner;
            beginSystem(rightHandSide);
        }
    }

    @Override
    void precondition(double[] vector) {
        ask(Want.SOLVE, vector);
    }

    @Override
    double interceptStep(double[] coefficientStep, double[] itsScores) {
        return sample.intercept ? -(interceptGradient + dot(derivatives.curvature, itsScores)) / curvatureSum : 0;
    }

    @Override
    double inner(double[] u, double[] v, double[] scoresOfV) {
        return dot(u, v);
    }

    @Override
    double slope(double[] coefficientStep, double[] itsScores, double interceptStep) {
        // The reduced gradient leaves out what the intercept takes up: g'd + g_b db = reduced'd + g_b (db + h'Zd / sum
        // h).
        double taken = sample.intercept ? dot(derivatives.curvature, itsScores) / curvatureSum : 0;
        return dot(gradient, coefficientStep) + interceptGradient * (interceptStep + taken);
    }

    @Override
    double residualNorm(double[] residual, double shift, double preconditioned) {
        return preconditioned;
    }

    @Override
    int mostSteps() {
        return group.canRefresh() ? PATIENT_STEPS : MOST_CG_STEPS;
    }
}
