package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Labels as classes 0, ..., K - 1 in natural order (see {@link Labels}). Where all labels are numbers, spellings of the same number
 * are one class, named by the spelling met first.
 *
 * @param names of the classes
 * @param indices class of every spelling
 */
public record Classes(List<String> names, Map<String, Integer> indices) {
    /** Copies. */
    public Classes {
        names = List.copyOf(names);
        indices = Map.copyOf(indices);
    }

    /**
     * @param labels spellings, repeated or not
     * @return their classes
     */
    public static Classes of(Collection<String> labels) {
        Collection<String> spellings = new LinkedHashSet<>(labels);
        Map<String, String> canonical = Labels.canonical(spellings);
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(
                spellings.stream().map(s -> canonical.getOrDefault(s, s)).toList()));
        List<String> names = Labels.naturalOrder(distinct);
        Map<String, Integer> position = new LinkedHashMap<>();
        names.forEach(name -> position.put(name, position.size()));
        Map<String, Integer> indices = new LinkedHashMap<>();
        for (String s : spellings) {
            Integer k = position.get(canonical.getOrDefault(s, s));
            indices.put(s, k == null ? -1 : k);
        }
        return new Classes(names, indices);
    }

    /**
     * @param label a spelling, perhaps one that has not been met
     * @return its class, or -1 if there is none
     */
    public int index(String label) {
        Integer known = indices.get(label);
        if (known != null) {
            return known;
        }
        double value = Numbers.parse(label);
        for (int k = 0; k < names.size() && Double.isFinite(value); k++) {
            if (Numbers.parse(names.get(k)) == value) {
                return k;
            }
        }
        return -1;
    }

    /**
     * @param labels one per row
     * @return their classes
     * @throws IllegalArgumentException if one is not known
     */
    public int[] indices(List<String> labels) {
        int[] y = new int[labels.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = index(labels.get(i));
            Arguments.require(y[i] >= 0, "the label '%s' of row %d is none of the classes", labels.get(i), i + 1);
        }
        return y;
    }
}
