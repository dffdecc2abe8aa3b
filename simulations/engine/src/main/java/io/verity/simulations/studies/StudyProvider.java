package io.verity.simulations.studies;

import java.util.List;

/** Registers studies; found with {@link java.util.ServiceLoader}. */
public interface StudyProvider {
    /** @return studies with names that no other provider uses */
    List<Study<?>> studies();
}
