package io.verity.stats.nativeblas;

import io.verity.stats.linalg.BackendUnavailableException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The system's BLAS and LAPACK, loaded once per JVM.
 *
 * @param calls its functions
 * @param name what it is, with its version where that can be told
 * @param threads threads that it uses for one call
 */
record NativeLibrary(BlockCalls calls, String name, int threads) {
    private static final String BLAS = "dev.ludovic.netlib.blas";
    private static final String LAPACK = "dev.ludovic.netlib.lapack";
    private static final String INSTALL = "install OpenBLAS (Debian, Ubuntu: apt-get install libopenblas0-pthread)";

    /** A library, or the reason why there is none. */
    private record Attempt(@Nullable NativeLibrary library, String reason) {}

    private static final class Shared {
        static final Attempt ATTEMPT = attempt();
    }

    static Optional<String> unavailableBecause() {
        return Shared.ATTEMPT.library == null ? Optional.of(Shared.ATTEMPT.reason) : Optional.empty();
    }

    static NativeLibrary get() {
        NativeLibrary library = Shared.ATTEMPT.library;
        if (library == null) {
            throw new BackendUnavailableException("no native BLAS: " + Shared.ATTEMPT.reason);
        }
        return library;
    }

    private static Attempt attempt() {
        Object blas;
        BlockCalls calls;
        try {
            blas = instance(BLAS + ".JNIBLAS");
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return new Attempt(
                    null, "no BLAS library can be loaded (" + cause(e, BLAS, "libblas.so.3") + "); " + INSTALL);
        }
        LibraryKind kind = LibraryKind.among(mappedLibraries(), "the BLAS of this system");
        // The reference implementation is slower than plain Java; whoever names a library knows what it is.
        if (!kind.fast() && !named() && !mappedLibraries().isEmpty()) {
            return new Attempt(null, "the system's BLAS is " + kind.name() + ", which is not a fast one; " + INSTALL);
        }
        try {
            calls = new BlockCalls(blas, instance(LAPACK + ".JNILAPACK"));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return new Attempt(
                    null, "no LAPACK library can be loaded (" + cause(e, LAPACK, "liblapack.so.3") + "); " + INSTALL);
        }
        int threads = kind.threads(System::getenv, Runtime.getRuntime().availableProcessors());
        return new Attempt(new NativeLibrary(calls, kind.name(), threads), "");
    }

    /** The binding itself rather than netlib's chooser, which logs to the terminal and hides why a library was not loaded. */
    private static Object instance(String className) throws ReflectiveOperationException {
        Method getter = Class.forName(className, false, NativeLibrary.class.getClassLoader())
                .getMethod("getInstance");
        getter.setAccessible(true);
        return getter.invoke(null);
    }

    private static boolean named() {
        return System.getProperty(BLAS + ".nativeLib") != null || System.getProperty(BLAS + ".nativeLibPath") != null;
    }

    private static String cause(Throwable e, String what, String usual) {
        Throwable inner = e;
        for (Throwable next = e.getCause(); next != null; next = next.getCause()) {
            inner = next;
        }
        String said = String.valueOf(inner.getMessage() == null ? inner : inner.getMessage());
        if (said.contains("unsupported JNI version")) { // how the binding says that it cannot open the library
            String named = System.getProperty(what + ".nativeLib", usual);
            return System.getProperty(what + ".nativeLibPath", named) + " is missing or incomplete";
        }
        return said;
    }

    /** Paths of the files mapped into this process, without repetitions; empty where the system does not tell. */
    private static List<String> mappedLibraries() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .toList();
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }
}
