package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Logistic regression with a ridge penalty, solved to the last digits: minimises
 * \( J(w,b) = \sum_i c_i \ell(\tilde y_i (w^\top x_i + b)) + \frac\lambda2 \|w\|^2 \) over w and, unpenalised, b (see
 * {@link Penalty} for the units). Columns are not scaled. With \( \lambda > 0 \) the solution is unique and finite, separable
 * data included; with \( \lambda = 0 \) it is the maximum-likelihood fit.
 *
 * <p>Every fit says how it ended ({@link RidgeFit#status()}) and how large its gradient is. Immutable: every {@code with}
 * returns a changed copy.
 *
 * <pre>{@code
 * RidgeFit fit = RidgeLogistic.withDefaults().fit(x, y, Penalty.inverseC(1.0));
 * }</pre>
 */
public final class RidgeLogistic {
    private static final double RIDGE_LIMIT = 1e-6;

    private final Settings settings;

    private RidgeLogistic(Settings settings) {
        this.settings = settings;
    }

    /**
     * @return automatic solver, gradient tolerance 1e-8 times the total weight, at most 100 Newton steps, with an intercept,
     *     all rows weighing 1, the shared single-thread backend
     */
    public static RidgeLogistic withDefaults() {
        return new RidgeLogistic(new Settings());
    }

    private RidgeLogistic change(Consumer<Settings> change) {
        Settings copy = settings.clone();
        change.accept(copy);
        return new RidgeLogistic(copy);
    }

    /**
     * @param solver how the optimum is found
     * @return a copy with that solver
     */
    public RidgeLogistic with(Solver solver) {
        return change(s -> s.solver = solver);
    }

    /**
     * @param tolerance the fit has converged when no entry of the gradient exceeds this times max(1, total weight)
     * @return a copy with that tolerance
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public RidgeLogistic withTolerance(double tolerance) {
        Arguments.positive("tolerance", tolerance);
        return change(s -> s.tolerance = tolerance);
    }

    /**
     * @param count largest number of Newton steps of a fit; with thousands of coefficients twenty of L-BFGS count as one
     * @return a copy with that limit
     * @throws IllegalArgumentException if it is below 1
     */
    public RidgeLogistic withMaxIterations(int count) {
        Arguments.atLeast("maxIterations", count, 1);
        return change(s -> s.maxIterations = count);
    }

    /**
     * @param fitted whether there is an (unpenalised) intercept
     * @return a copy with or without it
     */
    public RidgeLogistic withIntercept(boolean fitted) {
        return change(s -> s.intercept = fitted);
    }

    /**
     * @param weights \( c_i \ge 0 \), one per row; none means 1 for every row
     * @return a copy with those case weights
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public RidgeLogistic withCaseWeights(double... weights) {
        for (int i = 0; i < weights.length; i++) {
            Arguments.require(
                    weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY,
                    "case weights must be finite and not negative, but weight %d is %s",
                    i + 1,
                    weights[i]);
        }
        double[] copy = weights.length == 0 ? null : weights.clone();
        return change(s -> s.caseWeights = copy);
    }

    /**
     * @param balance whether the classes are made to weigh the same
     * @return a copy with those class weights
     */
    public RidgeLogistic with(ClassWeight balance) {
        return change(s -> s.classWeight = balance);
    }

    /**
     * @param policy what to do with separable data when there is no penalty
     * @return a copy with that policy
     */
    public RidgeLogistic with(SeparablePolicy policy) {
        return change(s -> s.separable = policy);
    }

    /**
     * @param backend does the matrix products; the caller closes it
     * @return a copy that uses it
     */
    public RidgeLogistic with(DenseBackend backend) {
        return change(s -> s.chosenBackend = backend);
    }

    /**
     * @param x n rows of p entries
     * @param y n labels, 0 or 1
     * @param penalty its strength
     * @return the fit
     * @throws IllegalArgumentException if the rows differ in length or from the labels in number, or an entry is not finite
     * @throws SingleClassException if all rows of positive weight have the same label
     * @throws SeparableDataException if there is no penalty and the data are separable, or separable but for rows on the hyperplane
     * @throws CollinearColumnsException if there is no penalty and a column is a linear combination of the others
     */
    public RidgeFit fit(double[][] x, int[] y, Penalty penalty) {
        return fit(matrix(x), y, penalty);
    }

    /**
     * @param x n x p
     * @param y n labels, 0 or 1
     * @param penalty its strength
     * @return the fit
     * @throws IllegalArgumentException if X and y differ in rows, or an entry is not finite
     * @throws SingleClassException if all rows of positive weight have the same label
     * @throws SeparableDataException if there is no penalty and the data are separable, or separable but for rows on the hyperplane
     * @throws CollinearColumnsException if there is no penalty and a column is a linear combination of the others
     */
    public RidgeFit fit(DMatrixRMaj x, int[] y, Penalty penalty) {
        return path(x, y, penalty.lambda()).fit(0);
    }

    /**
     * Fits to the same data at several penalties. Each fit is as exact as a single one; the work on the data is shared.
     *
     * @param x n x p
     * @param y n labels, 0 or 1
     * @param lambdas penalties in the sum unit, in any order
     * @return the fits, in that order
     * @throws IllegalArgumentException if X and y differ in rows, an entry is not finite, or a penalty is negative
     * @throws SingleClassException if all rows of positive weight have the same label
     * @throws SeparableDataException if a penalty is 0 and the data are separable, or separable but for rows on the hyperplane
     * @throws CollinearColumnsException if a penalty is 0 and a column is a linear combination of the others
     */
    public RidgePath path(DMatrixRMaj x, int[] y, double... lambdas) {
        Arguments.require(lambdas.length > 0, "a path needs at least one penalty");
        for (double lambda : lambdas) {
            Arguments.nonNegative("lambda", lambda);
        }
        Sample sample = Sample.of(x, y, settings);
        boolean penalised = Arrays.stream(lambdas).allMatch(l -> l > 0);
        return new RidgePath(
                penalised
                        ? new PathSolver(settings, lambdas).solve(sample)
                        : Unpenalised.solve(sample, settings, lambdas),
                sample.backend);
    }

    /**
     * Chooses a penalty by cross-validation: fits the path without each fold in turn and takes the penalty of the smallest mean
     * held-out log-loss (the stronger on a tie); fits the path to all rows as well. Held-out rows count with their case
     * weights.
     *
     * @param x n x p
     * @param y n labels, 0 or 1
     * @param folds the fold of each row, 0, 1, ..., none left out
     * @param lambdas penalties in the sum unit, the same for the smaller samples
     * @return the held-out losses, the choice and the fits to all rows
     * @throws IllegalArgumentException as {@link #path}, or if a penalty is 0, there are fewer than two folds, or a fold has no rows
     *     of positive weight
     * @throws SingleClassException if the rows outside a fold have the same label
     */
    public CrossValidation crossValidate(DMatrixRMaj x, int[] y, int[] folds, double... lambdas) {
        return new FoldedPaths(settings).validate(x, y, folds, positive(lambdas));
    }

    /**
     * Fits the multinomial model with a weight vector for each class and the penalty on all of them,
     * \( J = \sum_i -c_i \log P(y_i \mid x_i) + \frac\lambda2 \sum_k \|w_k\|^2 \), the intercepts unpenalised. With two classes it is the
     * binary fit with half the penalty: \( w = w_1 - w_0 \). Always solved by conjugate gradients.
     *
     * @param x n x p
     * @param y n labels, 0 to K - 1
     * @param classes K, at least 2; each must have a row of positive weight
     * @param penalty its strength
     * @return the fit
     * @throws IllegalArgumentException if X and y differ in rows, an entry is not finite, a label is out of range, or a class
     *     has no rows
     * @throws SeparableDataException if there is no penalty and some weights give every row's class the largest score, or, seen
     *     where the exact test is cheap, never a smaller one than another class's and sometimes a larger one (where it is not
     *     cheap, the fit has a warning)
     * @throws CollinearColumnsException if there is no penalty and a column is a linear combination of the others
     */
    public SoftmaxFit fitMultinomial(DMatrixRMaj x, int[] y, int classes, Penalty penalty) {
        SoftmaxNewton newton = new SoftmaxNewton(x, y, classes, settings);
        double lambda = penalty.lambda();
        if (lambda > 0) {
            return newton.fit(lambda);
        }
        SoftmaxFit weak = newton.fit(RIDGE_LIMIT * newton.sample().totalWeight);
        if (newton.separates(weak, x, y)) {
            return withoutMaximum(newton, new SeparableDataException());
        }
        newton.sample().requireIndependentColumns();
        SoftmaxFit fit = newton.fit(0);
        return switch (new SoftmaxExistence(x, y, classes, settings).of(fit, weak, SoftmaxExistence.LARGEST_EXACT)) {
            case EXISTS -> fit;
            case MISSING -> withoutMaximum(newton, SeparableDataException.quasi());
            case NOT_CERTIFIED ->
                fit.withWarning(
                        "it could not be certified that the likelihood has a maximum: some scores grow as if it had none,"
                                + " and the data are too large or too nearly separable for the exact test");
        };
    }

    private SoftmaxFit withoutMaximum(SoftmaxNewton newton, SeparableDataException reason) {
        if (settings.separable == SeparablePolicy.ERROR) {
            throw reason;
        }
        return newton.fit(RIDGE_LIMIT);
    }

    /**
     * Fits the multinomial model at several penalties, each started where the next stronger one ended.
     *
     * @param x n x p
     * @param y n labels, 0 to K - 1
     * @param classes K, at least 2; each must have a row of positive weight
     * @param lambdas positive penalties in the sum unit, in any order
     * @return the fits, in that order
     * @throws IllegalArgumentException as {@link #fitMultinomial}, or if a penalty is not positive
     */
    public List<SoftmaxFit> pathMultinomial(DMatrixRMaj x, int[] y, int classes, double... lambdas) {
        return new SoftmaxNewton(x, y, classes, settings).path(positive(lambdas));
    }

    /**
     * Chooses a penalty of the multinomial model by cross-validation, as {@link #crossValidate} does for two classes: by the mean
     * held-out log-loss, \( -\log P(y_i \mid x_i) \).
     *
     * @param x n x p
     * @param y n labels, 0 to K - 1
     * @param classes K, at least 2; each must have a row of positive weight outside every fold
     * @param folds the fold of each row, 0, 1, ..., none left out
     * @param lambdas positive penalties in the sum unit, the same for the smaller samples
     * @return the held-out losses, the choice and the fits to all rows
     * @throws IllegalArgumentException as {@link #pathMultinomial}, or if there are fewer than two folds, a fold has no rows of
     *     positive weight, or a class has none outside a fold
     */
    public SoftmaxCrossValidation crossValidateMultinomial(
            DMatrixRMaj x, int[] y, int classes, int[] folds, double... lambdas) {
        return new FoldedPaths(settings).validateMultinomial(x, y, classes, folds, positive(lambdas));
    }

    private static double[] positive(double[] lambdas) {
        Arguments.require(lambdas.length > 0, "a path needs at least one penalty");
        for (double lambda : lambdas) {
            Arguments.positive("lambda", lambda);
        }
        return lambdas;
    }

    /** What the fit was asked to be. */
    Settings settings() {
        return settings;
    }

    static DMatrixRMaj matrix(double[][] x) {
        Arguments.require(x.length > 0, "X has no rows");
        for (int i = 0; i < x.length; i++) {
            Arguments.require(
                    x[i].length == x[0].length,
                    "row %d of X has %d entries, but row 1 has %d",
                    i + 1,
                    x[i].length,
                    x[0].length);
        }
        return x[0].length == 0 ? new DMatrixRMaj(x.length, 0) : new DMatrixRMaj(x);
    }
}
