package io.verity.stats.linalg;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Backend {@code java-vector}: the Vector API, with the bits of {@code java}. Needs a HotSpot JVM started with
 * {@code --add-modules jdk.incubator.vector} on a machine whose preferred vectors hold four or eight doubles.
 *
 * <p>Until the compiler has translated the vector code - it is a thousand times slower before - and a comparison has shown it
 * to be faster, the plain kernels answer; see {@link WarmingKernels}.
 */
public final class JavaVectorBackendProvider implements DenseBackendProvider {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String KERNELS = "io.verity.stats.linalg.vector.VectorKernels";
    private static final String WIDTH = "io.verity.stats.linalg.vector.VectorWidth";

    /** For the service loader. */
    public JavaVectorBackendProvider() {}

    @Override
    public String id() {
        return "java-vector";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<String> unavailableBecause() {
        return reason(
                ModuleLayer.boot().findModule(MODULE).isPresent(),
                System.getProperty("java.vm.name", ""),
                System.getProperty("java.vm.info", ""));
    }

    static Optional<String> reason(boolean modulePresent, String vmName, String vmInfo) {
        if (!modulePresent) {
            return Optional.of("the JVM was started without --add-modules " + MODULE);
        }
        // Elsewhere (OpenJ9) the module exists but is interpreted, a hundred times slower than plain Java.
        if (!vmName.contains("HotSpot") && !vmName.contains("OpenJDK")) {
            return Optional.of("the Vector API is only fast on a HotSpot JVM, and this is " + vmName);
        }
        String info = vmInfo.toLowerCase(Locale.ROOT);
        if (info.contains("interpreted") || info.contains("emulated-client")) {
            return Optional.of("this JVM runs without its optimising compiler (" + vmInfo + ")");
        }
        try {
            int lanes = (int) Class.forName(WIDTH).getMethod("lanes").invoke(null);
            return lanes == 4 || lanes == 8
                    ? Optional.empty()
                    : Optional.of("this machine's preferred vector holds " + lanes + " doubles; 4 or 8 are needed");
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.of("the vector kernels cannot be loaded: " + cause(e));
        }
    }

    private static Throwable cause(Throwable e) {
        @Nullable Throwable inner = e instanceof InvocationTargetException ? e.getCause() : null;
        return inner == null ? e : inner;
    }

    @Override
    public DenseBackend open(BackendOptions options) {
        String reason = unavailableBecause().orElse(null);
        if (reason != null) {
            throw new BackendUnavailableException("backend 'java-vector' is unavailable: " + reason);
        }
        return new CpuBackend(id(), Shared.KERNELS, options);
    }

    /** The vector kernels themselves. */
    static DenseKernels loadKernels() {
        try {
            return Class.forName(KERNELS)
                    .asSubclass(DenseKernels.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new BackendUnavailableException("the vector kernels cannot be loaded: " + cause(e), e);
        }
    }

    /** Compiled code belongs to the JVM, so its warming is shared by all backends of the JVM. */
    private static final class Shared {
        static final DenseKernels KERNELS = new WarmingKernels(new PlainKernels(), new Loader());
    }

    /** A class rather than a lambda: the first lambda of a JVM costs more than the rest of opening a backend. */
    private static final class Loader implements Supplier<DenseKernels> {
        @Override
        public DenseKernels get() {
            return loadKernels();
        }
    }
}
