package io.verity.estimators.hconsistency;

import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Families of probability vectors with a given zero-one regret t in which the worst cases of known bounds lie: class 0 is the
 * most probable, \( p_0 = a + t \), class 1 is predicted, \( p_1 = a \), and the others share the rest in one of a few ways.
 */
final class Recipes {
    /** One family: a vector for every t, or null where the family has none. */
    interface Recipe {
        double @Nullable [] at(double t);
    }

    /** How the classes beyond the first two share a mass, none exceeding the top. */
    private interface Sharing {
        double @Nullable [] of(double mass, double top, int count);
    }

    private Recipes() {}

    /**
     * @param classes K
     * @param steps number of equally spaced shares of a between 0 and (1-t)/2
     * @param random number of random sharings
     * @param stream draws them
     * @return the families, the known worst cases first
     */
    static List<Recipe> of(int classes, int steps, int random, RandomStream stream) {
        List<Recipe> recipes = new ArrayList<>();
        recipes.add(t -> vector(classes, t, (1 - t) / 2, equal()));
        if (classes == 2) {
            return recipes;
        }
        for (int m : counts(classes)) { // m - 1 classes share the top, one lies t below
            if (m > 2) {
                recipes.add(t -> vector(classes, t, (1 + t) / m - t, full(1, m - 2, true)));
            }
        }
        recipes.add(t -> vector(classes, t, (1 - classes * t / 2) / classes, equal()));
        recipes.add(t -> vector(classes, t, (1 - t) / classes, equal())); // near uniform
        List<Sharing> sharings = new ArrayList<>();
        sharings.add(equal());
        for (int k : counts(classes - 1)) {
            if (k - 1 <= classes - 2) {
                for (double level : new double[] {1, 0.5}) {
                    sharings.add(full(level, k - 1, false));
                    sharings.add(full(level, k - 1, true));
                }
            }
        }
        for (int n = 0; n < random; n++) {
            double[] concentrations = {0.2, 1, 5, 20};
            double[] shares = RandomInstances.dirichlet(stream, classes - 1, concentrations[n % 4]);
            sharings.add((mass, top, count) -> scaled(shares, mass, top, count));
        }
        for (Sharing sharing : sharings) {
            for (int i = 0; i < steps; i++) {
                double share = steps == 1 ? 0 : (double) i / (steps - 1);
                recipes.add(t -> vector(classes, t, share * (1 - t) / 2, sharing));
            }
        }
        return recipes;
    }

    /** All counts up to 8, then a few: what matters for many classes lies at the ends. */
    private static List<Integer> counts(int classes) {
        List<Integer> counts = new ArrayList<>();
        for (int m = 1; m <= classes; m += m < 8 || m >= classes - 2 ? 1 : Math.max(1, (classes - 2 - m) / 2)) {
            counts.add(m);
        }
        return counts;
    }

    private static double @Nullable [] vector(int classes, double t, double predicted, Sharing sharing) {
        double rest = 1 - t - 2 * predicted;
        if (predicted < -1e-15 || rest < -1e-15) {
            return null;
        }
        double a = Math.max(0, predicted);
        double[] p = new double[classes];
        p[0] = a + t;
        p[1] = a;
        if (classes > 2) {
            double @Nullable [] others = sharing.of(Math.max(0, rest), a + t, classes - 2);
            if (others == null) {
                return null;
            }
            System.arraycopy(others, 0, p, 2, classes - 2);
        }
        return p;
    }

    private static Sharing equal() {
        return (mass, top, count) -> {
            if (mass / count > top * (1 + 1e-12)) {
                return null;
            }
            double[] shares = new double[count];
            java.util.Arrays.fill(shares, Math.min(top, mass / count));
            return shares;
        };
    }

    /** Some classes at a share of the top, what remains on one class or on all the others alike. */
    private static Sharing full(double level, int classesAtLevel, boolean spread) {
        return (mass, top, count) -> {
            double height = level * top;
            double remaining = mass - classesAtLevel * height;
            int left = count - classesAtLevel;
            if (left < 0 || remaining < -1e-12 || (left == 0 && remaining > 1e-12)) {
                return null;
            }
            double each = left == 0 ? 0 : Math.max(0, remaining) / (spread ? left : 1);
            if (each > top * (1 + 1e-12)) {
                return null;
            }
            double[] shares = new double[count];
            for (int k = 0; k < count; k++) {
                shares[k] = k < classesAtLevel ? height : spread || k == classesAtLevel ? Math.min(top, each) : 0;
            }
            return shares;
        };
    }

    private static double @Nullable [] scaled(double[] shares, double mass, double top, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += shares[k];
        }
        double[] scaled = new double[count];
        for (int k = 0; k < count; k++) {
            scaled[k] = sum > 0 ? mass * shares[k] / sum : mass / count;
            if (scaled[k] > top) {
                return null;
            }
        }
        return scaled;
    }
}
