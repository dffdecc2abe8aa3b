package io.verity.estimators.logistic;

/** Where a solver ended, for centred columns: the weights of the p columns, or in the space of the rows those of the n rows. */
final class Optimum {
    private final double[] weights;
    private final double intercept;
    private final int iterations;
    private final Status status;

    Optimum(double[] weights, double intercept, int iterations, Status status) {
        this.weights = weights;
        this.intercept = intercept;
        this.iterations = iterations;
        this.status = status;
    }

    /** Not copied. */
    double[] weights() {
        return weights;
    }

    double intercept() {
        return intercept;
    }

    /** Newton steps. */
    int iterations() {
        return iterations;
    }

    Status status() {
        return status;
    }
}
