package io.verity.stats.nativeblas;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which library stands behind the BLAS symbols, told from the files that the process has mapped: BLAS itself has no function
 * that says so.
 *
 * @param name name, with the version where the file's name holds it
 * @param fast whether it is one of the libraries worth using
 * @param threadVariables environment variables that set its number of threads, first one first; empty if it has no threads
 */
record LibraryKind(String name, boolean fast, List<String> threadVariables) {
    private static final Pattern OPENBLAS_VERSION = Pattern.compile("-r(\\d+(\\.\\d+)*)");

    /**
     * @param mapped paths of the libraries in the process, in any order
     * @param unknown name to give where no library is recognised
     */
    static LibraryKind among(List<String> mapped, String unknown) {
        String openBlas = find(mapped, "libopenblas");
        if (openBlas != null) {
            Matcher version = OPENBLAS_VERSION.matcher(fileName(openBlas));
            return new LibraryKind(
                    "OpenBLAS" + (version.find() ? " " + version.group(1) : ""), true, openBlasVariables(openBlas));
        }
        if (find(mapped, "libmkl") != null) {
            return new LibraryKind("Intel MKL", true, List.of("MKL_NUM_THREADS", "OMP_NUM_THREADS"));
        }
        if (find(mapped, "libblis") != null) {
            return new LibraryKind("BLIS", true, List.of("BLIS_NUM_THREADS", "OMP_NUM_THREADS"));
        }
        String other = find(mapped, "libblas");
        return new LibraryKind(other == null ? unknown : other, false, List.of());
    }

    private static List<String> openBlasVariables(String path) {
        String file = fileName(path);
        if (path.contains("serial") || file.startsWith("libopenblas-r")) {
            return List.of();
        }
        return path.contains("openmp") || file.startsWith("libopenblaso")
                ? List.of("OMP_NUM_THREADS")
                : List.of("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS");
    }

    /** Threads that the library will use for one call: read from the environment when it was loaded, else all processors. */
    int threads(UnaryOperator<@Nullable String> environment, int processors) {
        for (String variable : threadVariables) {
            String value = environment.apply(variable);
            if (value != null && value.matches("[1-9]\\d{0,8}")) {
                return Math.min(Integer.parseInt(value), processors);
            }
        }
        return threadVariables.isEmpty() ? 1 : processors;
    }

    private static @Nullable String find(List<String> paths, String prefix) {
        for (String path : paths) {
            if (fileName(path).toLowerCase(Locale.ROOT).startsWith(prefix)) {
                return path;
            }
        }
        return null;
    }

    private static String fileName(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }
}
