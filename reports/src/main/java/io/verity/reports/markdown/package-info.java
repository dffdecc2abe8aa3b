/** Reports as GitHub-flavoured Markdown, formulas between dollar signs, figures as SVG files beside the text. */
@NullMarked
package io.verity.reports.markdown;

import org.jspecify.annotations.NullMarked;
