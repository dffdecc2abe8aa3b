/**
 * Reports: what the engine or an estimator produced, as one document that is data first and rendered to HTML, Markdown,
 * LaTeX, CSV and JSON.
 */
@NullMarked
package io.verity.reports;

import org.jspecify.annotations.NullMarked;
