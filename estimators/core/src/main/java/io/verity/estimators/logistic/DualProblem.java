package io.verity.estimators.logistic;

/**
 * A penalty solved in the space of the rows, \( w = Z^\top a \). With \( \varepsilon = e + \lambda a \) (whose image
 * \( Z^\top\varepsilon \) is the gradient) a Newton step solves \( (K + \lambda H^{-1}) d + \beta 1 = -H^{-1}\varepsilon \),
 * \( 1^\top d = 0 \), by conjugate gradients in that subspace with the diagonal as preconditioner. Written for the increment,
 * so that it is exact to rounding at the optimum.
 */
final class DualProblem extends PathProblem {
    private static final double SMALLEST_CURVATURE = 1e-30;

    private final double[] kernelDiagonal;
    private final double[] error;
    private final double[] ratio;
    private final double[] inverse;
    private final double[] image;
    private final double[] solution;
    private final double[] errorImage;
    private final double[] product;
    private double inverseSum;
    private double multiplier;
    private double interceptGradient;
    private boolean gradientPending;

    DualProblem(Sample sample, double lambda, double[] kernelDiagonal, Settings settings) {
        super(sample, lambda, sample.rows, settings);
        this.kernelDiagonal = kernelDiagonal;
        int n = sample.rows;
        error = new double[n];
        ratio = new double[n];
        inverse = new double[n];
        image = new double[n];
        errorImage = new double[n];
        product = new double[n];
        solution = new double[n];
    }

    @Override
    void evaluate() {
        loss = derivatives.at(sample, scores);
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.fma(lambda, coefficients[i], derivatives.slope[i]);
        }
        interceptGradient = sample.intercept ? PrimalNewton.sum(derivatives.slope) : 0;
        gradientPending = true;
        ask(Want.FORWARD, error);
    }

    @Override
    double[] target() {
        return gradientPending ? errorImage : product;
    }

    @Override
    void take() {
        if (!gradientPending) {
            double[] direction = direction();
            for (int i = 0; i < image.length; i++) {
                image[i] = Math.fma(ratio[i], direction[i], product[i]);
            }
            applied(image, product);
            return;
        }
        gradientPending = false;
        double norm = Math.max(Math.sqrt(Math.max(0, dot(error, errorImage))), Math.abs(interceptGradient));
        if (!goesOn(norm)) {
            return;
        }
        double[] rightHandSide = new double[error.length];
        inverseSum = 0;
        for (int i = 0; i < error.length; i++) {
            double h = Math.max(derivatives.curvature[i], SMALLEST_CURVATURE);
            ratio[i] = lambda / h;
            inverse[i] = 1 / (kernelDiagonal[i] + ratio[i]);
            inverseSum += inverse[i];
            rightHandSide[i] = -error[i] / h;
        }
        beginSystem(rightHandSide);
    }

    @Override
    void precondition(double[] vector) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            solution[i] = inverse[i] * vector[i];
            sum += solution[i];
        }
        multiplier = sample.intercept ? sum / inverseSum : 0;
        for (int i = 0; i < vector.length; i++) {
            solution[i] = Math.fma(-multiplier, inverse[i], solution[i]);
        }
        preconditioned(solution, multiplier);
    }

    @Override
    double interceptStep(double[] coefficientStep, double[] itsScores) {
        return multiplier;
    }

    @Override
    double inner(double[] u, double[] v, double[] scoresOfV) {
        return dot(u, scoresOfV);
    }

    @Override
    double slope(double[] coefficientStep, double[] itsScores, double interceptStep) {
        return dot(coefficientStep, errorImage) + interceptGradient * interceptStep;
    }

    /**
     * The residual in units of the gradient's coefficients, \( \|h \circ (r - \mu)\|^2 \): rows with next to no curvature have
     * huge entries in r that mean nothing.
     */
    @Override
    double residualNorm(double[] residual, double shift, double preconditioned) {
        double sum = 0;
        for (int i = 0; i < residual.length; i++) {
            double part = (residual[i] - shift) * (lambda / ratio[i]);
            sum = Math.fma(part, part, sum);
        }
        return sum;
    }

    @Override
    int mostSteps() {
        return MOST_CG_STEPS;
    }
}
