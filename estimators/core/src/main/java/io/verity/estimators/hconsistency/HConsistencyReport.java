package io.verity.estimators.hconsistency;

import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;

/**
 * Both sides of an H-consistency bound on a finite distribution.
 *
 * @param loss the surrogate
 * @param transform formula of the transform
 * @param zeroOneRegret \( E_x[\Delta C_{01}] \), ties against the learner
 * @param surrogateRisk \( E_x[C_\ell(h, x)] \)
 * @param meanConditionalOptimum \( E_x[C^*_\ell(x)] \)
 * @param surrogateRegret their difference \( E_x[\Delta C_\ell] \), summed from the points' regrets; equals \( R(h) - R^*(H) +
 *     M(H) \)
 * @param gamma \( \Gamma(E_x[\Delta C_\ell]) \), the bound
 * @param pointwiseBound \( E_x[\Gamma(\Delta C_\ell)] \), a sharper bound and another statement
 * @param ratio zero-one regret over gamma; 0 when both are 0
 * @param holds whether the zero-one regret is at most gamma (1 + 1e-9)
 * @param points one entry per point
 */
public record HConsistencyReport(
        String loss,
        String transform,
        double zeroOneRegret,
        double surrogateRisk,
        double meanConditionalOptimum,
        double surrogateRegret,
        double gamma,
        double pointwiseBound,
        double ratio,
        boolean holds,
        List<Point> points) {

    /**
     * One point.
     *
     * @param weight its share of the mass
     * @param predicted the class that the scores predict, 0-based, the least probable one of a tie
     * @param zeroOneRegret conditional zero-one regret
     * @param surrogateRegret conditional surrogate regret
     * @param gamma \( \Gamma \) of it
     */
    public record Point(double weight, int predicted, double zeroOneRegret, double surrogateRegret, double gamma) {}

    /** Copies. */
    public HConsistencyReport {
        points = List.copyOf(points);
    }

    /**
     * The points as a table.
     *
     * @return one row per point
     */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("points", "Both regrets, point by point")
                .integer("point", "point", "")
                .number("weight", "weight", "")
                .integer("predicted", "predicted class", "")
                .number("zeroOneRegret", "0-1 regret", "")
                .number("surrogateRegret", "surrogate regret", "")
                .number("gamma", "Γ(surrogate regret)", "");
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            table.row(
                    i + 1,
                    point.weight(),
                    point.predicted() + 1,
                    point.zeroOneRegret(),
                    point.surrogateRegret(),
                    point.gamma());
        }
        return table.note("Classes count from 1. Ties are resolved against the learner.")
                .build();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: 0-1 regret %.6g %s Gamma(%.6g) = %.6g (ratio %.6g); point by point %.6g",
                loss,
                zeroOneRegret,
                holds ? "<=" : ">",
                surrogateRegret,
                gamma,
                ratio,
                pointwiseBound);
    }
}
