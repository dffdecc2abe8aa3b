package io.verity.estimators.states;

import java.util.List;
import java.util.ServiceLoader;

/** The runtime of a program that depends on it. */
final class RuntimeOnClassPath {
    private RuntimeOnClassPath() {}

    static List<TextEncoderProvider> providers() {
        return providers(TextEncoderProvider.class.getClassLoader());
    }

    static List<TextEncoderProvider> providers(ClassLoader loader) {
        return ServiceLoader.load(TextEncoderProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.missing().isEmpty())
                .toList();
    }

    static boolean isThere() {
        return !providers().isEmpty();
    }
}
