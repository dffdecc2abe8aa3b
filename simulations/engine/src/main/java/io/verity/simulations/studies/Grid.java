package io.verity.simulations.studies;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.random.RandomStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a study: factors crossed through the record's canonical constructor (the last factor varies fastest), or
 * an explicit list.
 */
final class Grid<C extends Record> {
    private final Class<C> type;
    private final Map<String, FactorType> components = new LinkedHashMap<>();
    private final Map<String, List<Object>> crossed;
    private final boolean explicit;
    private final List<Condition<C>> conditions;

    private Grid(Class<C> type, Map<String, List<Object>> crossed, @Nullable List<C> listed) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), new FactorType(component.getName(), component.getType()));
        }
        this.explicit = listed != null;
        this.crossed = crossed;
        this.conditions = number(listed != null ? listed : cross());
    }

    /** Crosses factors; values are converted to the components' types. */
    static <C extends Record> Grid<C> crossing(Class<C> type, Map<String, List<Object>> values) {
        return new Grid<>(type, values, null);
    }

    static <C extends Record> Grid<C> listing(Class<C> type, List<C> conditions) {
        Arguments.require(!conditions.isEmpty(), "a study needs at least one condition");
        return new Grid<>(type, Map.of(), conditions);
    }

    List<Condition<C>> conditions() {
        return conditions;
    }

    /** Names of the components, in the order of the record. */
    Set<String> components() {
        return Collections.unmodifiableSet(components.keySet());
    }

    /** Replaces the values of a crossed factor; picks from an explicit list the conditions that have one of the values. */
    Grid<C> with(String factor, List<String> texts) {
        FactorType component = component(factor);
        List<Object> values = new ArrayList<>();
        texts.forEach(text -> values.add(component.convert(text)));
        Arguments.require(!values.isEmpty(), "factor '%s' needs at least one value", factor);
        if (!explicit) {
            Map<String, List<Object>> replaced = new LinkedHashMap<>(crossed);
            replaced.put(factor, values);
            return crossing(type, replaced);
        }
        LinkedHashSet<Object> present = new LinkedHashSet<>();
        conditions.forEach(condition -> present.add(valueOf(condition.value(), factor)));
        for (Object value : values) {
            Arguments.require(
                    present.contains(value),
                    "no condition has %s=%s; the conditions of this study are a fixed list with %s",
                    factor,
                    value,
                    present);
        }
        return listing(
                type,
                conditions.stream()
                        .map(Condition::value)
                        .filter(c -> values.contains(valueOf(c, factor)))
                        .toList());
    }

    private FactorType component(String factor) {
        FactorType found = components.get(factor);
        if (found == null) {
            throw new IllegalArgumentException("there is no factor '" + factor + "'"
                    + Names.suggestion(factor, components.keySet(), "") + " (factors: "
                    + String.join(", ", components.keySet()) + ")");
        }
        return found;
    }

    private List<C> cross() {
        crossed.keySet().forEach(this::component);
        List<List<Object>> columns = new ArrayList<>();
        components.forEach((name, component) -> {
            List<Object> values = crossed.getOrDefault(name, List.of());
            Arguments.require(!values.isEmpty(), "factor '%s' has no values", name);
            columns.add(values.stream().map(component::convert).toList());
        });
        List<List<Object>> rows = List.of(List.of());
        for (List<Object> column : columns) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> row : rows) {
                for (Object value : column) {
                    List<Object> extended = new ArrayList<>(row);
                    extended.add(value);
                    longer.add(extended);
                }
            }
            rows = longer;
        }
        return rows.stream().map(this::construct).toList();
    }

    private C construct(List<Object> values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<C> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "condition " + components.keySet() + " = " + values + " is refused: " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot construct " + type.getName(), e);
        }
    }

    private List<Condition<C>> number(List<C> values) {
        List<Condition<C>> numbered = new ArrayList<>();
        Map<Long, Condition<C>> byCell = new HashMap<>();
        for (C value : values) {
            Map<String, Object> factors = new LinkedHashMap<>();
            StringBuilder canonical = new StringBuilder();
            for (String name : components.keySet()) {
                Object component = valueOf(value, name);
                factors.put(name, FactorType.plain(component));
                canonical
                        .append(name)
                        .append('=')
                        .append(FactorType.canonical(component))
                        .append(';');
            }
            Condition<C> condition =
                    new Condition<>(numbered.size(), value, factors, RandomStream.hash(canonical.toString()));
            Condition<C> twin = byCell.put(condition.cell(), condition);
            Arguments.require(twin == null, "condition (%s) stands twice in the grid", condition.label());
            numbered.add(condition);
        }
        return List.copyOf(numbered);
    }

    private Object valueOf(C condition, String name) {
        try {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getName().equals(name)) {
                    component.getAccessor().setAccessible(true);
                    Object value = component.getAccessor().invoke(condition);
                    Arguments.require(value != null, "component '%s' of a condition is null", name);
                    return component(name).convert(value);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read " + name + " of " + type.getName(), e);
        }
        throw new IllegalArgumentException("there is no factor '" + name + "'");
    }
}
