/**
 * Twins of the plain kernels on the incubating Vector API. Loaded by name, and only where the JVM was started with the module
 * {@code jdk.incubator.vector}; nothing outside this package may refer to it.
 */
@NullMarked
package io.verity.stats.linalg.vector;

import org.jspecify.annotations.NullMarked;
