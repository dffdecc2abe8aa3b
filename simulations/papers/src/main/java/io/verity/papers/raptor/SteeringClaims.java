package io.verity.papers.raptor;

import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.MinimalEdit;
import io.verity.estimators.probe.Steering;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.random.RandomStream;

/** R7: steering in closed form. */
final class SteeringClaims {
    private static final double[] TARGETS = {.9999, .99, .5, .01, .0001};
    private static final int WIDTH = 64;
    private static final int STATES = 200;
    private static final int DIRECTIONS = 10_000;
    private static final double EXACT = 1e-9;

    private SteeringClaims() {}

    static ClaimBuilder closedForm() {
        return Claims.claim("raptor/R7")
                .from(Sources.RAPTOR.at("steering to a target probability"))
                .title("Closed-form steering reaches its target by the shortest way")
                .states(
                        "\\(h + \\alpha v\\) with \\(\\alpha = (\\mathrm{logit}\\,t - z(h))/|w|\\) has probe probability t to 1e-9, and"
                                + " no random direction reaches t by a shorter step.")
                .assuming("assumptions", "the probe that steers is the probe that judges")
                .verifiedBy(SteeringClaims::reaches)
                .control(
                        "With the normalised vector and without the bias",
                        "\\(h + \\alpha v\\) with \\(\\alpha = \\mathrm{logit}\\,t - v\\cdot h\\) reaches t = 0.9999 from every state, for"
                                + " a probe with |w| < 1.",
                        Controls.bare(SteeringClaims::normalised));
    }

    private static LinearProbe probe(RandomStream stream, double norm) {
        double[] w = gaussian(stream);
        double length = GaussianSample.norm(w);
        for (int j = 0; j < w.length; j++) {
            w[j] *= norm / length;
        }
        return LinearProbe.of(w, stream.nextGaussian());
    }

    private static double[] gaussian(RandomStream stream) {
        double[] v = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            v[j] = stream.nextGaussian();
        }
        return v;
    }

    private static Verdict reaches(ClaimContext context) {
        Always always = Always.of("error of the probability, or step over the shortest random one")
                .tolerance(0, "the numbers are taken as they are; " + EXACT + " is part of the statement");
        double worst = 0;
        double[] norms = {.3, 1, 5};
        for (int k = 0; k < norms.length; k++) {
            RandomStream stream = context.stream(k);
            LinearProbe probe = probe(stream, norms[k]);
            Steering steering = Steering.along(probe).with(MinimalEdit.EXACT);
            for (double target : TARGETS) {
                double error = 0;
                for (int i = 0; i < STATES; i++) {
                    double[] state = gaussian(stream);
                    error = Math.max(error, Math.abs(probe.probability(steering.steer(state, target)) - target));
                }
                String where = "|w| = " + Numbers.text(norms[k]) + ", t = " + target;
                always.near("largest of " + STATES + " errors, " + where, error, 0, EXACT);
                worst = Math.max(worst, error);
                double[] state = gaussian(stream);
                double shortest = Double.POSITIVE_INFINITY;
                for (int d = 0; d < DIRECTIONS; d++) {
                    shortest = Math.min(shortest, step(probe, state, target, gaussian(stream)));
                }
                always.below(
                        "step against " + DIRECTIONS + " random directions, " + where,
                        Math.abs(steering.alpha(state, target)),
                        shortest);
            }
        }
        return always.statistic("largest error of the probability", worst)
                .target(EXACT)
                .verdict();
    }

    /** Length of the step along a direction after which the probability is the target. */
    private static double step(LinearProbe probe, double[] state, double target, double[] direction) {
        double[] w = probe.weights();
        double slope = 0;
        for (int j = 0; j < w.length; j++) {
            slope += w[j] * direction[j];
        }
        double wanted = StrictMath.log(target / (1 - target)) - probe.score(state);
        return Math.abs(wanted / slope) * GaussianSample.norm(direction);
    }

    private static Verdict normalised(ClaimContext context) {
        RandomStream stream = context.stream(0);
        LinearProbe probe = probe(stream, .5);
        double[] v = probe.conceptVector();
        double target = TARGETS[0];
        int reached = 0;
        for (int i = 0; i < STATES; i++) {
            double[] state = gaussian(stream);
            double along = 0;
            for (int j = 0; j < v.length; j++) {
                along += v[j] * state[j];
            }
            double[] moved = Steering.along(probe).add(state, StrictMath.log(target / (1 - target)) - along);
            reached += probe.probability(moved) >= target - EXACT ? 1 : 0;
        }
        return Always.of("states that reach the target")
                .atLeast("of " + STATES + " states, |w| = 0.5", (long) reached, (long) STATES)
                .verdict();
    }
}
