package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Balance of covariates: the jump of each one at the cutoff. What was fixed before treatment should not jump. With several
 * covariates some p-value is small by chance; Holm's adjusted p-values (S. Holm 1979, Scandinavian Journal of Statistics 6,
 * 65-70) keep the probability of any false alarm at their level.
 *
 * @param rows one per covariate, in the order given
 */
public record CovariateBalance(List<Row> rows) {
    /**
     * One covariate.
     *
     * @param name its name
     * @param fit the fit with it as the outcome of a sharp design
     * @param holm p-value of the robust row, adjusted for the number of covariates that could be tested; NaN for a constant one
     */
    public record Row(String name, ScalarRdFit fit, double holm) {}

    /** Copies. */
    public CovariateBalance {
        rows = List.copyOf(rows);
    }

    /**
     * @param rd the design; bandwidths are chosen anew for every covariate unless it gives them
     * @param sample the data
     * @param names of the covariates, at least one
     * @param columns one array per name, with one value per row of the sample
     * @return the jumps
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     * @throws EstimationException if a covariate does not vary near the cutoff, as {@link ScalarRd#fit(RdSample)}; the message
     *     names it
     */
    public static CovariateBalance of(ScalarRd rd, RdSample sample, List<String> names, double[][] columns) {
        Arguments.require(!names.isEmpty(), "balance needs at least one covariate");
        Arguments.require(
                names.size() == columns.length, "there are %d names of %d covariates", names.size(), columns.length);
        List<ScalarRdFit> fits = new ArrayList<>();
        for (int k = 0; k < columns.length; k++) {
            try {
                fits.add(rd.fit(sample.withOutcome(columns[k])));
            } catch (EstimationException e) {
                throw new EstimationException("covariate " + names.get(k) + ": " + e.getMessage(), "leave it out");
            }
        }
        double[] adjusted = holm(fits.stream().mapToDouble(f -> f.robust().p()).toArray());
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < columns.length; k++) {
            rows.add(new Row(names.get(k), fits.get(k), adjusted[k]));
        }
        return new CovariateBalance(rows);
    }

    /** Holm's adjustment: the k-th smallest of m times m - k + 1, never below a smaller one's. NaN, no test at all, stays. */
    static double[] holm(double[] p) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = p.clone();
        int tests = (int) Arrays.stream(p).filter(v -> !Double.isNaN(v)).count();
        double highest = 0;
        for (int k = 0; k < tests; k++) { // those without a test are last
            highest = Math.max(highest, Math.min(1, (tests - k) * p[order[k]]));
            adjusted[order[k]] = highest;
        }
        return adjusted;
    }

    /** @return one row per covariate */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("balance", "Jumps of covariates at the cutoff")
                .text("covariate", "covariate")
                .number("conventional", "conventional", "")
                .number("robust", "bias-corrected", "")
                .number("se", "robust standard error", "")
                .number("lower", "lower", "")
                .number("upper", "upper", "")
                .number("p", "p-value", "")
                .number("holm", "p-value (Holm)", "")
                .number("hLeft", "h left", "")
                .number("hRight", "h right", "")
                .integer("rows", "rows within h", "");
        for (Row row : rows) {
            RdEstimate r = row.fit().robust();
            RdCounts n = row.fit().counts();
            table.row(
                    row.name(),
                    row.fit().conventional().estimate(),
                    r.estimate(),
                    r.standardError(),
                    r.lower(),
                    r.upper(),
                    r.p(),
                    row.holm(),
                    row.fit().bandwidths().left(),
                    row.fit().bandwidths().right(),
                    n.effectiveLeft() + n.effectiveRight());
        }
        return table.note(
                        "What was fixed before treatment should not jump. Holm's p-values hold for all covariates together.")
                .build();
    }
}
