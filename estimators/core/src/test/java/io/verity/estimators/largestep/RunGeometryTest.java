package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunGeometryTest {
    @Test
    void tinyAnglesKeepTheirDigits() {
        double degrees = RunGeometry.angleDegrees(new double[] {1, 1e-9}, new double[] {1, 0});
        assertThat(degrees).isCloseTo(Math.toDegrees(1e-9), within(1e-22));
    }

    @Test
    void anglesDoNotDependOnLength() {
        assertThat(RunGeometry.angleDegrees(new double[] {1e-200, 1e-200}, new double[] {3e200, 0}))
                .isCloseTo(45, within(1e-13));
        assertThat(RunGeometry.angleDegrees(new double[] {-2, 0}, new double[] {1, 0}))
                .isEqualTo(180);
        assertThat(RunGeometry.angleDegrees(new double[] {0, 0}, new double[] {1, 0}))
                .isNaN();
    }

    @Test
    void normNeitherOverflowsNorUnderflows() {
        assertThat(RunGeometry.norm(new double[] {3e300, 4e300})).isCloseTo(5e300, within(1e285));
        assertThat(RunGeometry.norm(new double[] {3e-300, 4e-300})).isCloseTo(5e-300, within(1e-315));
        assertThat(RunGeometry.norm(new double[] {0, 0})).isZero();
    }
}
