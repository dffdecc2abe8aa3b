package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import org.ejml.data.DMatrixRMaj;

/** The usual ways to find a direction, for {@link Stability} and {@link SteeringTrial}. */
public final class Directions {
    private Directions() {}

    /**
     * @param raptor the protocol, tuned anew every time
     * @return what it finds on training and validation rows
     */
    public static DirectionFinder tuned(Raptor raptor) {
        return (x, y, split) -> TunedFit.of(
                        raptor.settings(), x, y, split.train(), split.validation(), split.groupsOrNull(), 0)
                .probe();
    }

    /**
     * @param raptor whose solver, weights and scale floor are used
     * @param c inverse penalty, positive
     * @return ridge logistic regression at that C on all rows of the pool, standardised on them
     * @throws IllegalArgumentException if C is not positive and finite
     */
    public static DirectionFinder ridge(Raptor raptor, double c) {
        Arguments.positive("C", c);
        return (x, y, split) -> TunedFit.at(raptor.settings(), c, x, y, split.pool());
    }

    /** @return the difference of the class means on raw columns, threshold half way between them */
    public static DirectionFinder differenceOfMeans() {
        return (x, y, split) -> Baselines.differenceOfMeans(x, y, split.pool());
    }

    /** @return the difference of the class means on standardised columns, folded back */
    public static DirectionFinder standardizedDifferenceOfMeans() {
        return standardized((z, y) -> Baselines.differenceOfMeans(z, y, Rows.all(z.numRows)));
    }

    /**
     * @param shrinkage towards a multiple of the identity, in [0, 1]
     * @param backend does the dense products
     * @return linear discriminant analysis on standardised columns, folded back
     * @throws IllegalArgumentException if the shrinkage is outside [0, 1]
     */
    public static DirectionFinder lda(double shrinkage, DenseBackend backend) {
        Arguments.require(shrinkage >= 0 && shrinkage <= 1, "shrinkage must lie in [0, 1], but is %s", shrinkage);
        return standardized((z, y) -> Lda.fit(backend, z, y, Rows.all(z.numRows), shrinkage));
    }

    /**
     * @param backend does the dense products
     * @return linear discriminant analysis on standardised columns with the shrinkage of Ledoit and Wolf, folded back
     */
    public static DirectionFinder lda(DenseBackend backend) {
        return standardized((z, y) -> Lda.fit(backend, z, y, Rows.all(z.numRows)));
    }

    /**
     * @param lambda penalty in the sum unit, positive
     * @param backend does the dense products
     * @return the squared-hinge machine on standardised columns, folded back
     * @throws IllegalArgumentException if lambda is not positive and finite
     */
    public static DirectionFinder squaredHinge(double lambda, DenseBackend backend) {
        Arguments.positive("lambda", lambda);
        return standardized((z, y) -> Baselines.squaredHinge(z, y, Rows.all(z.numRows), lambda, backend));
    }

    /**
     * @param gcs its settings
     * @return the mean vector of the Gaussian concept subspace
     */
    public static DirectionFinder gcs(Gcs gcs) {
        return (x, y, split) -> gcs.fit(x, y, split).meanProbe();
    }

    @FunctionalInterface
    private interface Rule {
        LinearProbe of(DMatrixRMaj z, int[] y);
    }

    private static DirectionFinder standardized(Rule rule) {
        return (x, y, split) -> {
            int[] pool = split.pool();
            Standardizer standardizer = Standardizer.of(x, pool);
            if (standardizer.kept().length == 0) {
                throw new ZeroDirectionException(x.numCols);
            }
            LinearProbe probe = rule.of(standardizer.transform(x, pool), Rows.select(y, pool));
            return standardizer.foldBack(probe.weights(), probe.intercept());
        };
    }
}
