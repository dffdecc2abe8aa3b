/** Reports as a LaTeX document: tables with booktabs, figures drawn by pgfplots from their data. */
@NullMarked
package io.verity.reports.latex;

import org.jspecify.annotations.NullMarked;
