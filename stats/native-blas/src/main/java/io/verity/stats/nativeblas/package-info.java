/** Dense backend on the system's BLAS and LAPACK (OpenBLAS), bound by JNI. Optional, and used only when it is asked for by name. */
@NullMarked
package io.verity.stats.nativeblas;

import org.jspecify.annotations.NullMarked;
