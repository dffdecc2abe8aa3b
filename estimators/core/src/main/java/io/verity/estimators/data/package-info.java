/** Reading users' data: tables from CSV and {@code .npy} files, column selection, two-class labels. */
@NullMarked
package io.verity.estimators.data;

import org.jspecify.annotations.NullMarked;
