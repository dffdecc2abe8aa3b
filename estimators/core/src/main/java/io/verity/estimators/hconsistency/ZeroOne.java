package io.verity.estimators.hconsistency;

/** The zero-one loss with ties resolved against the learner. */
final class ZeroOne {
    /** Scores this close share the top. */
    static final double TIE = 1e-12;

    private ZeroOne() {}

    /** The least probable class among those that share the top score. */
    static int predicted(double[] p, double[] scores) {
        double top = Pooling.max(scores);
        int worst = -1;
        for (int k = 0; k < p.length; k++) {
            if (scores[k] >= top - TIE && (worst < 0 || p[k] < p[worst])) {
                worst = k;
            }
        }
        return worst;
    }

    /** \( p_{max} - p_{predicted} \). */
    static double regret(double[] p, double[] scores) {
        return Pooling.max(p) - p[predicted(p, scores)];
    }
}
