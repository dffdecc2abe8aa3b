/**
 * Reports as one HTML file that needs nothing else: style sheet, scripts, figures and data are inside, and its content security
 * policy forbids to fetch anything.
 */
@NullMarked
package io.verity.reports.html;

import org.jspecify.annotations.NullMarked;
