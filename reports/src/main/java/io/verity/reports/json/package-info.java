/** The canonical form of a report: {@code report.json}, from which every other format can be made again. */
@NullMarked
package io.verity.reports.json;

import org.jspecify.annotations.NullMarked;
