package dev.airlock.json.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of a class that another language uses like a record, and that the mapper may be unable to construct. */
final class ObjectForm extends Form {
    private final List<Member> members;
    private final MethodHandle constructor;

    /** @param mayBeMissing whether a missing member is null, or an empty option */
    private record Member(String name, Form form, MethodHandle accessor, boolean mayBeMissing) {}

    ObjectForm(RecordShape shape, List<Form> forms) {
        super("an object");
        List<MethodHandle> accessors = shape.accessors();
        members = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            RecordShape.Component component = shape.components().get(i);
            members.add(new Member(
                    name(shape.rawType(), component, forms.size()),
                    forms.get(i),
                    accessors.get(i),
                    component.shape() instanceof JavaShape.OptionShape));
        }
        constructor = shape.constructor();
    }

    /** Returns the name in Jackson's annotation, which compilers put on the constructor's parameter, the field, or both. */
    private static String name(Class<?> type, RecordShape.Component component, int count) {
        Stream<AnnotatedElement> params = Arrays.stream(type.getDeclaredConstructors())
                .filter(c -> c.getParameterCount() == count)
                .map(c -> c.getParameters()[component.javaIndex()]);
        Stream<AnnotatedElement> fields = Arrays.stream(type.getDeclaredFields())
                .filter(f -> f.getName().equals(component.javaName()))
                .map(f -> f);
        return Stream.concat(params, fields)
                .map(element -> element.getAnnotation(JsonProperty.class))
                .filter(Objects::nonNull)
                .map(JsonProperty::value)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(component.javaName());
    }

    @Override
    protected void write(Object value, TokenWriter out) {
        out.startObject();
        for (Member member : members) {
            out.name(member.name);
            try {
                member.form.writeAny(Handles.invoke(member.accessor, value), out);
            } catch (Mismatch e) {
                throw e.within(member.name);
            }
        }
        out.endObject();
    }

    @Override
    protected Object read(TokenReader in) {
        expect(in, Token.OBJECT);
        @Nullable Object[] values = new @Nullable Object[members.size()];
        Set<Member> missing = new HashSet<>(members);
        while (in.next() != Token.END_OBJECT) {
            String name = in.name();
            int index = index(name);
            if (!missing.remove(members.get(index))) {
                throw new Mismatch("appears twice").within(name);
            }
            in.next();
            try {
                values[index] = members.get(index).form.readAny(in);
            } catch (Mismatch e) {
                throw e.within(name);
            }
        }
        for (Member member : missing) {
            if (!member.mayBeMissing) {
                throw new Mismatch("it is missing").within(member.name);
            }
            values[members.indexOf(member)] = member.form.readNull();
        }
        return Handles.construct(constructor, values);
    }

    private int index(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new Mismatch("there is no such member: "
                        + members.stream().map(Member::name).collect(Collectors.joining(", ")))
                .within(ScalarForms.TextForm.cut(name));
    }
}
