package io.sluice.core.config;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One of an enum's constants, written in kebab case. */
record Choice(List<String> words, List<Object> constants) implements Scalar {

    static Choice of(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        List<String> words = new ArrayList<>(constants.length);
        for (Object constant : constants) {
            words.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return new Choice(List.copyOf(words), List.of(constants));
    }

    @Override
    public Object read(ConfigValue value) throws Mismatch {
        if (!Mismatch.isPlain(value)) {
            throw Mismatch.of(value, "one of " + String.join(", ", words));
        }
        String word = String.valueOf(value.unwrapped());
        int index = words.indexOf(word);
        if (index < 0) {
            throw new Mismatch(Mismatch.describe(value) + " is not one of " + String.join(", ", words)
                    + NearestName.hint(word, words));
        }
        return constants.get(index);
    }

    @Override
    public Object placeholder() {
        return constants.getFirst();
    }
}
