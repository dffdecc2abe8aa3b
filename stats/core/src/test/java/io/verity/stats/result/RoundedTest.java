package io.verity.stats.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundedTest {
    @Test
    void zerosThatSayNothingAreLeftOut() {
        assertThat(Rounded.to(95, 4)).isEqualTo("95");
        assertThat(Rounded.to(100 * 0.975, 4)).isEqualTo("97.5");
        assertThat(Rounded.to(0.30000000000000004, 4)).isEqualTo("0.3");
        assertThat(Rounded.to(-1.79537, 3)).isEqualTo("-1.8");
        assertThat(Rounded.to(123456.7, 4)).isEqualTo("123500");
        assertThat(Rounded.to(0, 3)).isEqualTo("0");
        assertThat(Rounded.to(-0.0, 3)).isEqualTo("0");
    }

    @Test
    void farFromOneThereIsAnExponent() {
        assertThat(Rounded.to(1.2345e-7, 2)).isEqualTo("1.2E-7");
        assertThat(Rounded.to(1e20, 2)).isEqualTo("1E+20");
        assertThat(Rounded.to(Double.NaN, 2)).isEqualTo("NaN");
        assertThat(Rounded.to(Double.NEGATIVE_INFINITY, 2)).isEqualTo("-Infinity");
    }
}
