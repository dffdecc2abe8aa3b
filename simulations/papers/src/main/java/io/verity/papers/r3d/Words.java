package io.verity.papers.r3d;

import java.util.Locale;

/** Names of options as figures show them. */
final class Words {
    private Words() {}

    /** {@code EPANECHNIKOV} as {@code epanechnikov}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
