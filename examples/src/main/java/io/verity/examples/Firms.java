package io.verity.examples;

import io.verity.stats.random.RandomStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Makes {@code examples/data/firms.csv.gz}: SYNTHETIC wages in 400 firms that are offered a subsidy when their score is at least 0.
 *
 * <p>Wages are made as in the second design of D. Van Dijcke, "Regression Discontinuity Design with Distribution-Valued Outcomes"
 * (arXiv 2504.03992, eq. 18), with other numbers: in firm i with score X and subsidy T, a wage is
 * \( N(\mu_i + 3T, 1) + 2\,\mathrm{Exp}(\lambda_i + 0.8T) \) with \( \mu_i = 20 + 2X(1+|X|/2) + U(-1,1) \) plus an effect of the
 * region, and \( \lambda_i \sim U(0.8, 1.2) \). So the subsidy raises wages by 3, but thins out the upper tail: its effect on
 * the average quantile function is 2.70 at q = 0.1, 2.37 at the median and 1.09 at q = 0.9. One firm in ten does not do what
 * its score says: {@code subsidy} differs from {@code score >= 0}, and the jump at the cutoff is 0.8 times the effect.
 */
public final class Firms {
    private static final long SEED = 20250303;
    private static final int FIRMS = 400;
    private static final int REGIONS = 40;
    private static final double DISOBEDIENT = 0.1;

    private Firms() {}

    /**
     * Writes the header and one row per worker in the sample: firm, region, score, subsidy, workers (of the whole firm), wage.
     *
     * @param out receives CSV
     */
    static void write(Appendable out) throws IOException {
        out.append("firm,region,score,subsidy,workers,wage\n");
        double[] regional = new double[REGIONS];
        RandomStream regions = RandomStream.of(SEED, "examples/firms/regions", 0, 0);
        for (int r = 0; r < REGIONS; r++) {
            regional[r] = 0.3 * regions.nextGaussian();
        }
        for (int i = 0; i < FIRMS; i++) {
            firm(i, regional, out);
        }
    }

    private static void firm(int i, double[] regional, Appendable out) throws IOException {
        RandomStream random = RandomStream.of(SEED, "examples/firms", i, 0);
        double score = StrictMath.rint(1e4 * (2 * random.nextDouble() - 1)) / 1e4;
        boolean offered = score >= 0;
        boolean subsidy = random.nextDouble() < DISOBEDIENT ? !offered : offered;
        int region = random.nextInt(REGIONS);
        double mean = 20
                + 2 * score * (1 + Math.abs(score) / 2)
                + 2 * random.nextDouble()
                - 1
                + regional[region]
                + (subsidy ? 3 : 0);
        double rate = 0.8 + 0.4 * random.nextDouble() + (subsidy ? 0.8 : 0);
        int workers = (int) (20 * StrictMath.exp(3 * random.nextDouble()));
        int sample = Math.min(workers, 20 + random.nextInt(41));
        for (int j = 0; j < sample; j++) {
            double tail = -StrictMath.log1p(-random.nextDouble()) / rate;
            double wage = mean + random.nextGaussian() + 2 * tail;
            out.append(String.format(
                    Locale.ROOT,
                    "F%03d,R%02d,%.4f,%d,%d,%.2f\n",
                    i + 1,
                    region + 1,
                    score,
                    subsidy ? 1 : 0,
                    workers,
                    wage));
        }
    }

    /**
     * Writes the file.
     *
     * @param arguments none, or where to (default: {@code examples/data/firms.csv.gz})
     */
    public static void main(String[] arguments) {
        Path path = Path.of(arguments.length > 0 ? arguments[0] : "examples/data/firms.csv.gz");
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(path)), StandardCharsets.US_ASCII)) {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
