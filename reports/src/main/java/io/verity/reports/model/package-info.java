/**
 * A report as data: sections of blocks. Renderers turn the same report into HTML, Markdown, LaTeX, CSV and JSON; nothing
 * in here knows how it will look.
 */
@NullMarked
package io.verity.reports.model;

import org.jspecify.annotations.NullMarked;
