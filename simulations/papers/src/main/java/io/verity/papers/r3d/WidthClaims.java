package io.verity.papers.r3d;

import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.BootstrapEngine;
import io.verity.estimators.r3d.Compatibility;
import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.ResidualScaling;
import io.verity.papers.evidence.Illustrated;
import io.verity.papers.r3d.Experiments.Size;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.LawsClose;
import io.verity.simulations.claims.Replicate;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.ResultTable;
import io.verity.stats.smoothing.LocalPolynomial;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** R3D-5 and R3D-11: how wide bands are. */
final class WidthClaims {
    private static final double BANDWIDTH = .5;
    private static final int ORDER = 2;
    private static final long SHOWN = 100;
    private static final int NODES = 4000;

    private WidthClaims() {}

    static ClaimBuilder positiveWeights() {
        return Claims.claim("r3d/R3D-5")
                .from(Sources.R3D_PACKAGE)
                .title("Residuals with positive intercept weight are enough")
                .states(
                        "Bands whose residuals are kept only where the intercept weight is positive, as in the R package, are as"
                                + " wide as those with all residuals of the window: the mean ratio of critical values is within 0.01"
                                + " of 1 (dgp1, Epanechnikov, order 2, h = 0.5). A false statement: far from the cutoff the weights are"
                                + " negative, and the loss is 3.6 %.")
                .assuming("assumptions", "I1, I2, K1, L1-L4, M1; the rule breaks the paper's own 1{|x/h| <= 1}")
                .expectingRefuted()
                .verifiedBy(new Illustrated(
                        Criteria.mean(
                                        "ratio of critical values, positive weights over all",
                                        (context, stream) -> ratio(context, stream, SmoothingKernel.EPANECHNIKOV))
                                .within(1, .01)
                                .expecting(.961, .03)
                                .caps(600, 1800),
                        WidthClaims::evidence));
    }

    private static double ratio(ClaimContext context, RandomStream stream, SmoothingKernel kernel) {
        Size size = Size.of(context);
        QuantileMatrix data = Design.DGP1.quantiles(stream, size.units(), size.perUnit(), 0, Targets.deciles());
        R3d r3d = Experiments.estimator(size.draws(), stream).with(kernel).with(Bandwidths.fixed(BANDWIDTH));
        return r3d.with(Compatibility.R_PACKAGE).fit(data).criticalValue()
                / r3d.with(ResidualScaling.HC0).fit(data).criticalValue();
    }

    private static Illustrated.Evidence evidence(ClaimContext context) {
        ResultTable.Builder table = ResultTable.named("kernels", "Ratio of critical values by kernel, order 2")
                .text("kernel", "kernel")
                .number("theory", "limit", "")
                .column(new ResultTable.Column("ratio", "mean ratio", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "");
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            List<Double> ratios = context.map(
                    LongStream.range(0, SHOWN).boxed().toList(), r -> ratio(context, context.stream(r), kernel));
            Moments moments =
                    Moments.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
            table.row(kernel.toString(), limit(kernel), moments.mean(), MonteCarlo.errorOfMean(moments));
        }
        return new Illustrated.Evidence(Map.of(), List.of(table.build()), List.of());
    }

    /** \( \sqrt{\int_{w>0} w^2 / \int w^2} \), w the intercept weight of a local polynomial on a fine even grid. */
    static double limit(SmoothingKernel kernel) {
        double[] u = new double[NODES];
        double[] w = new double[NODES];
        for (int k = 0; k < NODES; k++) {
            u[k] = (k + .5) / NODES;
            w[k] = kernel.weight(u[k]);
        }
        double positive = 0;
        double all = 0;
        for (double s : LocalPolynomial.of(u, w, ORDER).weights(0)) {
            all += s * s;
            positive += s > 0 ? s * s : 0;
        }
        return Math.sqrt(positive / all);
    }

    static ClaimBuilder engines() {
        QuantileMatrix data =
                Design.DGP1.quantiles(RandomStream.of(0, "r3d/R3D-11", 0, 0), 60, 50, 0, Targets.deciles());
        return Claims.claim("r3d/R3D-11")
                .from(Sources.VAN_DIJCKE.derivedFrom("Algorithm 1: the multiplier bootstrap, given the data"))
                .title("Draws through a covariance factor have the law of multiplier draws")
                .states(
                        "Given the data, suprema of draws with one normal multiplier per unit and of draws through a factor of"
                                + " \\(\\psi^\\top\\psi\\) have the same law: their distribution functions differ by at most 0.05.")
                .assuming("assumptions", "M1")
                .assuming("data", "60 units of dgp1 with 50 outcomes each, drawn once; h = 1, deciles")
                .verifiedBy(laws(data, data))
                .control(
                        "Also with a factor a quarter too large",
                        "The same with the factor of outcomes multiplied by 1.25.",
                        laws(data, scaled(data, 1.25)));
    }

    private static LawsClose laws(QuantileMatrix multipliers, QuantileMatrix factors) {
        return Criteria.lawsClose(
                        "distance of the laws of the supremum",
                        supremum(multipliers, BootstrapEngine.MULTIPLIER),
                        supremum(factors, BootstrapEngine.FACTOR))
                .within(.05)
                .caps(40_000, 120_000)
                .batch(500);
    }

    /** One draw: the "critical value" of a single draw is its supremum. */
    private static Replicate supremum(QuantileMatrix data, BootstrapEngine engine) {
        return (context, stream) -> Experiments.estimator(1, stream)
                .with(engine)
                .with(Bandwidths.fixed(1))
                .withLevel(.5)
                .fit(data)
                .criticalValue();
    }

    private static QuantileMatrix scaled(QuantileMatrix data, double factor) {
        double[][] rows = new double[data.units()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = data.row(i);
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] *= factor;
            }
        }
        return QuantileMatrix.of(data.runningVariable(), rows, data.grid());
    }
}
