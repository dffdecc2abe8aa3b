package io.verity.stats.nativeblas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibraryKindTest {
    private static final String DEBIAN = "/usr/lib/x86_64-linux-gnu/";

    private static LibraryKind of(String... mapped) {
        return LibraryKind.among(List.of(mapped), "unknown");
    }

    @Test
    void openBlasIsRecognisedBehindDebiansInterfaceLibrary() {
        LibraryKind kind = of(
                "/tmp/libnetlibblasjni123.so",
                DEBIAN + "openblas-pthread/libblas.so.3",
                DEBIAN + "openblas-pthread/libopenblasp-r0.3.21.so");
        assertThat(kind.name()).isEqualTo("OpenBLAS 0.3.21");
        assertThat(kind.fast()).isTrue();
        assertThat(of("/opt/lib/libopenblas.so.0").name()).isEqualTo("OpenBLAS");
    }

    @Test
    void referenceImplementationIsNotFast() {
        LibraryKind kind = of("/tmp/libnetlibblasjni123.so", DEBIAN + "blas/libblas.so.3.11.0");
        assertThat(kind.fast()).isFalse();
        assertThat(kind.name()).contains("libblas.so.3.11.0");
        assertThat(kind.threads(name -> "8", 4)).isEqualTo(1);
        assertThat(of().name()).isEqualTo("unknown");
    }

    @Test
    void threadsComeFromTheEnvironmentAndElseAreAllProcessors() {
        LibraryKind pthread = of(DEBIAN + "openblas-pthread/libopenblasp-r0.3.21.so");
        assertThat(pthread.threads(Map.<String, String>of()::get, 6)).isEqualTo(6);
        assertThat(pthread.threads(Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "3")::get, 6))
                .isEqualTo(1);
        assertThat(pthread.threads(Map.of("OPENBLAS_NUM_THREADS", "many", "OMP_NUM_THREADS", "3")::get, 6))
                .isEqualTo(3);
        assertThat(pthread.threads(Map.of("OPENBLAS_NUM_THREADS", "99")::get, 6))
                .isEqualTo(6);
        LibraryKind openMp = of(DEBIAN + "openblas-openmp/libopenblasp-r0.3.21.so");
        assertThat(openMp.threads(Map.of("OPENBLAS_NUM_THREADS", "1")::get, 6)).isEqualTo(6);
        assertThat(of(DEBIAN + "openblas-serial/libopenblas-r0.3.21.so").threads(name -> "4", 6))
                .isEqualTo(1);
    }
}
