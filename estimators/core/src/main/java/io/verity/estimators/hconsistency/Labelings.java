package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * The smallest zero-one risk of linear scores on few points: labelings are tried in order of their risk until a linear
 * programme finds scores that realise one with every top score ahead by a margin.
 */
final class Labelings {
    private static final int MOST_POINTS = 12;
    private static final int MOST_FEATURES = 2;
    private static final int MOST_LABELINGS = 600_000;
    private static final double MARGIN = 1e-7;

    private Labelings() {}

    static BestInClass minimise(Points points) {
        int size = points.size();
        int classes = points.classes();
        Arguments.require(
                size <= MOST_POINTS && points.features() <= MOST_FEATURES,
                "the zero-one gap of linear scores is offered for at most %d points with 1 or 2 features, not for %d with %d",
                MOST_POINTS,
                size,
                points.features());
        double count = StrictMath.pow(classes, size);
        Arguments.require(
                count <= MOST_LABELINGS,
                "%d points and %d classes have %.0f labelings, more than %d",
                size,
                classes,
                count,
                MOST_LABELINGS);
        double[][] basis = AffineBasis.of(points.x());
        int labelings = (int) count;
        double[] risks = new double[labelings];
        Integer[] order = new Integer[labelings];
        for (int code = 0; code < labelings; code++) {
            order[code] = code;
            int rest = code;
            for (int i = 0; i < size; i++) {
                risks[code] += points.weights()[i] * (1 - points.p()[i][rest % classes]);
                rest /= classes;
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(risks[a], risks[b]));
        for (int code : order) {
            if (realisable(basis, labels(code, size, classes), classes)) {
                return new BestInClass(risks[code], MinimizabilityGap.Quality.OPTIMUM, true, 0, List.of());
            }
        }
        throw new IllegalStateException("constant scores realise a labeling, but none was found");
    }

    private static int[] labels(int code, int size, int classes) {
        int[] labels = new int[size];
        int rest = code;
        for (int i = 0; i < size; i++) {
            labels[i] = rest % classes;
            rest /= classes;
        }
        return labels;
    }

    /** Maximises the margin t of the labels over scores with coefficients in [-1, 1]. */
    private static boolean realisable(double[][] basis, int[] labels, int classes) {
        int rank = basis[0].length;
        int free = rank * classes;
        int variables = free + 1;
        // Coefficients are shifted by 1 to be non-negative: theta = v - 1.
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            for (int k = 0; k < classes; k++) {
                if (k == labels[i]) {
                    continue;
                }
                double[] row = new double[variables];
                for (int j = 0; j < rank; j++) {
                    row[j * classes + labels[i]] += basis[i][j];
                    row[j * classes + k] -= basis[i][j];
                }
                row[free] = -1;
                // The shifts of the two classes cancel.
                constraints.add(new LinearConstraint(row, Relationship.GEQ, 0));
            }
        }
        for (int j = 0; j < free; j++) {
            double[] row = new double[variables];
            row[j] = 1;
            constraints.add(new LinearConstraint(row, Relationship.LEQ, 2));
        }
        double[] objective = new double[variables];
        objective[free] = 1;
        double margin = new SimplexSolver(1e-10, 10, 1e-12)
                .optimize(
                        new MaxIter(20_000),
                        new LinearObjectiveFunction(objective, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MAXIMIZE,
                        new NonNegativeConstraint(true),
                        PivotSelectionRule.BLAND)
                .getPoint()[free];
        return margin > MARGIN;
    }
}
