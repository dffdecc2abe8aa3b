/** What the papers' records share: evidence added to a criterion's verdict, bare controls, numbers in sentences, series of conditions. */
@NullMarked
package io.verity.papers.evidence;

import org.jspecify.annotations.NullMarked;
