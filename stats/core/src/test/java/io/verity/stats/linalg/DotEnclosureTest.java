package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.stats.random.RandomStream;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DotEnclosureTest {
    @Test
    void enclosesTheExactProductEvenUnderCancellation() {
        RandomStream random = RandomStream.of(1, "dot-enclosure", 0, 0);
        for (int trial = 0; trial < 2000; trial++) {
            int n = 2 * (1 + random.nextInt(20));
            double[] a = new double[n];
            double[] b = new double[n];
            for (int j = 0; j < n; j += 2) {
                a[j] = Math.scalb(random.nextGaussian(), random.nextInt(60) - 30);
                b[j] = random.nextGaussian();
                a[j + 1] = -a[j] * (1 + 1e-15 * random.nextInt(3));
                b[j + 1] = b[j];
            }
            BigDecimal exact = BigDecimal.ZERO;
            for (int j = 0; j < n; j++) {
                exact = exact.add(new BigDecimal(a[j]).multiply(new BigDecimal(b[j])));
            }
            DotEnclosure enclosure = DotEnclosure.of(a, 0, 1, b);
            assertThat(exact.subtract(new BigDecimal(enclosure.value())).abs())
                    .isLessThanOrEqualTo(new BigDecimal(enclosure.error()));
        }
    }

    @Test
    void productOfRoundNumbersHasASmallError() {
        DotEnclosure enclosure = DotEnclosure.of(new double[] {9, 1, 9, 2, 9, 3}, 1, 2, new double[] {4, 5, 6});
        assertThat(enclosure.value()).isEqualTo(32);
        assertThat(enclosure.error()).isLessThan(1e-14);
        assertThat(enclosure.lower()).isLessThan(32);
    }
}
