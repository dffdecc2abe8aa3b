package io.verity.papers.nbvslr;

import io.verity.estimators.bayes.GaussianNaiveBayes;
import io.verity.estimators.bayes.NaiveBayesKernel;
import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.logistic.Status;
import io.verity.stats.linalg.DenseBackend;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** The two classifiers, as the published simulation sets them. */
enum Model {
    /** Gaussian naive Bayes with shared variances, floor 1e-9, empirical priors. */
    NB {
        @Override
        LinearScores fit(LabelledRows data, DenseBackend backend) {
            int d = data.rows().numCols;
            NaiveBayesKernel kernel = NaiveBayesKernel.of(GaussianNaiveBayes.withDefaults(), data.classes(), d);
            kernel.fit(data.rows().data, data.labels(), data.rows().numRows);
            DMatrixRMaj weights = new DMatrixRMaj(data.classes(), d);
            double[] intercepts = new double[data.classes()];
            double[] w = new double[d];
            for (int k = 1; k < data.classes(); k++) {
                intercepts[k] = kernel.contrast(k, 0, w);
                System.arraycopy(w, 0, weights.data, k * d, d);
            }
            return new LinearScores(weights, intercepts);
        }
    },
    /** Logistic regression with an L2 penalty at C = 1; one weight vector for two classes. */
    LR {
        @Override
        LinearScores fit(LabelledRows data, DenseBackend backend) {
            return logistic(data, Penalty.inverseC(1), backend);
        }
    };

    private static final double GRADIENT = 1e-6;

    abstract LinearScores fit(LabelledRows data, DenseBackend backend);

    /** Logistic regression; the penalty is that of one weight vector when there are two classes. */
    static LinearScores logistic(LabelledRows data, Penalty penalty, DenseBackend backend) {
        // The tolerance is relative to the rows; small samples are separable, where it decides the third digit.
        RidgeLogistic logistic = RidgeLogistic.withDefaults()
                .withTolerance(GRADIENT / data.rows().numRows)
                .with(backend);
        if (data.classes() == 2) {
            RidgeFit fit = logistic.fit(data.rows(), data.labels(), penalty);
            converged(fit.status(), data);
            return LinearScores.binary(fit.weights(), fit.intercept());
        }
        SoftmaxFit fit = logistic.fitMultinomial(data.rows(), data.labels(), data.classes(), penalty);
        converged(fit.status(), data);
        return scores(fit);
    }

    private static LinearScores scores(SoftmaxFit fit) {
        double[][] weights = new double[fit.classes()][];
        double[] intercepts = new double[fit.classes()];
        for (int k = 0; k < fit.classes(); k++) {
            weights[k] = fit.weights(k);
            intercepts[k] = fit.intercept(k);
        }
        return new LinearScores(new DMatrixRMaj(weights), intercepts);
    }

    private static void converged(Status status, LabelledRows data) {
        if (status != Status.CONVERGED) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "logistic regression on %d rows of %d features ended with %s",
                    data.rows().numRows,
                    data.rows().numCols,
                    status));
        }
    }

    /** In words, for legends. */
    String words() {
        return this == NB ? "naive Bayes" : "logistic regression";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
