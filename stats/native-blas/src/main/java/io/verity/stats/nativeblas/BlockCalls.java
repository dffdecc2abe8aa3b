package io.verity.stats.nativeblas;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.netlib.util.intW;

/**
 * The BLAS and LAPACK functions that we use, on blocks of larger matrices. Arguments are those of the Fortran functions, each array
 * followed by the offset of its first entry.
 *
 * <p>netlib's public methods want a whole leading dimension of entries behind the start of the last column, which a block at the
 * edge of a matrix does not have; its native methods, called here, check nothing. So our callers answer for shapes and offsets.
 */
final class BlockCalls {
    private final MethodHandle dgemm;
    private final MethodHandle dsyrk;
    private final MethodHandle dtrsm;
    private final MethodHandle dpotrf;
    private final MethodHandle dpotrs;

    /**
     * @param blas netlib's JNI binding of BLAS
     * @param lapack netlib's JNI binding of LAPACK
     * @throws ReflectiveOperationException if they are not those of the version that we were made for
     */
    BlockCalls(Object blas, Object lapack) throws ReflectiveOperationException {
        dgemm = handle(blas, "dgemmK");
        dsyrk = handle(blas, "dsyrkK");
        dtrsm = handle(blas, "dtrsmK");
        dpotrf = handle(lapack, "dpotrfK");
        dpotrs = handle(lapack, "dpotrsK");
    }

    private static MethodHandle handle(Object binding, String name) throws ReflectiveOperationException {
        for (Method method : binding.getClass().getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                return MethodHandles.lookup().unreflect(method).bindTo(binding);
            }
        }
        throw new NoSuchMethodException(binding.getClass().getName() + "." + name);
    }

    /** C = alpha op(A) op(B) + beta C, where op(A) is m x k and op(B) is k x n. */
    void dgemm(
            String transA,
            String transB,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int atA,
            int lda,
            double[] b,
            int atB,
            int ldb,
            double beta,
            double[] c,
            int atC,
            int ldc) {
        try {
            dgemm.invokeExact(transA, transB, m, n, k, alpha, a, atA, lda, b, atB, ldb, beta, c, atC, ldc);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** One triangle of C = alpha A A' + beta C, A being n x k; trans = "T": A' A, A being k x n. */
    void dsyrk(
            String uplo,
            String trans,
            int n,
            int k,
            double alpha,
            double[] a,
            int atA,
            int lda,
            double beta,
            double[] c,
            int atC,
            int ldc) {
        try {
            dsyrk.invokeExact(uplo, trans, n, k, alpha, a, atA, lda, beta, c, atC, ldc);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Solves op(A) X = alpha B (side "L") or X op(A) = alpha B (side "R") with a triangle A; X overwrites B, m x n. */
    void dtrsm(
            String side,
            String uplo,
            String trans,
            int m,
            int n,
            double alpha,
            double[] a,
            int atA,
            int lda,
            double[] b,
            int atB,
            int ldb) {
        try {
            dtrsm.invokeExact(side, uplo, trans, "N", m, n, alpha, a, atA, lda, b, atB, ldb);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Cholesky factor of an n x n block in place; returns LAPACK's info: 0, or the number of the column that failed, from 1. */
    int dpotrf(String uplo, int n, double[] a, int atA, int lda) {
        intW info = new intW(0);
        try {
            dpotrf.invokeExact(uplo, n, a, atA, lda, info);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return info.val;
    }

    /** Solves with the factor, in place; B is n x columns. */
    void dpotrs(String uplo, int n, int columns, double[] a, int lda, double[] b, int ldb) {
        try {
            dpotrs.invokeExact(uplo, n, columns, a, 0, lda, b, 0, ldb, new intW(0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Only errors of the JVM can come out of these functions, such as memory that ran out. */
    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a function of the native BLAS failed", e);
    }
}
