/** The named workloads of each paper's specification, run next to a peer in the same minute. */
@NullMarked
package io.verity.benchmarks;

import org.jspecify.annotations.NullMarked;
