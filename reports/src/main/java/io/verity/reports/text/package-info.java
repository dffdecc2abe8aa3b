/** Numbers and texts as readers see them, whatever the format of the report. */
@NullMarked
package io.verity.reports.text;

import org.jspecify.annotations.NullMarked;
