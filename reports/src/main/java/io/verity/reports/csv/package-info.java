/** Tables and figures as CSV: full precision, nothing rounded. */
@NullMarked
package io.verity.reports.csv;

import org.jspecify.annotations.NullMarked;
