package io.verity.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "0.1, 0.1",
        "123456.7, 123457",
        "1234567.8, 1234570",
        "12345678, 1.23457e7",
        "0.000123456789, 0.000123457",
        "0.0000999, 9.99e-5",
        "-3.14159265, -3.14159",
        "4.9e-324, 4.9e-324",
        "1.7976931348623157e308, 1.79769e308",
        "NaN, NaN",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void plainNumbersHaveSixSignificantDigits(double value, String shown) {
        assertThat(Numbers.plain(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "2777.3491, 12.345, 2777",
        "308.594, 4.115, 308.6",
        "0.123456, 0.0299, 0.123",
        "0.123456, 0.0304, 0.123",
        "12345, 100, 12340",
        "5, 0.25, 5.00",
        "0.001, 0.5, 0.00",
        "1e-9, 2.5e-11, 1.000e-9",
        "-2.5e9, 1.2e7, -2.500e9"
    })
    void aStandardErrorChoosesTheDigits(double value, double error, String shown) {
        assertThat(Numbers.withError(value, error)).isEqualTo(shown);
    }

    @Test
    void withoutAUsableErrorTheNumberIsPlain() {
        assertThat(Numbers.withError(1.23456789, null)).isEqualTo("1.23457");
        assertThat(Numbers.withError(1.23456789, 0.0)).isEqualTo("1.23457");
        assertThat(Numbers.withError(1.23456789, Double.NaN)).isEqualTo("1.23457");
        assertThat(Numbers.withError(1.23456789, Double.POSITIVE_INFINITY)).isEqualTo("1.23457");
    }

    @Test
    void anErrorBelowTheResolutionOfDoublesEarnsNoDigits() {
        assertThat(Numbers.withError(1.5, 1e-40)).isEqualTo("1.500000000000000");
    }

    @Test
    void halfTheWidthOfAnIntervalChoosesItsDigits() {
        assertThat(Numbers.inInterval(0.853, 0.62104, 0.96789)).isEqualTo("0.85");
        assertThat(Numbers.interval(0.62104, 0.96789)).isEqualTo("[0.62, 0.97]");
        assertThat(Numbers.interval(null, null)).isEmpty();
        assertThat(Numbers.interval(null, 0.5)).isEqualTo("[-inf, 0.5]");
        assertThat(Numbers.interval(0.5, null)).isEqualTo("[0.5, inf]");
    }

    @ParameterizedTest
    @CsvSource({"0.004, 4 ms", "0.0994, 99 ms", "0.0996, 0.10 s", "3.25, 3.25 s", "41.72, 41.7 s", "125, 2 min 5 s"})
    void durationsHaveTheUnitThatFits(double seconds, String shown) {
        assertThat(Numbers.duration(seconds)).isEqualTo(shown);
    }

    @Test
    void anyValueHasAText() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("a", 0.5);
        nested.put("b", null);
        double[] many = new double[20];
        Arrays.fill(many, 1);
        assertThat(Numbers.any(null)).isEqualTo("–");
        assertThat(Numbers.any(3L)).isEqualTo("3");
        assertThat(Numbers.any(1.0 / 3)).isEqualTo("0.333333");
        assertThat(Numbers.any(true)).isEqualTo("true");
        assertThat(Numbers.any(List.of("x", 2.5))).isEqualTo("x, 2.5");
        assertThat(Numbers.any(nested)).isEqualTo("a: 0.5, b: –");
        assertThat(Numbers.any(many)).endsWith("1, … (20 values)");
    }
}
