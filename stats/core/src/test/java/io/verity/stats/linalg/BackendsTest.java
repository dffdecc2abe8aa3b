package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final BackendOptions ONE = BackendOptions.singleThread();

    private record Fake(String id, int priority, Optional<String> unavailableBecause) implements DenseBackendProvider {
        @Override
        public DenseBackend open(BackendOptions options) {
            return new CpuBackend(id, new PlainKernels(), options);
        }
    }

    private static Backends.Found found(DenseBackendProvider... providers) {
        return Backends.Found.from(List.of(providers).iterator());
    }

    @Test
    void autoTakesTheBestAvailable() {
        Backends.Found found = found(
                new JavaBackendProvider(),
                new Fake("fast", 5, Optional.empty()),
                new Fake("faster", 9, Optional.of("no such device")),
                new Fake("optIn", -1, Optional.empty()));
        assertThat(Backends.open("auto", ONE, found).info().id()).isEqualTo("fast");
        assertThat(Backends.open("optIn", ONE, found).info().id()).isEqualTo("optIn");
    }

    /** Claims to be there and cannot be opened, as when a native library lacks a symbol. */
    private static final class Broken implements DenseBackendProvider {
        @Override
        public String id() {
            return "broken";
        }

        @Override
        public int priority() {
            return 7;
        }

        @Override
        public Optional<String> unavailableBecause() {
            return Optional.empty();
        }

        @Override
        public DenseBackend open(BackendOptions options) {
            throw new NoClassDefFoundError("some/native/Type");
        }
    }

    @Test
    void autoNeverFails() {
        assertThat(Backends.open("auto", ONE, found()).info().id()).isEqualTo("java");
        Backends.Found found = found(new Broken(), new JavaBackendProvider());
        assertThat(Backends.open("auto", ONE, found).info().id()).isEqualTo("java");
        assertThatThrownBy(() -> Backends.open("broken", ONE, found))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("some/native/Type");
    }

    @Test
    void namedButUnavailableIsAnErrorWithReasonAndWhatWasTried() {
        Backends.Found found = found(new JavaBackendProvider(), new Fake("gpu", -1, Optional.of("no device found")));
        assertThatThrownBy(() -> Backends.open("gpu", ONE, found))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("'gpu' is unavailable: no device found")
                .hasMessageContaining("tried: java (available), gpu (no device found)");
        assertThatThrownBy(() -> Backends.open("nonsense", ONE, found))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("'nonsense' is not known");
    }

    /** Throws from hasNext and from next before it comes to the good provider, as service loaders do. */
    private static final class BrokenServiceFile implements Iterator<DenseBackendProvider> {
        private int step;

        @Override
        public boolean hasNext() {
            if (step == 0) {
                step++;
                throw new NoClassDefFoundError("jdk/incubator/vector/Vector");
            }
            return step < 3;
        }

        @Override
        public DenseBackendProvider next() {
            switch (step++) {
                case 1:
                    throw new ServiceConfigurationError("not a subtype");
                case 2:
                    return new JavaBackendProvider();
                default:
                    throw new NoSuchElementException();
            }
        }
    }

    @Test
    void brokenProvidersAreSkippedAndNamed() {
        Backends.Found found = Backends.Found.from(new BrokenServiceFile());
        assertThat(found.candidates()).extracting(Backends.Candidate::id).containsExactly("java");
        assertThatThrownBy(() -> Backends.open("other", ONE, found))
                .hasMessageContaining("not loadable: jdk/incubator/vector/Vector; not a subtype");
    }

    @Test
    void bothDeterministicBackendsAreFound() {
        assertThat(Backends.candidates()).extracting(Backends.Candidate::id).containsSubsequence("java-vector", "java");
        assertThat(Backends.candidates())
                .filteredOn(c -> c.id().equals("java"))
                .allMatch(c -> c.unavailableBecause().isEmpty());
    }

    /** So that a build in which the vector kernels were never tested does not pass unnoticed. */
    @Test
    void buildTestsWithAndWithoutTheVectorModule() {
        String expected = System.getProperty("verity.test.vectorModule");
        assumeTrue(expected != null, "not run by the build");
        assertThat(KernelIdentityTest.vectorModulePresent()).isEqualTo(Boolean.parseBoolean(expected));
    }

    @Test
    void vectorBackendIsThereExactlyWhenItsModuleIs() {
        boolean module = KernelIdentityTest.vectorModulePresent();
        Optional<String> reason = new JavaVectorBackendProvider().unavailableBecause();
        assertThat(reason.isEmpty()).isEqualTo(module);
        try (DenseBackend auto = Backends.open("auto", ONE)) {
            assertThat(auto.info().id()).isEqualTo(module ? "java-vector" : "java");
        }
        if (!module) {
            assertThat(reason).hasValue("the JVM was started without --add-modules jdk.incubator.vector");
            assertThatThrownBy(() -> Backends.open("java-vector", ONE))
                    .isInstanceOf(BackendUnavailableException.class)
                    .hasMessageContaining("--add-modules");
        }
    }

    @Test
    void vectorBackendKeepsAwayFromSlowVirtualMachines() {
        String hotSpot = "OpenJDK 64-Bit Server VM";
        assertThat(JavaVectorBackendProvider.reason(true, "Eclipse OpenJ9 VM", ""))
                .get()
                .asString()
                .contains("OpenJ9");
        assertThat(JavaVectorBackendProvider.reason(true, hotSpot, "interpreted mode, sharing"))
                .isPresent();
        assertThat(JavaVectorBackendProvider.reason(true, hotSpot, "mixed mode, emulated-client, sharing"))
                .isPresent();
    }

    @Test
    void threadsMustBePositive() {
        assertThatThrownBy(() -> new BackendOptions(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be at least 1, but is 0");
    }
}
