package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StudiesTest {
    /** Registered in {@code META-INF/services} of the tests. */
    public static final class Provider implements StudyProvider {
        @Override
        public List<Study<?>> studies() {
            return List.of(Walk.study().replicate(Walk::draw));
        }
    }

    @Test
    void registeredStudiesAreFoundByName() {
        assertThat(Studies.all()).extracting(Study::name).containsExactly("test/walk");
        assertThat(Studies.find("test/walk").title()).isEqualTo("Random walks");
    }

    @Test
    void anUnknownNameGetsTheNearestOne() {
        assertThatThrownBy(() -> Studies.find("test/wlak"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no study 'test/wlak'; did you mean test/walk?");
    }
}
