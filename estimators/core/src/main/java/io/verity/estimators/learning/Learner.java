package io.verity.estimators.learning;

import io.verity.estimators.bayes.GaussianNaiveBayes;
import io.verity.estimators.bayes.Variance;
import io.verity.estimators.classification.Classifier;
import io.verity.estimators.classification.LinearClassifier;
import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.logistic.Status;
import io.verity.stats.linalg.DenseBackend;
import org.ejml.data.DMatrixRMaj;

/** A way to make a classifier from training rows: a pure function of them. */
public interface Learner {
    /**
     * What was learnt.
     *
     * @param classifier the classifier
     * @param converged whether the fit reached its tolerance
     */
    record Learnt(Classifier classifier, boolean converged) {}

    /** @return its name in tables and figures */
    String name();

    /**
     * @param x m x d training rows, scaled
     * @param y m labels, each of 0 to K - 1 occurring
     * @param classes K
     * @param backend does the matrix products, one thread
     * @return the classifier
     */
    Learnt fit(DMatrixRMaj x, int[] y, int classes, DenseBackend backend);

    /**
     * @param variance shared, or one for each class
     * @return Gaussian naive Bayes with its defaults: {@code naive-bayes}, {@code naive-bayes-per-class}
     */
    static Learner naiveBayes(Variance variance) {
        String name = variance == Variance.SHARED ? "naive-bayes" : "naive-bayes-per-class";
        return naiveBayes(name, GaussianNaiveBayes.withDefaults().with(variance));
    }

    /**
     * @param name its name
     * @param model the settings
     * @return that naive Bayes
     */
    static Learner naiveBayes(String name, GaussianNaiveBayes model) {
        return of(
                name, (x, y, classes, backend) -> new Learnt(model.with(backend).fit(x, y, classes), true));
    }

    /**
     * Logistic regression with a weight vector for every class, two classes included.
     *
     * @param c \( C = 1 / \lambda \) beside the sum of losses, positive
     * @return {@code logistic}
     */
    static Learner softmax(double c) {
        Penalty penalty = Penalty.inverseC(c);
        return of("logistic", (x, y, classes, backend) -> {
            SoftmaxFit fit = RidgeLogistic.withDefaults().with(backend).fitMultinomial(x, y, classes, penalty);
            return new Learnt(LinearClassifier.of(fit).with(backend), fit.status() == Status.CONVERGED);
        });
    }

    /**
     * Logistic regression with one weight vector for two classes, and one for every class where there are more.
     *
     * @param c \( C = 1 / \lambda \) beside the sum of losses, positive
     * @return {@code logistic}
     */
    static Learner logistic(double c) {
        Penalty penalty = Penalty.inverseC(c);
        Learner several = softmax(c);
        return of("logistic", (x, y, classes, backend) -> {
            if (classes > 2) {
                return several.fit(x, y, classes, backend);
            }
            RidgeFit fit = RidgeLogistic.withDefaults().with(backend).fit(x, y, penalty);
            return new Learnt(LinearClassifier.of(fit).with(backend), fit.status() == Status.CONVERGED);
        });
    }

    /** Learns. */
    @FunctionalInterface
    interface Rule {
        /**
         * @param x m x d training rows
         * @param y m labels
         * @param classes K
         * @param backend does the matrix products
         * @return the classifier
         */
        Learnt fit(DMatrixRMaj x, int[] y, int classes, DenseBackend backend);
    }

    /**
     * @param name its name
     * @param rule how it learns
     * @return the learner
     */
    static Learner of(String name, Rule rule) {
        return new Learner() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Learnt fit(DMatrixRMaj x, int[] y, int classes, DenseBackend backend) {
                return rule.fit(x, y, classes, backend);
            }
        };
    }
}
