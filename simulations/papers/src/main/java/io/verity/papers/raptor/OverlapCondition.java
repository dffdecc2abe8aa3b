package io.verity.papers.raptor;

import io.verity.papers.evidence.Numbers;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;

/**
 * A condition of {@code raptor/overlap}.
 *
 * @param kappa norm of the teacher
 * @param nOverP rows per column
 * @param lambdaMean penalty beside the mean loss
 * @param columns number p of columns
 * @param shared fraction of the rows that two probes have in common
 */
record OverlapCondition(double kappa, double nOverP, double lambdaMean, int columns, double shared) {
    OverlapCondition {
        new TheoryCondition(kappa, nOverP, lambdaMean, columns);
        Arguments.require(shared >= 0 && shared <= 1, "shared must lie in [0, 1], but is %s", shared);
    }

    Regime regime() {
        return new Regime(kappa, nOverP, lambdaMean);
    }

    /** Cosine of two probes on windows of one pool that share that fraction of their rows. */
    double cosine(RandomStream stream, DenseBackend backend) {
        int n = regime().rows(columns);
        int from = n - (int) Math.round(shared * n);
        GaussianSample pool = GaussianSample.draw(stream, kappa, n + from, columns);
        return GaussianSample.cosine(
                pool.part(0, n).fit(backend, lambdaMean),
                pool.part(from, from + n).fit(backend, lambdaMean));
    }

    /** All but the penalty, for the legend. */
    String series() {
        return Numbers.text(100 * shared) + " % shared, "
                + new TheoryCondition(kappa, nOverP, lambdaMean, columns).series();
    }
}
