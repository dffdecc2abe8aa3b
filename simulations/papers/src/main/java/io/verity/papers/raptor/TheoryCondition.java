package io.verity.papers.raptor;

import io.verity.papers.evidence.Numbers;
import io.verity.stats.Arguments;

/**
 * A condition of {@code raptor/theory}.
 *
 * @param kappa norm of the teacher
 * @param nOverP rows per column
 * @param lambdaMean penalty beside the mean loss
 * @param columns number p of columns
 */
record TheoryCondition(double kappa, double nOverP, double lambdaMean, int columns) {
    TheoryCondition {
        Arguments.nonNegative("kappa", kappa);
        Arguments.positive("nOverP", nOverP);
        Arguments.positive("lambdaMean", lambdaMean);
        Arguments.atLeast("columns", columns, 2);
        Arguments.require(nOverP * columns >= 2, "n/p = %s of %d columns is less than 2 rows", nOverP, columns);
    }

    Regime regime() {
        return new Regime(kappa, nOverP, lambdaMean);
    }

    /** All but the penalty, for the legend. */
    String series() {
        return "kappa = " + Numbers.text(kappa) + ", n/p = " + Numbers.text(nOverP) + ", p = " + columns;
    }
}
