package io.verity.estimators.logistic;

/** Whether a hyperplane separates the two classes. */
public final class LinearSeparability {
    private static final double WEAK_PENALTY = 1e-6;

    private LinearSeparability() {}

    /** Fits with a weak penalty and looks whether every margin is positive: yes is a proof, no is not. */
    static boolean quick(Sample sample) {
        double lambda = WEAK_PENALTY * sample.totalWeight;
        Settings settings = new Settings();
        settings.chosenBackend = sample.backend;
        RidgeFit fit =
                new PathSolver(settings, new double[] {lambda}).solve(sample).get(0);
        double[] f = new double[sample.rows];
        sample.backend.gemv(sample.design, fit.weights(), f);
        double b = fit.intercept() + sample.atCentre(fit.weights());
        for (int i = 0; i < f.length; i++) {
            double score = f[i] + b;
            if (!((sample.labels[i] == 1 ? score : -score) > 0)) {
                return false;
            }
        }
        return true;
    }
}
